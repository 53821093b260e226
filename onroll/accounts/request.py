"""What every page does with a request: who asks, what was sent, and whose records are shown."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit import actions as audit


def me(request: HttpRequest) -> User:
    """Return who is signed in; LoginRequiredMiddleware has seen to it that someone is."""
    assert isinstance(request.user, User)
    return request.user


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what was sent with a form, also when that is nothing at all; None for a mere look."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def typed(request: HttpRequest, field: str) -> str:
    """Return what somebody typed whose answer came too late: it must not be lost."""
    return request.POST.get(field, "").strip() if request.method == "POST" else ""


def saw(
    request: HttpRequest,
    children: Iterable[int | None],
    page: str,
    permission: Permission,
    fields: tuple[str, ...] = (),
) -> None:
    """Write down whose records are about to be shown; before the page is drawn."""
    audit.saw(
        by=me(request),
        children=sorted({child for child in children if child is not None}),
        page=page,
        ground=access.ground(me(request), permission),
        at=timezone.localtime(),
        fields=fields,
    )
