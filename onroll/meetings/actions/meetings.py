"""A meeting of agencies is planned, and ends with its minutes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.queries import actions_by_case
from onroll.meetings.models import AgendaItem, Meeting
from onroll.meetings.printed import minutes_of
from onroll.rules.action_points import Origin
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed, Refused
from onroll.sharing.actions import Line, write_line

_SAME = timedelta(minutes=15)
OVER = "The meeting has ended. Its minutes stay as they are."
WHY_SHARED = "So that agencies look for the child together and keep them safe"
BASES = ("find_children", "safeguarding", "public_task")


@transaction.atomic
def plan_meeting(
    *, on: date, place: str, starts_at: time | None = None, by: User, at: datetime
) -> Meeting:
    """Plan a meeting. Refused for a day that is over, and where the very same came minutes ago."""
    if on < at.astimezone(ENGLAND).date():
        raise Refused("Day: it must be today or later", field="on")
    facts = {"on": on, "place": place, "starts_at": starts_at, "by": by}
    if Meeting.objects.filter(**facts, at__gt=at - _SAME).exists():
        raise Refused("You planned this meeting minutes ago. Nothing was added.")
    return Meeting.objects.create(**facts, at=at)


def lock(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now, locked. Changed where it has ended meanwhile."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not row.is_open:
        raise Changed(OVER)
    return row


@transaction.atomic
def end_meeting(
    *, meeting: Meeting, people: Sequence[tuple[str, str]], by: User, at: datetime
) -> Meeting:
    """End a meeting: keep who came, set its minutes, and write on each case what was shared.

    Refused before its day, while a case on the agenda was neither talked about nor taken off, and
    where nothing was talked about.
    """
    row = lock(meeting)
    if row.on > at.astimezone(ENGLAND).date():
        raise Refused("The meeting is on a later day. It can end on its day.")
    items = list(
        AgendaItem.objects.filter(meeting=row, removed_at__isnull=True).select_related(
            "case__child", "talked_by"
        )
    )
    decided = actions_by_case(Origin.MEETING, row.ref)
    for item in items:
        item.decisions = decided.get(item.case_id, ())
    _refuse_unfinished(items)
    row.people, row.ended_at, row.ended_by = [list(pair) for pair in people], at, by
    row.minutes = minutes_of(row, items, made_at=at)
    row.minutes_sha256 = sha256(row.minutes).hexdigest()
    row.save(update_fields=["people", "ended_at", "ended_by", "minutes", "minutes_sha256"])
    for item in items:
        _write_down_sharing(row, item, by=by, at=at)
    return row


def _refuse_unfinished(items: Sequence[AgendaItem]) -> None:
    if not items:
        raise Refused("Nothing was talked about: no case is on the agenda.")
    silent = [item.case.ref for item in items if item.talked_at is None]
    if silent:
        cases = ", ".join(silent)
        raise Refused(
            f"Write down what was said, or take off the agenda: case {cases}."
            if len(silent) == 1
            else f"Write down what was said, or take off the agenda: cases {cases}."
        )


def _write_down_sharing(meeting: Meeting, item: AgendaItem, *, by: User, at: datetime) -> None:
    """Write into the sharing log of a case who heard about it; with whom it was decided (P39)."""
    line = Line(
        is_shared=True,
        on=meeting.on,
        whom=meeting.agencies[:200],
        contents=f"What is known of the child, at the meeting of agencies {meeting.ref}",
        why=WHY_SHARED,
        method="person",
        bases=BASES,
    )
    write_line(case=item.case, line=line, by=by, at=at)
