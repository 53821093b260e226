"""The second factor, asked again before something that few may do (ASVS V7.5.3).

Each asking is good for one deed, and for ten minutes. Where an installation asks for no second
factor, as the demonstration does not, the page says so in words.
"""

import time
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from onroll.accounts import queries
from onroll.accounts.models import User
from onroll.rules.refusal import Refused

USED = "stepped_up"
GOOD_FOR = timedelta(minutes=10)
ASK_AGAIN = (
    "You have not just proved with your second factor that it is you, or more than ten minutes "
    "passed. Follow the link “Use your second factor”, then send this again."
)


def address(request: HttpRequest) -> str:
    """Return where the second factor is asked for, to come back to this page; "" if it just was."""
    if not _is_asked(request) or _is_fresh(request):
        return ""
    typed = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    has_code = Authenticator.objects.filter(user=request.user, type__in=typed).exists()
    page = "mfa_reauthenticate" if has_code else "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': request.path})}"


def use(request: HttpRequest) -> None:
    """Use up the second factor for one deed; refused where it was not asked just now."""
    if address(request):
        raise Refused(ASK_AGAIN)
    request.session[USED] = time.time()


def words(request: HttpRequest) -> str:
    """Return what the page says where no second factor is asked for; "" where it is."""
    if _is_asked(request):
        return ""
    where = "In this demonstration" if settings.IS_DEMO else "In this installation"
    return (
        f"{where} nobody needs a second factor, so none is asked for here. In daily use Onroll "
        "asks for it again before this page, each time."
    )


def _is_asked(request: HttpRequest) -> bool:
    user = request.user
    assert isinstance(user, User)
    return settings.REQUIRE_MFA or queries.has_second_factor(user)


def _is_fresh(request: HttpRequest) -> bool:
    since = max(request.session.get(USED, 0), time.time() - GOOD_FOR.total_seconds())
    records = get_authentication_records(request, request.user)
    return any(
        record.get("method") == "mfa" and record.get("reauthenticated") and record["at"] > since
        for record in records
    )
