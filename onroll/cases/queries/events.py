"""What happened on a case: its own part of the chronology, and that of every feature at once."""

from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from django.db.models import QuerySet

from onroll.accounts.access import is_masked, sees_flag
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.at_once import at_once
from onroll.cases.models import Case, Note
from onroll.cases.offers import Event, EventKind, Rows
from onroll.cases.queries.action_points import action_events, action_rows
from onroll.cases.queries.case import may_on, steps_of
from onroll.cases.queries.manager import rows_of_words, words_of_steps
from onroll.cases.queries.risk import sees_levels


def events_of(features: Sequence[ModuleType], case: Case, user: User) -> list[Event]:
    """Return what happened on a case, of those features that offer events; one query."""
    rows = at_once(
        {
            (feature.__name__, name): rows
            for feature in features
            for name, rows in feature.event_rows(case, user).items()
        }
    )
    return [
        event
        for feature in features
        for event in feature.events(
            case,
            user,
            rows={name: part for (owner, name), part in rows.items() if owner == feature.__name__},
        )
    ]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return what the events of a case are made of: its steps, the words to them, its notes,
    and what was to be done."""
    rows: dict[str, QuerySet[Any]] = {"steps": steps_of(case)}
    if _is_told_risk(case, user):
        rows |= rows_of_words(case)
    if may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        rows["actions"] = action_rows(case)
    if _hears_of_notes(case, user):
        rows["notes"] = case.notes.select_related("by")
    return rows


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what happened to the case, and what people wrote, as far as a user may know it.

    Reasons are only for users who see the case unmasked; words about the level of risk and to and
    from the manager only for whom row 9 of the matrix names.
    """
    is_told_why = not is_masked(user, Permission.CASE_VIEW)
    risk_words = words_of_steps(rows)
    steps = [
        Event(
            step.at,
            step.what,
            risk_words.get((step.what, step.at), step.why if is_told_why else ""),
            step.by,
        )
        for step in rows["steps"]
    ]
    notes, actions = rows.get("notes", ()), rows.get("actions", ())
    return [*steps, *_notes(case, user, notes), *action_events(actions)]


def _is_told_risk(case: Case, user: User) -> bool:
    return sees_levels(user) and may_on(user, Permission.NOTES_VIEW, case)


def _hears_of_notes(case: Case, user: User) -> bool:
    reads_log = may_on(user, Permission.ENQUIRY_LOG_VIEW, case)
    return reads_log or sees_flag(user, Permission.NOTES_VIEW)


def _notes(case: Case, user: User, notes: Iterable[Note]) -> list[Event]:
    """Return the notes for who reads the log (access matrix, row 11), of one about safety the text
    only for whom row 9 names; for whom that row says `F`, that there is one."""
    reads_log = may_on(user, Permission.ENQUIRY_LOG_VIEW, case)
    reads_safety = may_on(user, Permission.NOTES_VIEW, case) and not is_masked(
        user, Permission.NOTES_VIEW
    )
    return [
        _note(note, case, is_read=reads_log and (reads_safety or not note.is_safeguarding))
        for note in notes
        if reads_log or note.is_safeguarding
    ]


def _note(note: Note, case: Case, *, is_read: bool) -> Event:
    title = "Safeguarding note" if note.is_safeguarding else "Note"
    whom = case.owner.name if case.owner else "the children missing education team"
    return Event(
        note.at,
        title,
        note.text if is_read else f"There is such a note. Ask {whom} about it.",
        note.by if is_read else None,
        kind=EventKind.NOTE,
        source="Note on the case",
        is_safeguarding=note.is_safeguarding,
    )
