"""The history of a child's record and cases, field by field, from the audit trail."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases import queries as cases
from onroll.cases.frame import find_case, find_child, today
from onroll.cases.queries.child import Home
from onroll.children.models import Child
from onroll.govuk.parts import Link
from onroll.record.queries import history as trail
from onroll.record.views.frame import show_page

A_PAGE = 25
FIELDS = ("history", "name", "date of birth", "places")


@needs(Permission.CASE_VIEW)
@require_safe
def of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was changed on a case and on the record of its child."""
    case = find_case(request, ref)
    home = cases.home_of(case.child, case, user=me(request))
    context = _context(request, case.child, home)
    fields = (*FIELDS, *home.fields)
    return show_page(request, case, "record/history.html", "history", **context, fields=fields)


@needs(Permission.CASE_VIEW)
@require_safe
def of_child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was changed on the record of a child, with a case or without one."""
    child, user = find_child(request, ref), me(request)
    in_sight = cases.cases_of(user, child, on=today())
    home = cases.home_of(child, in_sight[0] if in_sight else None, user=user)
    context = _context(request, child, home)
    saw(request, [child.pk], "child: history", Permission.CASE_VIEW, (*FIELDS, *home.fields))
    child_url = reverse("casefile:child", args=[child.ref])
    links = [Link("Find a child", reverse("casefile:find")), Link(f"Child {child.ref}", child_url)]
    identity = cases.identity_of_child(child, user=user, on=today())
    context |= {"links": [*links, Link("History")], "identity": identity, "child": child}
    return render(request, "record/child_history.html", context)


def _context(request: HttpRequest, child: Child, home: Home) -> dict[str, object]:
    """Return the changes of a page; 403 for whom the child is masked."""
    if access.is_masked(me(request), Permission.CASE_VIEW):
        raise PermissionDenied(Permission.CASE_VIEW.value)
    rows = trail.changes_of(child, me(request), home, on=today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return {"rows": page, "changes": trail.in_words(page, child, home), "sees_all": home.sees_all}
