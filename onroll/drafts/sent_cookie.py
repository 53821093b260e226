"""Which forms a browser sent within the last hour, so that its Back button says so.

A signed cookie that ends with the browser's session holds a hash of each form's reference and when
it was sent: no reference, no name, and nothing that opens anything.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.models import User
from onroll.drafts.authors import digest

COOKIE = "sent"
HOUR = timedelta(hours=1)
MOST = 5
"""Forms of which it is remembered that they were sent: the last ones."""
LENGTH = 16


def remember_sent(
    request: HttpRequest, response: HttpResponse, *, ref: str, at: datetime, now: datetime
) -> HttpResponse:
    """Let the browser of somebody without an account remember for an hour that a form was sent."""
    if isinstance(request.user, User) or now - at >= HOUR:
        return response
    sent = {**_sent(request), digest(ref)[:LENGTH]: int(at.timestamp())}
    last = sorted(sent.items(), key=lambda form: form[1])[-MOST:]
    response.set_cookie(
        _name(),
        signing.dumps(dict(last), salt=COOKIE),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def sent_at(request: HttpRequest, ref: str, *, now: datetime) -> datetime | None:
    """Return when this browser sent a form, within the last hour; None for any other form."""
    seconds = _sent(request).get(digest(ref)[:LENGTH])
    if seconds is None:
        return None
    at = datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())
    return at if now - at < HOUR else None


def _sent(request: HttpRequest) -> Mapping[str, int]:
    try:
        sent: Mapping[str, int] = signing.loads(
            request.COOKIES.get(_name(), ""), salt=COOKIE, max_age=HOUR
        )
    except signing.BadSignature:
        return {}
    return sent


def _name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE
