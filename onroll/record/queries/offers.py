"""What complaints and tellings show of themselves on Today, in the diary and in the chronology."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import Case
from onroll.cases.offers import Coming, Event, EventKind, Rows, Todo
from onroll.cases.queries import may_on, name_of
from onroll.clocks.models import Deadline, Subject
from onroll.record.models import CaseFile, Complaint, FamilyTelling
from onroll.record.queries.pages import complaints_in_sight
from onroll.rules.day import Call
from onroll.rules.hours import ENGLAND


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many complaints wait for an answer. `at` is not used."""
    if not may(user, Permission.CASE_WORK):
        return []
    clocks = Deadline.objects.of_each(Subject.COMPLAINT, OuterRef("pk")).running()
    return [
        Todo(
            "complaints",
            complaints_in_sight(user, on=on),
            ("complaint to be answered", "complaints to be answered"),
            "record:complaints",
            meaning="soon",
            since="at",
            owner=F("case__owner__name"),
            call=Call.WAITS,
            call_if_late=Call.LOCAL_OVERDUE,
            presses=Exists(clocks.filter(due_on__lt=on)),
            is_silent_at_none=True,
        )
    ]


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return by when complaints are to be answered; one query."""
    return [
        Coming(
            on=row.due_on,
            words="Answer a complaint",
            about=name_of(row.case.child, user),
            ref=row.case.ref,
            url=page_address("record:complaint", row.case.ref, row.ref),
            child=row.case.child_id,
        )
        for row in complaints_in_sight(user, on=on).filter(due_on__range=(on, until))
    ]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return what the family was told, complaints, and files that were made, for who reads the
    enquiries of the case."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    return {
        "tellings": case.family_tellings.select_related("by"),
        "complaints": case.complaints.select_related("by", "answered_by"),
        "files": case.case_files.select_related("by").defer("whole", "redacted"),
    }


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what the family was told, complaints with their answers, and files that were made.
    `user` is not used."""
    complaints = rows.get("complaints", ())
    return [
        *(_telling(row) for row in rows.get("tellings", ())),
        *(_complaint(row, case) for row in complaints),
        *(_answer(row, case) for row in complaints if row.answered_at),
        *(_case_file(row, case) for row in rows.get("files", ())),
    ]


def _telling(row: FamilyTelling) -> Event:
    title = f"{row.title}: {row.whom}" if row.whom else row.title
    is_same_day = row.on == row.at.astimezone(ENGLAND).date()
    return Event(
        row.at,
        title,
        row.words,
        row.by,
        None if is_same_day else row.on,
        EventKind.FAMILY,
        f"Telling {row.ref}",
    )


def _complaint(row: Complaint, case: Case) -> Event:
    url = page_address("record:complaint", case.ref, row.ref)
    title, source = f"Complaint: {row.whose}", f"Complaint {row.ref}"
    return Event(row.at, title, row.words, row.by, row.came_on, EventKind.COMPLAINT, source, url)


def _answer(row: Complaint, case: Case) -> Event:
    assert row.answered_at is not None
    return Event(
        row.answered_at,
        "Complaint answered",
        row.answer,
        row.answered_by,
        row.answered_on,
        EventKind.COMPLAINT,
        f"Complaint {row.ref}",
        page_address("record:complaint", case.ref, row.ref),
    )


def _case_file(row: CaseFile, case: Case) -> Event:
    return Event(
        row.at,
        "Case file made, with a redacted copy",
        row.why,
        row.by,
        kind=EventKind.COMPLAINT,
        source=f"Case file {row.ref}",
        url=page_address("record:case_file", case.ref, row.ref),
    )
