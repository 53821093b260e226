"""The web application as a server such as granian loads it."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from onroll.config.limit import Limit


def _words(environ: dict[str, Any]) -> bytes:
    from onroll.config.views import too_busy  # needs Django set up

    return too_busy(str(environ.get("HTTP_COOKIE", "")))


application = Limit(
    get_wsgi_application(),
    at_once=settings.PAGES_AT_ONCE,
    passes=("/health/", settings.STATIC_URL),
    words=_words,
)
