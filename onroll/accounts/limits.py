"""How many wrong passwords and codes are taken (ACCOUNT_RATE_LIMITS; docs/adr/0010).

Counted by account and address together, so that a stranger elsewhere locks nobody out. Codes have
six digits: a second count, over all addresses, keeps many machines from guessing one together.
"""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from onroll.accounts.models import User

APP = "allauth.account"  # whose setting holds the limits


def count_password(request: HttpRequest, *, email: str) -> RateLimitUsage | None:
    """Count one try of a password from this address; None when no more is taken.

    Roll the answer back when the password was right.
    """
    return _count(request, "wrong_password", _key(request, email.strip().lower()))


def count_code(request: HttpRequest, *, user: User) -> RateLimitUsage | None:
    """Count one try of a code from this address; None when no more is taken."""
    return _count(request, "wrong_code", _key(request, str(user.pk)))


def count_code_anywhere(request: HttpRequest, *, user: User) -> RateLimitUsage | None:
    """Count one try of a code from any address; None when no more is taken today."""
    return _count(request, "wrong_code_anywhere", str(user.pk))


def count_reset_mail(request: HttpRequest, *, email: str) -> bool:
    """Count one message with a link; False when enough were sent to this address just now."""
    return _count(request, "reset_mail", email.strip().lower()) is not None


def forget_passwords(request: HttpRequest, *, user: User) -> None:
    """Forget the wrong passwords from this address: the person has chosen a new one."""
    ratelimit.clear(request, app=APP, action="wrong_password", key=_key(request, user.email))


def forget_codes(user: User) -> None:
    """Forget the wrong codes from anywhere: the person gets a new second factor."""
    ratelimit.clear(HttpRequest(), app=APP, action="wrong_code_anywhere", key=str(user.pk))


def _count(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    usage: RateLimitUsage | None = ratelimit.consume(request, app=APP, action=action, key=key)
    return usage


def _key(request: HttpRequest, account: str) -> str:
    return f"{account} from {ratelimit.get_ip(request)}"
