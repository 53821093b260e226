"""Packs: the list of them, one with what came back of each child, and what was sent."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.addresses import page_address
from onroll.agencies.queries import is_unconfirmed
from onroll.cases.frame import today
from onroll.cases.queries import name_of
from onroll.govuk.parts import Column, Link, Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.rules.requests import KINDS, WAYS
from onroll.sharing import queries
from onroll.sharing.models import Disclosure, Pack
from onroll.sharing.views.frame import (
    find_pack,
    line_url,
    pack_trail,
    pack_url,
    saw_children,
)

PER_PAGE = 25
LINE = 90
"""So many letters stand in a line of the text's box, more or less."""
COLUMNS = ("Pack", "Whom", "Made", "By")


@needs(Permission.ENQUIRY_LOG_VIEW, Permission.CASE_WORK)
@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """List the packs in sight, and what could be asked now in one."""
    user = me(request)
    page = Paginator(queries.packs(user, on=today()), PER_PAGE).get_page(request.GET.get("page"))
    figures = queries.figures_of(list(page), user, on=today())
    rows = []
    for pack in page:
        far = figures[pack.pk]
        rows.append((*_cells(pack), far.number, far.answered))
    columns = [*map(Column, COLUMNS), Column("Children", True), Column("Answered", True)]
    context = {
        "page": page,
        "table": Table(
            "Request packs", columns, rows, NONE, is_caption_hidden=True, is_stacked=True
        ),
        "kinds": [
            (Link(kind.title, page_address("sharing:new", kind.step)), number)
            for kind, number in queries.planned_by_step(user, on=today())
            if number
        ],
    }
    return render(request, "sharing/packs.html", context)


NONE = "No request has been made yet."


def _cells(pack: Pack) -> tuple[object, ...]:
    link = format_html(
        '<a class="govuk-link" href="{}">{} <span class="onroll-when">{}</span></a>',
        pack_url(pack),
        pack.title,
        pack.ref,
    )
    return link, pack.whom, when(timezone.localtime(pack.at).date()), pack.by.name


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def pack(request: HttpRequest, pack: str) -> HttpResponse:
    """Show a pack: how it is sent, and what came back about each child in sight."""
    row, user = find_pack(request, pack), me(request)
    lines = list(queries.lines_in(row, user, on=today()))
    saw_children(request, lines, "pack of requests")
    may_open = queries.may_open(row, user, on=today())
    answerable = queries.to_answer(row, user, on=today()) if may_open else ()
    columns = ("Child", "Reference", "How far", "What came of it")
    cells = [_line_cells(request, line) for line in lines]
    context = {
        "pack": row,
        "kind": KINDS[row.step],
        "table": Table("Children in this pack", columns, cells, is_stacked=True),
        "first": lines[0],
        "is_unconfirmed": row.agency is not None
        and is_unconfirmed(row.agency, at=timezone.localtime()),
        "may_open": may_open,
        "may_answer": any(map(queries.is_waiting, answerable)),
        "way": dict(WAYS).get(lines[0].method, ""),
        "breadcrumbs": pack_trail(row),
    }
    return render(request, "sharing/pack.html", context)


def _line_cells(request: HttpRequest, line: Disclosure) -> tuple[object, ...]:
    enquiry = line.enquiry
    assert enquiry is not None
    url = reverse("enquiries:enquiry", args=[enquiry.case.ref, enquiry.ref])
    child = format_html(
        '<a class="govuk-link" href="{}">{}</a>', url, name_of(line.case.child, me(request))
    )
    words = [entry.words for entry in enquiry.entries.all() if entry.result]
    mark = tag("Withdrawn", "quiet") if line.is_withdrawn else ""
    far = format_html("{} {}", tag(enquiry.standing_title, enquiry.stage_meaning), mark)
    return child, _reference(line), far, words[-1] if words else "–"


def _reference(line: Disclosure) -> SafeString:
    shape = '<a class="govuk-link onroll-when" href="{}">{}</a>'
    return format_html(shape, line_url(line), line.case.ref)


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
@require_safe
def as_pdf(request: HttpRequest, pack: str) -> HttpResponse:
    """Return the PDF of a pack, byte by byte as it was made."""
    row = _open(request, pack, "pack as a PDF")
    name = f"request-{row.ref}.pdf"
    return HttpResponse(
        queries.pdf_of(row),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@needs(Permission.ENQUIRY_ADD, Permission.DOCUMENT_OPEN)
@require_safe
def as_text(request: HttpRequest, pack: str) -> HttpResponse:
    """Show a pack as text, to be copied into secure mail."""
    row = _open(request, pack, "pack as text")
    text = queries.text_of(row)
    context = {
        "pack": row,
        "text": text,
        "rows": sum(1 + len(line) // LINE for line in text.splitlines()),
        "breadcrumbs": pack_trail(row, Link("The text")),
    }
    return render(request, "sharing/text.html", context)


def _open(request: HttpRequest, ref: str, page: str) -> Pack:
    """Return a pack that a person may open, once it is written down; 404 or 403 else."""
    row = find_pack(request, ref)
    if not queries.may_open(row, me(request), on=today()):
        raise PermissionDenied
    lines = list(queries.lines_in(row, me(request), on=today()))
    saw_children(request, lines, page)
    return row
