"""What meetings show of themselves on Today, in the diary, on a case and in its chronology."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.offers import Coming, Event, EventKind, Panel, Part, Rows, Todo
from onroll.cases.queries import may_on
from onroll.meetings.models import ActionPoint, AgendaItem
from onroll.meetings.queries.meetings import decisions_in_sight, meetings_in_sight
from onroll.rules.day import Call
from onroll.rules.hours import ENGLAND


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many decisions wait, and how many meetings are to end. `at` is not used."""
    todos = []
    if may(user, Permission.CASE_WORK):
        todos.append(
            Todo(
                "meeting_decisions",
                decisions_in_sight(user, on=on),
                ("decision of a meeting to be done", "decisions of meetings to be done"),
                "meetings:decisions",
                meaning="soon",
                since="at",
                owner=F("case__owner__name"),
                call=Call.WAITS,
                call_if_late=Call.LOCAL_OVERDUE,
                presses=Q(due_on__lt=on),
                is_silent_at_none=True,
            )
        )
    if may(user, Permission.CASE_ASSIGN):
        todos.append(
            Todo(
                "meetings",
                meetings_in_sight(user).filter(ended_at__isnull=True, on__lte=on),
                ("meeting of agencies to be held or ended", "meetings of agencies to be ended"),
                "meetings:meetings",
                meaning="soon",
                since="at",
                owner=F("by__name"),
                call=Call.WAITS,
                is_silent_at_none=True,
            )
        )
    return todos


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return by when decisions are to be done, and the meetings; two queries."""
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    rows = decisions_in_sight(user, on=on).filter(due_on__range=(on, until))
    meetings = meetings_in_sight(user).filter(on__range=(on, until), ended_at__isnull=True)
    return [
        *(
            Coming(
                on=row.due_on,
                words="Do what a meeting decided",
                about=words.initials(row.case.child) if is_hidden else row.case.child.name,
                ref=row.case.ref,
                url=page_address("meetings:finish", row.ref),
                child=row.case.child_id,
            )
            for row in rows
        ),
        *(
            Coming(
                on=meeting.on,
                words="Meeting of agencies",
                ref=meeting.ref,
                url=page_address("meetings:meeting", meeting.ref),
            )
            for meeting in meetings
        ),
    ]


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Any]]:
    """Return what meetings decided on a case and still waits, for who reads its log. `on` is not
    used."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    rows = ActionPoint.objects.filter(case=case, done_on__isnull=True)
    return {"decisions": rows.order_by("due_on", "pk")}


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return those decisions, where there are any."""
    if not rows.get("decisions"):
        return []
    context = {
        "case": case,
        "lines": [(row, words.meaning(row.due_on, on=on)) for row in rows["decisions"]],
        "may_work": may_on(user, Permission.CASE_WORK, case),
    }
    return [Panel("meetings/panels/decisions.html", context, ("decisions",), Part.DUE)]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return the meetings that a case was on, and what they decided, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    items = AgendaItem.objects.filter(case=case)
    decisions = ActionPoint.objects.filter(case=case)
    return {
        "items": items.select_related("by", "talked_by", "removed_by").annotate(
            meeting_ref=F("meeting__ref")
        ),
        "decisions": decisions.select_related("by", "done_by").annotate(
            meeting_ref=F("item__meeting__ref")
        ),
    }


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what was put on an agenda, said, decided and done. Neither `case` nor `user` is
    used."""
    items, decisions = rows.get("items", ()), rows.get("decisions", ())
    return [
        *(event for item in items for event in _of_item(item)),
        *(event for row in decisions for event in _of_decision(row)),
    ]


def _of_item(item: Any) -> list[Event]:
    name = f"meeting of agencies {item.meeting_ref}"
    why = ". ".join(filter(None, (*item.titles, item.why)))
    happened = [_event(item.at, f"Put on the agenda of the {name}", why, item.by)]
    if item.talked_at:
        happened.append(_event(item.talked_at, f"Said at the {name}", item.words, item.talked_by))
    if item.removed_at:
        happened.append(
            _event(
                item.removed_at,
                f"Taken off the agenda of the {name}",
                item.removed_why,
                item.removed_by,
            )
        )
    return happened


def _of_decision(row: Any) -> list[Event]:
    name = f"meeting of agencies {row.meeting_ref}"
    happened = [
        _event(row.at, f"Decided at the {name}: {row.words}", f"Who does it: {row.whom}", row.by)
    ]
    if row.done_at:
        is_same_day = row.done_on == row.done_at.astimezone(ENGLAND).date()
        day = None if is_same_day else row.done_on
        what = f"Done, as the {name} decided: {row.words}"
        happened.append(_event(row.done_at, what, row.result, row.done_by, day))
    return happened


def _event(at: datetime, what: str, words: str, by: User | None, day: date | None = None) -> Event:
    return Event(at, what, words, by, day, EventKind.MEETING, "Meeting of agencies")
