"""What every page of a case's record does: find the case, and write down who reads it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.frame import find_case, require, show, sub_pages, trail
from onroll.cases.models import Case
from onroll.record import queries
from onroll.record.models import Complaint


def find(request: HttpRequest, ref: str, permission: Permission) -> Case:
    """Return the case whose record a person may read, or add to; 404 or 403 else."""
    case = find_case(request, ref)
    require(request, permission, case)
    return case


def find_to_print(request: HttpRequest, ref: str) -> Case:
    """Return the case that a person may print (access matrix, row 28); 404 or 403 else."""
    case = find_case(request, ref)
    if not queries.may_print(me(request), case):
        raise PermissionDenied(Permission.CASE_EXPORT.value)
    return case


def find_complaint(case: Case, ref: str) -> Complaint:
    """Return a complaint about a case; 404 else."""
    try:
        return queries.get_complaint(case, ref)
    except queries.NoComplaint:
        raise Http404 from None


def show_page(
    request: HttpRequest, case: Case, template: str, page: str, **context: Any
) -> HttpResponse:
    """Show a page of the record of a case, once it is written down who reads it."""
    frame = {"links": trail(case), "sub_links": sub_pages(case, "record")}
    fields = context.pop("fields", ())
    return show(
        request, case, template, page=f"case: {page}", context={**frame, **context}, fields=fields
    )


def record_url(case: Case) -> str:
    """Return the address of the record of a case."""
    return reverse("record:record", args=[case.ref])


def complaint_url(case: Case, complaint: Complaint) -> str:
    """Return the address of a complaint."""
    return reverse("record:complaint", args=[case.ref, complaint.ref])
