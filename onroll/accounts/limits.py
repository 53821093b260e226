"""Limits on wrong passwords and codes (ACCOUNT_RATE_LIMITS; docs/adr/0010).

They count by account and network address together, so that a stranger elsewhere locks nobody out.
Codes have only six digits: a second count over all addresses keeps many machines from guessing one.
"""

from datetime import datetime

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from onroll.accounts import looks
from onroll.accounts.looks import Looks
from onroll.accounts.models import User

APP = "allauth.account"  # whose setting holds the limits


def count_password(request: HttpRequest, *, email: str) -> RateLimitUsage | None:
    """Count one try of a password from this address; return None if the limit is reached.

    Roll the returned count back if the password was right.
    """
    return _count(request, "wrong_password", _key(request, email.strip().lower()))


def count_code(request: HttpRequest, *, user: User) -> RateLimitUsage | None:
    """Count one try of a code from this address; return None if the limit is reached."""
    return _count(request, "wrong_code", _key(request, str(user.pk)))


def count_code_anywhere(request: HttpRequest, *, user: User) -> RateLimitUsage | None:
    """Count one try of a code from any address; return None if today's limit is reached."""
    return _count(request, "wrong_code_anywhere", str(user.pk))


def count_reset_mail(request: HttpRequest, *, email: str) -> bool:
    """Count one message with a link; return False if the limit for the address is reached."""
    return _count(request, "reset_mail", email.strip().lower()) is not None


def count_look(*, ref: str, at: datetime) -> Looks:
    """Count one look at how far a referral is; return what it leaves of the limit."""
    return looks.count_look("status_look", ref, at=at)


def count_update(request: HttpRequest, *, ref: str) -> bool:
    """Count one addition to a referral; return False if the limit for it is reached."""
    return _count(request, "status_update", ref) is not None


def count_letter_look(*, ref: str, at: datetime) -> bool:
    """Count one look at the page of a letter; return False if the limit for it is reached."""
    return looks.count_look("letter_look", ref, at=at).is_allowed


def count_letter_answer(request: HttpRequest, *, ref: str) -> bool:
    """Count one answer to a letter; return False if the limit for it is reached."""
    return _count(request, "letter_answer", ref) is not None


def count_feed(*, feed: int, at: datetime) -> bool:
    """Count one look of a calendar program at a diary; return False if its limit is reached."""
    return looks.count_look("diary_feed", str(feed), at=at).is_allowed


def count_lost_link(request: HttpRequest, *, ref: str) -> bool:
    """Count one wish for a lost link; return False if the limit of reference or address is reached.

    It counts what was typed, whether or not anything has that reference.
    """
    is_by_ref = _count(request, "lost_link", ref) is not None
    address = str(ratelimit.get_ip(request))
    return _count(request, "lost_link_from", address) is not None and is_by_ref


def forget_passwords(request: HttpRequest, *, user: User) -> None:
    """Clear the count of wrong passwords from this address, after a new one is chosen."""
    ratelimit.clear(request, app=APP, action="wrong_password", key=_key(request, user.email))


def forget_codes(user: User) -> None:
    """Clear the count of wrong codes from all addresses, for a new second factor."""
    ratelimit.clear(HttpRequest(), app=APP, action="wrong_code_anywhere", key=str(user.pk))


def _count(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    """Count one try of what the limit `action` is of."""
    usage: RateLimitUsage | None = ratelimit.consume(request, app=APP, action=action, key=key)
    return usage


def _key(request: HttpRequest, account: str) -> str:
    return f"{account} from {ratelimit.get_ip(request)}"
