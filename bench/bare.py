"""The service's addresses and a bare view of one query, as the baseline of pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from onroll.config import urls

ADDRESS = "/bare/"


@login_not_required
@transaction.non_atomic_requests
def bare(_request: HttpRequest) -> JsonResponse:
    """Run the cheapest possible query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({})


urlpatterns = [path(ADDRESS[1:], bare), *urls.urlpatterns]
handler500 = urls.handler500


def add_bare_view() -> None:
    """Let this process answer `ADDRESS` too, exempt from the walls like the health page."""
    settings.ROOT_URLCONF = "bench.bare"
    settings.WITHOUT_DATABASE = frozenset({*settings.WITHOUT_DATABASE, ADDRESS})
