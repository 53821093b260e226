"""The enquiries of a case: the list, one of them, its files, and who read the news (P12, P31)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import may_on
from onroll.documents.frame import hand_out
from onroll.enquiries import actions, queries
from onroll.enquiries.models import Enquiry
from onroll.enquiries.views.frame import also_by_entry, enquiry_url, find, find_enquiry, show_page
from onroll.enquiries.views.tables import ASKED, address_table, enquiry_table, plan_table
from onroll.govuk.parts import Link
from onroll.rules.enquiry_log import MOVES, EnquiryStage


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def enquiries(request: HttpRequest, ref: str) -> HttpResponse:
    """List who was asked, who is to be asked, what came back and what was left out."""
    case = find(request, ref, Permission.ENQUIRY_LOG_VIEW)
    log = queries.log_of(case)
    addresses = queries.addresses_tried(case, me(request), log)
    context: dict[str, Any] = {
        "log": log,
        "addresses": addresses,
        "tried": address_table(addresses.tried),
        "waiting": enquiry_table(
            "We wait for an answer", log.waiting, "Nobody is waited for.", columns=ASKED
        ),
        "planned": plan_table(log.planned),
        "answered": enquiry_table("Answered or ended", log.answered, "Nobody has answered yet."),
        "left_out": enquiry_table("Left out or withdrawn", log.left_out, "Nothing was left out."),
        "to_plan": queries.steps_to_plan(case) if case.is_open else (),
        "may_add": _may_add(request, case),
    }
    return show_page(
        request,
        case,
        "enquiries/enquiries.html",
        "enquiries",
        has_homes=bool(addresses.tried),
        **context,
    )


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def enquiry(request: HttpRequest, ref: str, enquiry: str) -> HttpResponse:
    """Show an enquiry with everything that was done about it."""
    case = find(request, ref, Permission.ENQUIRY_LOG_VIEW)
    row = find_enquiry(case, enquiry)
    looks = queries.looks(row)
    may_add = _may_add(request, case)
    siblings = queries.siblings_in_sight(row, me(request), on=today())
    also, homes = also_by_entry(request, row, siblings), queries.homes_by_entry(row, me(request))
    context: dict[str, Any] = {
        "enquiry": row,
        "entries": [(e, looks.get(e.pk), also[e.pk], homes[e.pk]) for e in row.entries.all()],
        "acts": list(_acts_open(row)) if may_add else (),
        "news": [e for e in row.entries.all() if e.is_news and e.read_at is None],
        "may_add": may_add,
        "may_read": may_on(me(request), Permission.ENQUIRY_ADD, case),
        "may_open": may_on(me(request), Permission.DOCUMENT_OPEN, case),
    }
    return show_page(
        request,
        case,
        "enquiries/enquiry.html",
        "enquiry",
        siblings=[sibling.case for sibling in siblings],
        has_homes=any(homes.values()),
        **context,
    )


def _may_add(request: HttpRequest, case: Case) -> bool:
    return case.is_open and may_on(me(request), Permission.ENQUIRY_ADD, case)


def _acts_open(enquiry: Enquiry) -> Iterable[Link]:
    """Yield what can be done about an enquiry now, the likeliest first."""
    for act, move in MOVES.items():
        if EnquiryStage(enquiry.stage) in move.starts:
            args = [enquiry.case.ref, enquiry.ref, act.value.replace("_", "-")]
            yield Link(move.title, reverse("enquiries:act", args=args))


@needs(Permission.ENQUIRY_ADD)
@require_POST
def read(request: HttpRequest, ref: str, enquiry: str) -> HttpResponse:
    """Write down that a person has read what is new of an enquiry."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    row = find_enquiry(case, enquiry)

    news = [entry for entry in row.entries.all() if entry.is_news]
    actions.read_news(entries=news, by=me(request), at=timezone.localtime())
    messages.success(request, f"Your name stands beside what is new of enquiry {row.ref}.")
    return redirect(enquiry_url(row))


@needs(Permission.ENQUIRY_LOG_VIEW, Permission.DOCUMENT_OPEN)
@require_safe
def file(request: HttpRequest, ref: str, enquiry: str, pk: int) -> HttpResponse:
    """Give a file that shows what came of an enquiry, once a scanner found nothing in it."""
    case = find(request, ref, Permission.DOCUMENT_OPEN)
    try:
        entry = queries.entry_of(find_enquiry(case, enquiry), pk)
    except queries.NoEntry:
        raise Http404 from None
    assert entry.document_id is not None
    return hand_out(
        request,
        entry.document_id,
        children=[case.child_id],
        page="case: file of an enquiry",
        permission=Permission.DOCUMENT_OPEN,
    )
