"""Pages that belong to no feature."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
    parse_cookie,
)
from django.utils import timezone
from django.views import defaults

from onroll.casefile.navigation import authority
from onroll.config.health import look
from onroll.govuk.languages import in_english, render_alone, translated


@login_not_required
@transaction.non_atomic_requests
def health(_request: HttpRequest) -> JsonResponse:
    """Return the health of the service as JSON, for anyone; 503 if pages cannot be answered."""
    now = look()
    values = {
        "status": now.status,
        "database": now.database,
        "oldest_job_seconds": now.oldest_job_seconds,
        "scanner": now.scanner,
    }
    return JsonResponse(
        values, status=HTTPStatus.OK if now.is_up else HTTPStatus.SERVICE_UNAVAILABLE
    )


bad_request = translated(defaults.bad_request)
permission_denied = translated(defaults.permission_denied)
OF_PRIVATE_LINKS = ("/refer/status/", "/refer/received/")
"""Where the addresses begin that people have copied, perhaps not whole."""


@translated
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; of a private link that is broken, how to have another."""
    is_link = request.path.startswith(OF_PRIVATE_LINKS)
    template = "referrals/link_not_found.html" if is_link else "404.html"
    return defaults.page_not_found(request, exception, template_name=template)


def too_busy(cookies: str = "") -> bytes:
    """Return the page for visitors who are refused for overload; it asks no database.

    `cookies` are the header of that name, in which the reader's language stands.
    """
    return render_alone("503.html", parse_cookie(cookies), _whom_to_ring).encode()


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Show that something went wrong and whom to ring; asks neither database nor session."""
    return HttpResponseServerError(render_alone("500.html", request.COOKIES, _whom_to_ring))


def _whom_to_ring() -> dict[str, Any]:
    at = timezone.localtime()
    return {
        "authority": authority(at=at),
        "authority_in_english": in_english(authority, at=at),
    }
