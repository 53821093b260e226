"""What every page of an audit does: find it, and write down who reads them."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.case_audits import queries
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.govuk.parts import Link


def find_audit(request: HttpRequest, ref: str) -> CaseAudit:
    """Return an audit that a person may see; 404 else."""
    try:
        return queries.get_audit(me(request), ref)
    except CaseAudit.DoesNotExist:
        raise Http404 from None


def find_sample(request: HttpRequest, ref: str, pk: int) -> SampleCase:
    """Return a case of an audit's sample that a person may see; 404 else."""
    try:
        return queries.sample_of(find_audit(request, ref), me(request), pk, on=today())
    except SampleCase.DoesNotExist:
        raise Http404 from None


def audit_url(audit: CaseAudit) -> str:
    """Return the address of an audit."""
    return reverse("case_audits:audit", args=[audit.ref])


def show_page(
    request: HttpRequest,
    template: str,
    *,
    page: str,
    cases: Iterable[Case] = (),
    fields: tuple[str, ...] = ("name",),
    **context: Any,
) -> HttpResponse:
    """Show a page, once it is written down which children a person reads there."""
    children = [case.child_id for case in cases]
    if children:
        saw(request, children, f"case audit: {page}", Permission.CASE_LIST, fields)
    links = [Link("Case audits", reverse("case_audits:audits"))]
    return render(request, template, {"links": links, **context})
