"""What every view needs of a request: the user, the form data, and the log of reads."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit import actions as audit


def me(request: HttpRequest) -> User:
    """Return the signed-in user; LoginRequiredMiddleware has made sure of one."""
    assert isinstance(request.user, User)
    return request.user


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return the form data and files, even if empty; None for a request without a form."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def typed(request: HttpRequest, field: str) -> str:
    """Return the text a person typed into a form that came too late, so that it is not lost."""
    return request.POST.get(field, "").strip() if request.method == "POST" else ""


def saw(
    request: HttpRequest,
    children: Iterable[int | None],
    page: str,
    permission: Permission,
    fields: tuple[str, ...] = (),
) -> None:
    """Record whose records are about to be shown; call it before the page is rendered."""
    audit.saw(
        by=me(request),
        children=sorted({child for child in children if child is not None}),
        page=page,
        ground=access.ground(me(request), permission),
        at=timezone.localtime(),
        fields=fields,
    )
