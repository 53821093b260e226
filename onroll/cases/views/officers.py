"""What each officer has, for who gives cases to officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.accounts.roles import Role
from onroll.addresses import page_address
from onroll.cases import queries
from onroll.cases.frame import today
from onroll.govuk.charts import Bar, Drawing, bar_chart
from onroll.govuk.parts import Column, Table
from onroll.govuk.templatetags.govuk import when
from onroll.rules.workload import GRAVE_MORE, OVERDUE_MORE, least, why_least

COLUMNS: tuple[Column | str, ...] = (
    "Officer",
    *(Column(name, is_numeric=True) for name in ("Open", "High risk", "Overdue by law", "Counts")),
    "Longest not looked at",
)


@needs(Permission.CASE_ASSIGN)
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Show how many open cases each officer has, how grave and how late they are."""
    rows = queries.officers(on=today())
    lightest = least(row.load for row in rows if row.is_lead and not row.cover)
    user = me(request)
    context = {
        "cover_url": page_address("cases:cover", user.pk),
        "drawing": _drawing(rows),
        "table": _table(rows, is_manager=user.role == Role.MGR),
        "proposed": why_least(lightest) if lightest else "",
        "grave_counts": 1 + GRAVE_MORE,
        "overdue_more": OVERDUE_MORE,
    }
    return render(request, "cases/officers.html", context)


def _drawing(rows: list[queries.Officer]) -> Drawing:
    bars = [Bar(row.load.name, row.load.weight, url=_cases_of(row)) for row in rows]
    title = "What the open cases of each officer count"
    return bar_chart(bars, name="officers", title=title, counted="Counts", of="Officer")


def _cases_of(row: queries.Officer) -> str:
    """Return the address of the register with the open cases of an officer, or of nobody."""
    return page_address("cases:register", owner=str(row.pk or "nobody"))


def _table(rows: list[queries.Officer], *, is_manager: bool) -> Table:
    cells = [
        (
            _name(row, is_manager=is_manager),
            row.load.number,
            row.load.grave,
            row.load.overdue,
            row.load.weight,
            _oldest(row),
        )
        for row in rows
    ]
    return Table("What each officer has", COLUMNS, cells, is_caption_hidden=True, is_stacked=True)


def _name(row: queries.Officer, *, is_manager: bool) -> SafeString:
    """Lead to the cases of an officer, say who covers, and let a manager say who does."""
    name = format_html('<a class="govuk-link" href="{}">{}</a>', _cases_of(row), row.load.name)
    if row.cover:
        name = format_html("{}<br>{}", name, row.cover)
    if not (is_manager and row.is_lead):
        return name
    shape = (
        '{}<br><a class="govuk-link" href="{}">Absence'
        '<span class="govuk-visually-hidden"> of {}</span></a>'
    )
    return format_html(shape, name, page_address("cases:cover", row.pk or 0), row.load.name)


def _oldest(row: queries.Officer) -> SafeString | str:
    if not row.ref or row.since is None:
        return "No case"
    shape = '<a class="govuk-link onroll-nowrap" href="{}">{}</a>, {}'
    return format_html(shape, page_address("casefile:case", row.ref), row.ref, when(row.since))
