"""One transaction round each request, in which the database knows who is acting.

Source: trust.md findings 1 and 2, 1.6 (rows 12, 13 and 13b), 4.3.
"""

import hashlib
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.audit import actions

Next = Callable[[HttpRequest], HttpResponse]


class Context:
    """Opens a transaction for each request; stands just inside AuthenticationMiddleware.

    View, page, audit entries and jobs share the transaction: all are kept or none. A page that
    fails (500 and above) is rolled back, and then one entry says so. Nothing is streamed, because a
    streamed page leaves before it is recorded. `ATOMIC_REQUESTS` stays on beside this; without it a
    view that fails half-way would keep its first half.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the page, its transaction committed."""
        if request.path in settings.WITHOUT_DATABASE:
            return self.get_response(request)
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]  # shown on error pages
        request.began_at = timezone.localtime()  # type: ignore[attr-defined]  # the one clock of a request
        with transaction.atomic():
            _set_actor(request)
            response = self.get_response(request)
            if response.streaming:
                raise ImproperlyConfigured(f"{request.path} streams its answer.")
            if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                _note(request, response.status_code)
            else:
                transaction.set_rollback(True)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            with transaction.atomic():
                _set_actor(request)
                _record(request, "page_failed", str(response.status_code))
        return response


def _set_actor(request: HttpRequest) -> None:
    """Tell the database who asks, from where, in which session and request."""
    user, key = request.user, request.session.session_key
    actions.set_actor(
        actor=getattr(user, "email", "anonymous"),
        actor_id=user.pk,
        role=getattr(user, "role", None) or "",
        session=hashlib.sha256(key.encode()).hexdigest()[:16] if key else "",
        request_id=request.request_id,  # type: ignore[attr-defined]  # set by Context
        source_address=source_address(request),
    )


def source_address(request: HttpRequest) -> str:
    """Return the visitor's address as our outermost proxy saw it."""
    hops: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    header = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    addresses = [part.strip() for part in header.split(",")]
    if hops and len(addresses) >= hops:
        return addresses[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


def _note(request: HttpRequest, status: int) -> None:
    """Record a refusal, a limit reached, or a request for something out of scope."""
    if status == HTTPStatus.FORBIDDEN:
        _record(request, "page_asked_for", "refused")
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        _record(request, "page_asked_for", "limit_reached")
    elif status == HTTPStatus.NOT_FOUND and request.user.is_authenticated:
        _record(request, "page_asked_for", "not_found")


def _record(request: HttpRequest, event: str, outcome: str) -> None:
    permissions = getattr(getattr(request.resolver_match, "func", None), "needs", ())
    match = request.resolver_match
    # A password link is a secret: of such a page only the shape of the address is kept.
    path = match.route if match and "key" in match.kwargs else request.path
    actions.security(
        by=request.user if request.user.is_authenticated else None,
        event=event,
        outcome=outcome,
        about=f"{request.method} {path}"[:500],
        reason=" ".join(permissions),
        at=request.began_at,  # type: ignore[attr-defined]  # set by Context
    )
