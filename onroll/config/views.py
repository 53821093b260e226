"""Pages that belong to no feature."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from onroll.config.navigation import authority


@login_not_required
@transaction.non_atomic_requests
def health(_request: HttpRequest) -> JsonResponse:
    """Say whether the database answers; 503 when it does not. Nothing else is told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


def server_error(_request: HttpRequest) -> HttpResponseServerError:
    """Say that something went wrong and whom to ring; asks neither database nor session."""
    shown = {"authority": authority(at=timezone.localtime())}
    return HttpResponseServerError(render_to_string("500.html", shown))
