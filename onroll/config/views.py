"""Pages that belong to no feature."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from onroll.casefile.navigation import authority
from onroll.config.health import look


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


def too_busy() -> bytes:
    """Return the page for visitors who are refused for overload; it asks no database."""
    context = {"authority": authority(at=timezone.localtime())}
    return render_to_string("503.html", context).encode()


def server_error(_request: HttpRequest) -> HttpResponseServerError:
    """Show that something went wrong and whom to ring; asks neither database nor session."""
    context = {"authority": authority(at=timezone.localtime())}
    return HttpResponseServerError(render_to_string("500.html", context))
