"""What every page about enquiries of a case does."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.cases.frame import find_case, require, show, sub_pages, trail
from onroll.cases.models import Case
from onroll.enquiries import queries
from onroll.enquiries.models import Enquiry


def find(request: HttpRequest, ref: str, permission: Permission) -> Case:
    """Return the case whose enquiries a person may read, or add to; 404 or 403 else."""
    case = find_case(request, ref)
    require(request, permission, case)
    return case


def find_enquiry(case: Case, ref: str) -> Enquiry:
    """Return an enquiry of the case; 404 for another's."""
    try:
        return queries.get_enquiry(case, ref)
    except queries.NoEnquiry:
        raise Http404 from None


def show_page(
    request: HttpRequest, case: Case, template: str, page: str, **context: Any
) -> HttpResponse:
    """Show a page of the enquiries of a case, once it is written down who reads it."""
    frame = {"links": trail(case), "sub_links": sub_pages(case, "enquiries")}
    return show(
        request,
        case,
        template,
        page=f"case: {page}",
        context={**frame, **context},
        fields=("enquiries",),
    )


def show_question(
    request: HttpRequest, case: Case, *, title: str, page: str, back_url: str, **context: Any
) -> HttpResponse:
    """Show a page that asks one thing about the enquiries of a case."""
    return show(
        request,
        case,
        "cases/question.html",
        page=f"case: {page}",
        context={"title": title, "back_url": back_url, **context},
        fields=("enquiries",),
    )


def list_url(case: Case) -> str:
    """Return the address of the enquiries of a case."""
    return reverse("enquiries:enquiries", args=[case.ref])


def enquiry_url(enquiry: Enquiry) -> str:
    """Return the address of an enquiry on its case."""
    return reverse("enquiries:enquiry", args=[enquiry.case.ref, enquiry.ref])
