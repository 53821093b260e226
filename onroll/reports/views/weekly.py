"""The weekly report as page, sheet and PDF; lists of children for users who may see all."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.addresses import page_address
from onroll.audit import actions as audit
from onroll.govuk.charts import Bar, Drawing, bar_chart
from onroll.govuk.fields import in_words
from onroll.govuk.parts import Column, Link, Table
from onroll.govuk.templatetags.govuk import when
from onroll.reports import actions, layout, pdf, queries, sheet
from onroll.reports.content import Count, UnknownSchema, Weekly
from onroll.reports.layout import Section, Subject
from onroll.reports.models import WeeklyReport
from onroll.schools.queries import our_policy

A_PAGE = 26
"""Half a year of reports."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS = ("name", "school", "case")
ASKS = {
    "unknown": "late",
    "clocks": "late",
    "late": "soon",
    "after_last_day": "soon",
    "silent": "soon",
    "refused": "late",
    "waiting": "soon",
}
"""Figures that need action, and the meaning of their colour."""
UNDER_FOUR_WEEKS = ("under_2_weeks", "2_to_4_weeks", "unknown")


@needs(Permission.STATISTICS_EXACT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the issued reports, newest first."""
    page = Paginator(queries.issued(), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            format_html(
                '<a class="govuk-link" href="{}">{}</a>',
                page_address("weekly_report", report.ref),
                f"Week of {in_words(report.week_starts_on)}",
            ),
            report.ref,
            in_words(timezone.localtime(report.issued_at).date()),
            report.issued_by.name if report.issued_by else "Onroll, by itself",
        )
        for report in page
    ]
    columns = ("Week", "Reference", "Issued on", "Issued by")
    empty = "No report has been issued yet. The first is made on the Monday after a whole week."
    reports = Table("Reports", columns, rows, empty, is_caption_hidden=True)
    context = {"page": page, "reports": reports, "so_far_url": page_address("weekly_so_far")}
    return render(request, "reports/weekly_list.html", context)


@needs(Permission.STATISTICS_EXACT)
@require_safe
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one issued report."""
    frozen, whole, is_intact = _get(ref)
    weekly = queries.in_sight(whole, me(request))
    with_children = _saw(request, weekly, "weekly report", timezone.localtime())
    context = _context(weekly, with_children=with_children) | {
        "report": frozen,
        "is_intact": is_intact,
        "is_to_read": queries.is_to_read(me(request), frozen),
        "sheet_url": page_address("weekly_sheet", ref),
        "pdf_url": page_address("weekly_pdf", ref),
    }
    return render(request, "reports/weekly.html", context)


@needs(Permission.STATISTICS_EXACT)
@require_POST
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that a person has read a report."""
    frozen, _, _ = _get(ref)
    actions.read_report(report=frozen, by=me(request), at=timezone.localtime())
    messages.success(request, "Noted that you have read the report.")
    return redirect("weekly_report", ref)


@needs(Permission.STATISTICS_EXACT)
@require_safe
def so_far(request: HttpRequest) -> HttpResponse:
    """Show the running week as it stands; nothing of it is frozen."""
    at = timezone.localtime()
    monday = queries.week_of(timezone.localtime(at).date())
    weekly = queries.in_sight(queries.weekly(starts_on=monday, at=at), me(request))
    with_children = _saw(request, weekly, "this week so far", at)
    context = _context(weekly, with_children=with_children) | {"made_at": at}
    return render(request, "reports/weekly.html", context)


@needs(Permission.STATISTICS_EXACT)
@require_safe
def as_sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the report as a spreadsheet."""
    frozen, whole, _ = _get(ref)
    weekly = queries.in_sight(whole, me(request))
    with_children = _saw(request, weekly, "weekly report as a sheet", timezone.localtime())
    made = sheet.sheet(weekly, with_children=with_children, colour=our_policy().colour)
    return _file(made, frozen, "xlsx", XLSX)


@needs(Permission.STATISTICS_EXACT)
@require_safe
def as_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the report as a PDF."""
    frozen, whole, _ = _get(ref)
    weekly = queries.in_sight(whole, me(request))
    with_children = _saw(request, weekly, "weekly report as a PDF", timezone.localtime())
    made = pdf.pdf(
        weekly,
        with_children=with_children,
        colour=our_policy().colour,
        issued=pdf.issued_sentence(
            ref=frozen.ref,
            at=timezone.localtime(frozen.issued_at),
            by=frozen.issued_by.name if frozen.issued_by else "",
            sha256=frozen.sha256,
        ),
        made_at=frozen.issued_at,
    )
    return _file(made, frozen, "pdf", "application/pdf")


def _get(ref: str) -> tuple[WeeklyReport, Weekly, bool]:
    try:
        return queries.get_weekly(ref)
    except (WeeklyReport.DoesNotExist, UnknownSchema):
        raise Http404 from None


def _saw(request: HttpRequest, weekly: Weekly, page: str, at: datetime) -> bool:
    """Return whether the user sees the lists of children; if so, record that they were shown."""
    user = me(request)
    if access.scope(user, Permission.CASE_LIST) is not Scope.ALL:
        return False
    if weekly.child_ids:
        audit.saw(
            by=user,
            children=weekly.child_ids,
            page=page,
            ground=access.ground(user, Permission.CASE_LIST),
            at=at,
            fields=FIELDS,
            case_refs=weekly.case_refs,
        )
    return True


def _context(weekly: Weekly, *, with_children: bool) -> dict[str, Any]:
    sections = layout.sections(weekly, with_children=with_children)
    anchors = {section.code: f"#{section.code}" for section in sections}
    came = {"since": weekly.starts_on.isoformat(), "until": weekly.ends_on.isoformat()}
    anchors |= {
        "register": "#register",
        "refused": page_address("intake:files", stage="refused", **came),
    }
    drawings = [_drawing(chart) for chart in layout.charts(weekly) if chart.counts]
    return {
        "title": layout.title(weekly),
        "weekly": weekly,
        "figures": [
            (count, anchors.get(count.code, ""), _meaning(count)) for count in weekly.figures
        ],
        "sections": [(section, _table(section)) for section in sections],
        "drawings": [drawings[n : n + 2] for n in range(0, len(drawings), 2)],
        "not_shown": "" if with_children else layout.NOT_SHOWN,
        "breadcrumbs": [
            Link("Today", page_address("casefile:today")),
            Link("Weekly reports", page_address("weekly_reports")),
            Link(layout.days(weekly)),
        ],
    }


def _meaning(figure: Count) -> str:
    return ASKS.get(figure.code, "") if figure.number else ""


def _table(section: Section) -> Table:
    columns = [Column(name, n in section.numeric) for n, name in enumerate(section.columns)]
    case = section.columns.index("Case") if "Case" in section.columns else -1
    rows = [
        [_case(cell) if n == case else _cell(cell) for n, cell in enumerate(row)]
        for row in section.rows
    ]
    return Table(section.title, columns, rows, section.empty, is_caption_hidden=True)


def _cell(cell: Any) -> Any:
    if isinstance(cell, Subject):
        url = page_address("casefile:case", cell.case) if cell.case else ""
        return _link(url, cell.name) if url else cell.name
    if isinstance(cell, date):
        return when(cell)
    return cell if isinstance(cell, int) else layout.words(cell)


def _case(ref: Any) -> SafeString:
    url = page_address("casefile:case", ref) if ref else ""
    whole = format_html('<span class="onroll-when">{}</span>', ref or "None")
    return _link(url, whole) if url else whole


def _link(url: str, words: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def _drawing(chart: layout.Chart) -> Drawing:
    late = {c.code for c in chart.counts if chart.code == "time"} - set(UNDER_FOUR_WEEKS)
    bars = [
        Bar(count.title, count.number, meaning="late" if count.code in late else "")
        for count in chart.counts
    ]
    return bar_chart(bars, name=chart.code, title=chart.title, counted=chart.counted, of=chart.of)


def _file(content: bytes, report: WeeklyReport, kind: str, content_type: str) -> HttpResponse:
    name = f"weekly-report-{report.week_starts_on:%Y-%m-%d}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
