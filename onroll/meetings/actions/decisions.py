"""What was said of a case at a meeting, and what was decided."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions import ActionFacts, add_action_point
from onroll.cases.models import ActionPoint
from onroll.meetings.actions.agenda import locked
from onroll.meetings.actions.meetings import lock
from onroll.meetings.models import AgendaItem, Meeting
from onroll.rules.action_points import Origin
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Refused


@transaction.atomic
def record_talk(
    *,
    item: AgendaItem,
    words: str,
    decision: ActionFacts | None = None,
    by: User,
    at: datetime,
) -> AgendaItem:
    """Write down what was said of a case, and the first thing that was decided, if anything was.

    Refused before the day of the meeting.
    """
    meeting = lock(item.meeting)
    if meeting.on > at.astimezone(ENGLAND).date():
        raise Refused("The meeting is on a later day. Write down on its day what was said.")
    row = locked(item)
    row.words, row.talked_at, row.talked_by = words, at, by
    row.save(update_fields=["words", "talked_at", "talked_by"])
    if decision is not None:
        _add(meeting, row, decision, by=by, at=at)
    return row


@transaction.atomic
def decide(*, item: AgendaItem, decision: ActionFacts, by: User, at: datetime) -> ActionPoint:
    """Write down one more thing that a meeting decided on a case it has talked about.

    Refused where the very same came minutes ago. Changed where the meeting has ended.
    """
    meeting = lock(item.meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    if row.talked_at is None:
        raise Refused("Write down first what was said.")
    return _add(meeting, row, decision, by=by, at=at)


def _add(
    meeting: Meeting, item: AgendaItem, decision: ActionFacts, *, by: User, at: datetime
) -> ActionPoint:
    return add_action_point(
        case=item.case, origin=Origin.MEETING, ref=meeting.ref, action=decision, by=by, at=at
    )
