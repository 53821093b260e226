"""What enquiries show of themselves on the case and on Today (see `cases.offers`)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.at_once import Query, Values
from onroll.cases.models import Case
from onroll.cases.offers import Coming, DayPart, DayRow, Event, EventKind, Panel, Part, Rows, Todo
from onroll.cases.queries import name_of
from onroll.cases.queries.calls import GravestCall, gravest_call, part_of
from onroll.cases.queries.case import may_on
from onroll.cases.queries.own import is_own, name_of_absent
from onroll.enquiries.models import Enquiry, EnquiryEntry, EnquiryQuerySet
from onroll.enquiries.models.enquiry import AGENCY, FAMILY, SCHOOL
from onroll.enquiries.queries.log import due_on, figures_of, glance_at, sort
from onroll.enquiries.queries.schools import enquiries_of_school
from onroll.rules.day import Call, call_of_clock, end_of_week
from onroll.rules.enquiry_log import EnquiryStage
from onroll.rules.hours import ENGLAND

AT_A_GLANCE = 5
"""So many enquiries stand on the page of the case."""


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Enquiry]]:
    """Return the enquiries of a case, for who reads its log. `on` is not used."""
    reads = may_on(user, Permission.ENQUIRY_LOG_VIEW, case)
    return {"enquiries": glance_at(case)} if reads else {}


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return how far the enquiries of a case are, and the next to be chased and to be made, for who
    reads its log. `on` is not used."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return []
    log = sort(rows["enquiries"])
    context = {
        "case": case,
        "figures": figures_of(rows["enquiries"]),
        "waiting": log.waiting[:AT_A_GLANCE],
        "news": [row for row in rows["enquiries"] if row.has_news],
        "planned": sorted(log.planned, key=lambda row: not row.is_of_lead)[:AT_A_GLANCE],
        "may_add": case.is_open and may_on(user, Permission.ENQUIRY_ADD, case),
    }
    return [Panel("enquiries/panels/enquiries.html", context, ("enquiries",), Part.ENQUIRIES)]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[EnquiryEntry]]:
    """Return what was done about the enquiries of a case, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    entries = EnquiryEntry.objects.filter(case=case).select_related("enquiry", "by")
    return {"entries": entries.order_by("-at", "-pk")}


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what was done about the enquiries of a case, newest first. `user` is not used."""
    return [
        Event(
            entry.at,
            f"Enquiry: {entry.enquiry.title}. {entry.act_title}",
            ": ".join(filter(None, (entry.result_title, entry.words))),
            entry.by,
            entry.done_on if entry.done_on != entry.at.astimezone(ENGLAND).date() else None,
            EventKind.ENQUIRY,
            f"Enquiry {entry.enquiry.ref}",
            page_address("enquiries:enquiry", case.ref, entry.enquiry.ref),
        )
        for entry in rows.get("entries", ())
    ]


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many enquiries on a person's own cases are still to be made. `at` is not used."""
    if not may(user, Permission.CASE_WORK):
        return []
    return [
        Todo(
            "enquiries",
            to_be_made(user, on=on),
            ("enquiry on a case of yours to be made", "enquiries on cases of yours to be made"),
            "enquiries:own",
            since="at",
            is_own=True,
            is_silent_at_none=True,
        )
    ]


def own_enquiries(user: User, *, on: date) -> EnquiryQuerySet:
    """Return the enquiries on a person's own open cases, each with the name of an absent owner for
    whom they cover."""
    return _of_own(user, on=on).filter(case__closed_on__isnull=True)


def _of_own(user: User, *, on: date) -> EnquiryQuerySet:
    rows = Enquiry.objects.visible_to(user, on=on).filter(is_own(user, on=on, case="case__"))
    return rows.annotate(covered_for=name_of_absent(user, on=on, case="case__"))


def to_be_made(user: User, *, on: date) -> EnquiryQuerySet:
    """Return those that are planned, what waits longest first."""
    return own_enquiries(user, on=on).filter(stage=EnquiryStage.PLANNED.value)


def waited_for(user: User, *, on: date) -> EnquiryQuerySet:
    """Return those whose answer is waited for, the one to ask again first on top."""
    return own_enquiries(user, on=on).waiting()


def questions_for_school(user: User, *, on: date) -> int:
    """Return how many enquiries ask a school for an answer; 0 for who is of no school."""
    questions = enquiries_of_school(user, on=on).order_by().filter(asked_school__isnull=False)
    return questions.waiting().count() if may(user, Permission.ENQUIRY_ADD) else 0


def day_rows(user: User, *, on: date, at: datetime) -> dict[str, Query]:
    """Return the enquiries on a person's own cases that may be due, or of which there is news.
    `at` is not used."""
    rows = _of_own_cases(user, on)
    return {"enquiries": Values(rows, _ORDER)} if may(user, Permission.CASE_WORK) else {}


_ORDER = ("pk", "due_on", "news_at", "case__closed_on")
"""What puts an enquiry in its place among all that calls."""


def day(user: User, *, on: date, at: datetime, rows: Rows) -> DayPart | None:
    """Return the enquiries on a person's own cases that are due, or of which there is news.

    `at` is not used: clocks of enquiries run out by the day.
    """
    if not may(user, Permission.CASE_WORK):
        return None
    called = (
        gravest_call({"pk": pk}, _calls(due_on, news_at, closed_on, on))
        for pk, due_on, news_at, closed_on in rows["enquiries"]
    )

    def draw(first: Sequence[GravestCall], read: Rows) -> list[DayRow]:
        by_pk = {enquiry.pk: enquiry for enquiry in read["enquiries"]}
        return [_row(row, by_pk[row.pk], user) for row in first]

    def of(first: Sequence[GravestCall]) -> dict[str, QuerySet[Any]]:
        rows = _of_own(user, on=on).filter(pk__in=[row.pk for row in first])
        return {"enquiries": rows.select_related("case__child", "asked_school", "by_school")}

    return part_of(called, draw, of)


def _of_own_cases(user: User, on: date) -> QuerySet[Enquiry]:
    """Return the enquiries on a person's open cases that are due this week, or of which is news.

    What somebody tells of a child whose case is closed is news as well.
    """
    unread = EnquiryEntry.objects.filter(is_news=True, read_at__isnull=True)
    news = unread.filter(enquiry=OuterRef("pk"))
    is_open_or_news = Q(case__closed_on__isnull=True) | Q(case__in=unread.values("case"))
    return (
        _of_own(user, on=on)
        .filter(is_open_or_news)
        .annotate(due_on=due_on(), news_at=Subquery(news.order_by("at").values("at")[:1]))
        .filter(
            Q(due_on__lte=end_of_week(on), case__closed_on__isnull=True) | Q(news_at__isnull=False)
        )
    )


def _calls(
    due_on: date | None, news_at: datetime | None, closed_on: date | None, on: date
) -> dict[Call, date | datetime]:
    calls: dict[Call, date | datetime] = {}
    if news_at:
        calls[Call.ARRIVED] = news_at
    is_open = closed_on is None
    if is_open and due_on and (call := call_of_clock(due_on, is_law=False, on=on)):
        calls[call] = due_on
    return calls


_NEWS = {SCHOOL: "{} told us", FAMILY: "The family told us", AGENCY: "Follow up what was found"}
_NEWS_STEPS = {SCHOOL: "Read it", FAMILY: "Read it", AGENCY: "Follow it up"}


def _row(called: GravestCall, enquiry: Any, user: User) -> DayRow:
    child, is_news = enquiry.case.child, called.call is Call.ARRIVED
    is_of_family = is_news and enquiry.news_from == FAMILY
    page = "letters:answers" if is_of_family else "enquiries:enquiry"
    action = _NEWS[enquiry.news_from].format(enquiry.school) if is_news else "Chase the answer"
    return DayRow(
        call=called.call,
        since=called.since,
        words=f"{action}: {enquiry.title}",
        about=name_of(child, user),
        ref=enquiry.case.ref,
        step=_NEWS_STEPS[enquiry.news_from] if is_news else "Chase it",
        step_url=page_address(page, enquiry.case.ref, enquiry.ref),
        besides=called.besides,
        is_due=not is_news,
        children=(enquiry.case.child_id,),
        covered_for=enquiry.covered_for or "",
    )


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the answers on a person's own cases that are to be asked for again; one query."""
    if not may(user, Permission.CASE_WORK):
        return []
    rows: Any = waited_for(user, on=on).select_related("case__child").annotate(due_on=due_on())
    return [
        Coming(
            on=row.due_on,
            words=f"Chase the answer: {row.title}",
            about=name_of(row.case.child, user),
            ref=row.case.ref,
            url=page_address("enquiries:enquiry", row.case.ref, row.ref),
            child=row.case.child_id,
            covered_for=row.covered_for or "",
        )
        for row in rows.filter(due_on__range=(on, until))
    ]
