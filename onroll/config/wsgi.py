"""The web application as a server such as granian loads it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from onroll.config.limit import Limit


def _words() -> bytes:
    from onroll.config.views import too_busy  # needs Django set up

    return too_busy()


application = Limit(
    get_wsgi_application(),
    at_once=settings.PAGES_AT_ONCE,
    passes=("/health/", settings.STATIC_URL),
    words=_words,
)
