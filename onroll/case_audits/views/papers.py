"""The papers of an audit: its report, and the list from which its sample was drawn."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.case_audits import queries
from onroll.case_audits.printed import report_of
from onroll.case_audits.views.frame import find_audit
from onroll.cases.frame import today


@needs(Permission.CASE_OVERSEE)
@require_safe
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the report of an audit that has ended as a PDF."""
    row = find_audit(request, ref)
    if row.is_open:
        raise Http404
    cases = queries.cases_of(row, me(request), on=today())
    children = [line.case.child_id for line in cases]
    if children:
        saw(request, children, "case audit: report", Permission.CASE_LIST, ("case audit",))
    return _as_file(
        report_of(row, cases, made_at=timezone.localtime()),
        f"case-audit-{row.ref}.pdf",
        "application/pdf",
    )


@needs(Permission.CASE_OVERSEE)
@require_safe
def references(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the cases there were to choose from, a reference a line, to check the sample by."""
    row = find_audit(request, ref)
    lines = queries.references_in_sight(row, me(request), on=today())
    content = "".join(f"{line}\n" for line in lines).encode()
    return _as_file(content, f"case-audit-{row.ref}.txt", "text/plain; charset=utf-8")


def _as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
