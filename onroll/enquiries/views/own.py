"""The enquiries of a person's own cases: whom to ask, and whom to ask again (P31)."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.addresses import page_address
from onroll.cases.frame import today
from onroll.cases.queries import name_of
from onroll.enquiries import queries
from onroll.enquiries.views.frame import enquiry_url
from onroll.enquiries.views.tables import BY_REASON, last_of, person_asked
from onroll.govuk.parts import Link, Table
from onroll.govuk.templatetags.govuk import when

PER_PAGE = 25
TO_MAKE, WAITING = "", "waiting"
LISTS = ((TO_MAKE, "To be made"), (WAITING, "We wait for an answer"))
COLUMNS = {
    TO_MAKE: ("Enquiry", "Child", "Planned", "Why"),
    WAITING: ("Enquiry", "Child", "When", "Who"),
}


@needs(Permission.ENQUIRY_ADD, Permission.CASE_WORK)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """List what is to be made, or waited for, on the cases that a person owns or works on."""
    user, which = me(request), request.GET.get("list", TO_MAKE)
    which = which if which in COLUMNS else TO_MAKE
    chosen = (queries.waited_for if which else queries.to_be_made)(user, on=today())
    rows = queries.with_entries(chosen)
    ordered = rows.order_by("due_on", "pk") if which else rows.order_by("at", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    children = [row.case.child_id for row in page]
    saw(request, children, "enquiries of own cases", Permission.CASE_LIST, ("name", "enquiries"))
    table = Table(
        dict(LISTS)[which],
        COLUMNS[which],
        list(_cells(page, which, user)),
        "Nothing is on this list.",
        is_caption_hidden=True,
        is_stacked=True,
    )
    links = [
        Link(title, page_address("enquiries:own", list=code), is_current=code == which)
        for code, title in LISTS
    ]
    context = {"page": page, "table": table, "links": links, "keep": f"list={which}"}
    return render(request, "enquiries/own.html", context)


def _cells(rows: Iterable[Any], which: str, user: User) -> Iterable[tuple[object, ...]]:
    for row in rows:
        entries, child = list(row.entries.all()), row.case.child
        link = format_html(
            '<a class="govuk-link" href="{}">{} <span class="govuk-visually-hidden">{}</span></a>',
            enquiry_url(row),
            row.title,
            row.ref,
        )
        name = name_of(child, user)
        if row.covered_for:
            name = format_html("{}<br>For {}", name, row.covered_for)
        if which == WAITING:
            yield link, name, last_of(row, entries), person_asked(row, entries)
        else:
            yield link, name, when(row.at), row.why or BY_REASON
