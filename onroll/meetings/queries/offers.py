"""What meetings show of themselves on Today, in the diary and in the chronology of a case."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import Case
from onroll.cases.offers import Coming, Event, EventKind, Rows, Todo
from onroll.cases.queries import may_on
from onroll.meetings.models import AgendaItem
from onroll.meetings.queries.meetings import meetings_in_sight
from onroll.rules.day import Call


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many meetings are to end. `at` is not used."""
    if not may(user, Permission.CASE_ASSIGN):
        return []
    return [
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
    ]


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return the meetings to come; one query."""
    meetings = meetings_in_sight(user).filter(on__range=(on, until), ended_at__isnull=True)
    return [
        Coming(
            on=meeting.on,
            words="Meeting of agencies",
            ref=meeting.ref,
            url=page_address("meetings:meeting", meeting.ref),
        )
        for meeting in meetings
    ]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return the meetings that a case was on, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    items = AgendaItem.objects.filter(case=case)
    return {
        "items": items.select_related("by", "talked_by", "removed_by").annotate(
            meeting_ref=F("meeting__ref")
        ),
    }


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what was put on an agenda, and said. Neither `case` nor `user` is used."""
    return [event for item in rows.get("items", ()) for event in _of_item(item)]


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


def _event(at: datetime, what: str, words: str, by: User | None) -> Event:
    return Event(at, what, words, by, kind=EventKind.MEETING, source="Meeting of agencies")
