"""What is to be done on a case is asked for, ends, and does not end unsaid when the case does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import ActionPoint, Case
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.rules.action_points import ORIGINS, Fate, Origin
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed, Refused
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

_SAME = timedelta(minutes=15)


@dataclass(frozen=True)
class ActionFacts:
    """What is to be done, who does it (a name, and of which agency), and by when."""

    words: str
    whom: str
    due_on: date


@dataclass(frozen=True)
class FateFacts:
    """What becomes of an action point, and in words: what came of it, why not, or who goes on."""

    fate: Fate
    words: str


Fates = Mapping[str, FateFacts]
"""What becomes of each open action point of a case, by its reference."""


def add_action_point(
    *, case: Case, origin: Origin, ref: str, action: ActionFacts, by: User, at: datetime
) -> ActionPoint:
    """Add an action point that a meeting or an audit (`ref`) asks for, with its clock.

    Refused for a day before today or later than may be set, and where the very same came minutes
    ago.
    """
    today, rule = at.astimezone(ENGLAND).date(), ORIGINS[origin]
    last = today + timedelta(days=getattr(our_policy().on(today), rule.setting))
    if not today <= action.due_on <= last:
        raise Refused(f"By when: it must be between today and {in_words(last)}", field="due_on")
    before = ActionPoint.objects.of(origin, ref).filter(case=case, at__gt=at - _SAME)
    if before.filter(words=action.words, whom=action.whom).exists():
        raise Refused("This was written down minutes ago. Nothing was added.")
    row = ActionPoint.objects.create(
        case=case,
        origin=origin.value,
        origin_ref=ref,
        words=action.words,
        whom=action.whom,
        due_on=action.due_on,
        by=by,
        at=at,
    )
    clocks.start_on(of=row, clock=rule.clock, starts_on=today, due_on=action.due_on)
    return row


def ask_new_file(*, case: Case, school: School, words: str, by: User, at: datetime) -> ActionPoint:
    """Add what the closing of a case asks of the last school, with its clock of school days."""
    today, rule = at.astimezone(ENGLAND).date(), ORIGINS[Origin.CLOSING]
    days = calendar_for(school)
    row = ActionPoint.objects.create(
        case=case,
        origin=Origin.CLOSING.value,
        origin_ref=case.ref,
        words=words,
        whom=school.name,
        school=school,
        due_on=clocks.due_on(rule.clock, today, calendar=days, policy=our_policy()),
        by=by,
        at=at,
    )
    clocks.start_on(of=row, clock=rule.clock, starts_on=today, due_on=row.due_on)
    return row


def withdraw_new_files(*, case: Case, result: str, by: User | None, at: datetime) -> None:
    """Give up what the closing of a case asks of the last school; `by` nobody, for the night."""
    on = at.astimezone(ENGLAND).date()
    rows = ActionPoint.objects.select_for_update(of=("self",)).of(Origin.CLOSING, case.ref)
    for row in rows.filter(case=case).open():
        _end(row, Fate.GIVEN_UP, on=on, result=result, by=by, at=at)


@transaction.atomic
def finish_action_point(
    *, action: ActionPoint, fate: Fate, on: date, result: str, by: User, at: datetime
) -> ActionPoint:
    """Write down that an action point is done, or given up, on which day and what came of it.

    Changed where somebody did meanwhile. Refused for a day before it was asked for, or to come.
    """
    rows = ActionPoint.objects.select_for_update(of=("self",))
    row = rows.select_related("case", "done_by").get(pk=action.pk)
    if row.done_on is not None:
        name = row.done_by.name if row.done_by else "Onroll"
        raise Changed(f"{name} wrote down meanwhile what came of it: {row.result}")
    first, today = (moment.astimezone(ENGLAND).date() for moment in (row.at, at))
    if not first <= on <= today:
        raise Refused(
            f"Day: it must be between {in_words(first)}, when it was asked for, and today",
            field="on",
        )
    return _end(row, fate, on=on, result=result, by=by, at=at)


def _end(
    row: ActionPoint, fate: Fate, *, on: date, result: str, by: User | None, at: datetime
) -> ActionPoint:
    """Keep how an action point ends; its clock is met, or stops."""
    row.is_given_up = fate is Fate.GIVEN_UP
    row.result, row.done_on, row.done_at, row.done_by = result, on, at, by
    row.save(update_fields=["is_given_up", "result", "done_on", "done_at", "done_by"])
    if row.is_given_up:
        clocks.end(clocks=row.deadlines, on=on, why=Ended.GIVEN_UP)
    else:
        clocks.meet(clocks=row.deadlines, on=on)
    return row


def settle_action_points(*, case: Case, fates: Fates, by: User, at: datetime) -> None:
    """Say what becomes of each open action point of a case that closes.

    What goes on keeps its clock and names who does it. Refused where one is left without a word.
    """
    on = at.astimezone(ENGLAND).date()
    rows = ActionPoint.objects.select_for_update(of=("self",)).select_related("case")
    for row in rows.filter(case=case).open():
        facts = fates.get(row.ref)
        if facts is None:
            raise Refused(f"Say what becomes of this, which is still to be done: {row.words}")
        if facts.fate is Fate.GOES_ON:
            row.goes_on_with, row.goes_on_at, row.goes_on_by = facts.words, at, by
            row.save(update_fields=["goes_on_with", "goes_on_at", "goes_on_by"])
        else:
            _end(row, facts.fate, on=on, result=facts.words, by=by, at=at)


def give_up_action_points(*, case: Case, why: str, by: User, at: datetime) -> None:
    """Give up whatever is still to be done on a case that was opened by mistake."""
    refs = ActionPoint.objects.filter(case=case).open().values_list("ref", flat=True)
    fates = {ref: FateFacts(Fate.GIVEN_UP, why) for ref in refs}
    settle_action_points(case=case, fates=fates, by=by, at=at)
