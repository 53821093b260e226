"""Schools' reports for home education: the list, one report, and its receipt by name (P68)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.govuk.forms import Form
from onroll.govuk.inline import link
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals import actions
from onroll.referrals.models import HomeEducationReport
from onroll.referrals.queries import home_education as queries
from onroll.rules.school_reports import CONCERN_TITLES, Concern

PER_PAGE = 25


@needs(Permission.HOME_EDUCATION)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List schools' reports, those that nobody has received first."""
    page = Paginator(queries.reports(me(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(report) for report in page]
    columns = ("Report", "About", "School", "What it reports", "Came", "Received")
    table = Table("Reports", columns, rows, empty="No school has reported.", is_caption_hidden=True)
    _note(request, *page)
    return render(request, "referrals/reports.html", {"page": page, "table": table})


def _row(report: HomeEducationReport) -> tuple[object, ...]:
    children = report.referral.children.all()
    by = report.received_by
    return (
        link(reverse("referrals:report", args=[report.referral.ref]), report.referral.ref),
        ", ".join(child.name or "Name not known" for child in children),
        ", ".join({child.school_words or "Not known" for child in children}),
        _concerns(report),
        when(report.at),
        format_html("{}, {}", by.name, when(report.received_at))
        if by
        else tag("Nobody yet", "waiting"),
    )


def _concerns(report: HomeEducationReport) -> str:
    return ", ".join(CONCERN_TITLES[Concern(code)] for code in report.concerns)


@needs(Permission.HOME_EDUCATION)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one report, and let who takes it confirm that with their name."""
    try:
        row = queries.reports(me(request)).get(referral__ref=ref)
    except queries.NoReport:
        raise Http404 from None
    address = reverse("referrals:report", args=[row.referral.ref])

    def act(form: Form) -> Done:
        actions.receive_report(report=row, by=me(request), at=timezone.localtime())
        return Done(address, "You have received this report.")

    def show(form: Form) -> HttpResponse:
        _note(request, row)
        context = {"report": row, "referral": row.referral, "form": form}
        context |= {"children": row.referral.children.all(), "concerns": _concerns(row)}
        return render(request, "referrals/report.html", context)

    return ask(request, Form(posted(request)[0]), act, show)


def _note(request: HttpRequest, *reports: HomeEducationReport) -> None:
    """Write down that names were shown of children who are known to be on record."""
    cases = [child.case for row in reports for child in row.referral.children.all()]
    children = [case.child_id for case in cases if case]
    saw(request, children, "reports for home education", Permission.HOME_EDUCATION, ("name",))
