"""What enquiries show of themselves on the case and on Today (see `cases.offers`)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Case, Member
from onroll.cases.offers import DayPart, DayRow, Panel
from onroll.cases.queries.calls import Calling, calling, part_of
from onroll.cases.queries.case import may_on
from onroll.clocks.models import Deadline, Subject
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.enquiries.queries.log import enquiries_of_school, figures_of
from onroll.rules.day import Call, call_of_clock


def case_panels(case: Case, user: User, *, on: date) -> list[Panel]:
    """Return how far the enquiries of a case are, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return []
    shown = {
        "case": case,
        "figures": figures_of(case),
        "may_add": case.is_open and may_on(user, Permission.ENQUIRY_ADD, case),
    }
    return [Panel("enquiries/panels/enquiries.html", shown, ("enquiries",))]


def questions_for_school(user: User, *, on: date) -> int:
    """Return how many enquiries ask a school for an answer; 0 for who is of no school."""
    asked = enquiries_of_school(user, on=on).order_by().filter(is_by_school=False)
    return asked.waiting().count() if may(user, Permission.ENQUIRY_ADD) else 0


_FACTS = ("pk", "case", "due_on", "news_at")


def day(user: User, *, on: date, at: datetime) -> DayPart | None:
    """Return the enquiries on a person's own cases that are due, or of which there is news.

    Two queries. `at` is not used: clocks of enquiries run out by the day.
    """
    if not may(user, Permission.CASE_WORK):
        return None
    facts = _of_own_cases(user, on).values(*_FACTS)
    rows = (calling(row, _calls(row, on)) for row in facts)
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    return part_of(rows, lambda first: _draw(first, is_hidden=is_hidden))


def _of_own_cases(user: User, on: date) -> QuerySet[Enquiry]:
    on_team = Member.objects.filter(user=user).values("case_id")
    own = Q(case__owner=user) | Q(case__in=on_team)
    due = Deadline.objects.of_each(Subject.ENQUIRY, OuterRef("pk")).running().order_by("due_on")
    news = EnquiryEntry.objects.filter(
        enquiry=OuterRef("pk"), is_news=True, read_at__isnull=True
    ).order_by("at")
    rows = Enquiry.objects.visible_to(user, on=on).filter(own, case__closed_on__isnull=True)
    return rows.annotate(
        due_on=Subquery(due.values("due_on")[:1]), news_at=Subquery(news.values("at")[:1])
    ).filter(Q(due_on__isnull=False) | Exists(news))


def _calls(row: Mapping[str, Any], on: date) -> dict[Call, date | datetime]:
    calls: dict[Call, date | datetime] = {}
    if row["news_at"]:
        calls[Call.ARRIVED] = row["news_at"]
    if row["due_on"] and (call := call_of_clock(row["due_on"], is_law=False, on=on)):
        calls[call] = row["due_on"]
    return calls


def _draw(first: Sequence[Calling], *, is_hidden: bool) -> list[DayRow]:
    kept = Enquiry.objects.select_related("case__child", "school").in_bulk(
        [row.pk for row in first]
    )
    return [_row(row, kept[row.pk], is_hidden=is_hidden) for row in first]


def _row(called: Calling, enquiry: Enquiry, *, is_hidden: bool) -> DayRow:
    child, is_news = enquiry.case.child, called.call is Call.ARRIVED
    whom = enquiry.school.name if enquiry.school else "somebody"
    told = f"{whom} told us: {enquiry.title}" if is_news else f"Chase the answer: {enquiry.title}"
    return DayRow(
        call=called.call,
        since=called.since,
        words=told,
        about=words.initials(child) if is_hidden else child.name,
        ref=enquiry.case.ref,
        step="Read it" if is_news else "Chase it",
        step_url=page_address("enquiries:enquiry", enquiry.case.ref, enquiry.ref),
        is_due=not is_news,
        children=(enquiry.case.child_id,),
    )
