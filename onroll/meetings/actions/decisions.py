"""What was said of a case at a meeting, what was decided, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.meetings.actions.agenda import locked
from onroll.meetings.actions.meetings import lock
from onroll.meetings.models import ActionPoint, AgendaItem
from onroll.rules.clocks import CLOCKS
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed, Refused
from onroll.schools.queries import our_policy

CLOCK = CLOCKS["meeting_decision"].code
_SAME = timedelta(minutes=15)


@dataclass(frozen=True)
class DecisionFacts:
    """What is decided, who does it (a name, and of which agency), and by when."""

    words: str
    whom: str
    due_on: date


@transaction.atomic
def record_talk(
    *,
    item: AgendaItem,
    words: str,
    decision: DecisionFacts | None = None,
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
        _add(row, decision, by=by, at=at)
    return row


@transaction.atomic
def decide(*, item: AgendaItem, decision: DecisionFacts, by: User, at: datetime) -> ActionPoint:
    """Write down one more thing that a meeting decided on a case it has talked about.

    Refused where the very same came minutes ago. Changed where the meeting has ended.
    """
    lock(item.meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    if row.talked_at is None:
        raise Refused("Write down first what was said.")
    same = row.decisions.filter(words=decision.words, whom=decision.whom, at__gt=at - _SAME)
    if same.exists():
        raise Refused("This decision was written down minutes ago. Nothing was added.")
    return _add(row, decision, by=by, at=at)


def _add(item: AgendaItem, decision: DecisionFacts, *, by: User, at: datetime) -> ActionPoint:
    """Add a decision, with its clock. Refused for a day before today or later than may be set."""
    today = at.astimezone(ENGLAND).date()
    last = today + timedelta(days=our_policy().on(today).meeting_decision_days)
    if not today <= decision.due_on <= last:
        raise Refused(f"By when: it must be between today and {in_words(last)}", field="due_on")
    row = ActionPoint.objects.create(
        item=item,
        case=item.case,
        words=decision.words,
        whom=decision.whom,
        due_on=decision.due_on,
        by=by,
        at=at,
    )
    clocks.start_on(of=row, clock=CLOCK, starts_on=today, due_on=decision.due_on)
    return row


@transaction.atomic
def finish(*, decision: ActionPoint, on: date, result: str, by: User, at: datetime) -> ActionPoint:
    """Write down what came of a decision, and on which day; its clock is met.

    Changed where somebody did meanwhile. Refused for a day before it was decided, or to come.
    """
    rows = ActionPoint.objects.select_for_update(of=("self",))
    row: ActionPoint = rows.select_related("case", "done_by").get(pk=decision.pk)
    if row.done_by is not None:
        raise Changed(f"{row.done_by.name} wrote down meanwhile what came of it: {row.result}")
    first, today = (moment.astimezone(ENGLAND).date() for moment in (row.at, at))
    if not first <= on <= today:
        raise Refused(
            f"Day: it must be between {in_words(first)}, when it was decided, and today", field="on"
        )
    row.result, row.done_on, row.done_at, row.done_by = result, on, at, by
    row.save(update_fields=["result", "done_on", "done_at", "done_by"])
    clocks.meet(clocks=row.deadlines, on=on)
    return row
