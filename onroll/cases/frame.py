"""What every page about a case does: find it, check permissions, record the read, render."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.audit import actions as audit
from onroll.cases import queries
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.govuk.parts import Link

PAGES = (
    ("casefile:case", "The case"),
    ("casefile:case_child", "The child"),
    ("enquiries:enquiries", "Enquiries"),
    ("letters:letters", "Letters"),
    ("sharing:sharing", "What was shared"),
    ("casefile:chronology", "Chronology and notes"),
    ("record:record", "The record"),
    ("casefile:team", "Team and access"),
)


def today() -> date:
    """Return the local date of the request."""
    return timezone.localdate()


def find_case(request: HttpRequest, ref: str) -> Case:
    """Return the case; 404 if it is out of sight or does not exist."""
    try:
        case = queries.get_case(me(request), ref, on=today())
    except Case.DoesNotExist:
        raise Http404 from None
    _only_read_by_glass(request, case.child_id)
    return case


def find_child(request: HttpRequest, ref: str) -> Child:
    """Return the child; 404 if out of sight or not on record."""
    try:
        child = queries.get_child_in_sight(me(request), ref, on=today())
    except Child.DoesNotExist:
        raise Http404 from None
    _only_read_by_glass(request, child.pk)
    return child


def _only_read_by_glass(request: HttpRequest, child: int) -> None:
    """Refuse with 403 whatever is sent about a child whose sealed case break-glass opened."""
    if request.method not in ("GET", "HEAD") and child in access.opened(me(request)):
        raise PermissionDenied("break_glass")


def require(request: HttpRequest, permission: Permission, case: Case) -> None:
    """Refuse with 403 a user who may do this, but not on this case."""
    if not queries.may_on(me(request), permission, case):
        raise PermissionDenied(permission.value)


def show(
    request: HttpRequest,
    case: Case,
    template: str,
    *,
    page: str,
    context: dict[str, Any],
    fields: Sequence[str] = (),
) -> HttpResponse:
    """Record that the user is about to see the case, then render the page."""
    user = me(request)
    identity = queries.identity_of(case, user=user, on=today())
    audit.saw(
        by=user,
        children=[case.child_id],
        page=page,
        ground=access.ground(user, Permission.CASE_VIEW),
        at=timezone.localtime(),
        fields=[*identity.fields, *fields],
        case_refs=[case.ref],
    )
    return render(request, template, {"case": case, "identity": identity, **context})


def sub_pages(case: Case, current: str) -> list[Link]:
    """Return the links between the pages of one case."""
    return [
        Link(name, reverse(page, args=[case.ref]), is_current=page.endswith(f":{current}"))
        for page, name in PAGES
    ]


def trail(case: Case) -> list[Link]:
    """Return the breadcrumbs of a case's page. The reference reveals nothing about the child."""
    return [Link("Register", reverse("cases:register")), Link(f"Case {case.ref}")]
