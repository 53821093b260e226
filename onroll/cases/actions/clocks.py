"""The clocks of a case: started by its reasons, met and moved with an entry of the chronology."""

from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.lock import keep, record, take
from onroll.cases.models import Case
from onroll.clocks import actions
from onroll.clocks.models import Deadline, Ended
from onroll.rules import clocks
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.outcomes import REVIEWS
from onroll.rules.policy import LocalPolicy
from onroll.rules.reasons import EVENTS
from onroll.schools.queries import calendar_for, our_policy

_FROM_ABSENCE = {"absence_20", "four_week_point", "absence_10", "parent_tells_15"}
_FROM_LAST_DAY = {"cml_20"}


@transaction.atomic
def start_clocks(
    *,
    case: Case,
    reason: str,
    calendar: SchoolCalendar,
    policy: LocalPolicy,
    event_on: date | None = None,
    is_further: bool = False,
) -> list[Deadline]:
    """Start every clock that a case with this reason runs on (P32).

    `event_on` is the day from which the law counts for this reason (`EVENTS`), where it is known; a
    clock that cannot do without it does not start. A further reason starts only its own clocks.
    """
    last_day = case.missing_since_on - timedelta(days=1)
    first_day = calendar.school_day_on_or_after(case.missing_since_on)
    starts: dict[str, date | None] = dict.fromkeys(_FROM_ABSENCE, first_day)
    starts |= dict.fromkeys(_FROM_LAST_DAY, last_day)
    if event := EVENTS.get(reason):
        starts[event.clock] = event_on or (last_day if event.is_by_last_day else None)
    rules = (clocks.for_another if is_further else clocks.for_case)(reason, on=case.opened_on)
    from_days = {rule.code: starts.get(rule.code, case.opened_on) for rule in rules}
    known = {code: day for code, day in from_days.items() if day is not None}
    return actions.start(of=case, from_days=known, calendar=calendar, policy=policy)


def correct_event(
    *,
    case: Case,
    reason: str,
    event_on: date,
    calendar: SchoolCalendar,
    policy: LocalPolicy,
    why: str,
    by: User,
    at: datetime,
) -> None:
    """Count the clock of a reason from its true day, leaving a trace of the day it had."""
    code = EVENTS[reason].clock
    actions.correct_start(
        clocks=case.deadlines.filter(clock=code),
        starts_on=event_on,
        due_on=actions.due_on(code, event_on, calendar=calendar, policy=policy),
        why=why,
        by=by,
        at=at,
    )


@transaction.atomic
def meet_deadline(*, case: Case, deadline: Deadline, why: str, by: User, at: datetime) -> Deadline:
    """Say that what a clock was waiting for has been done; Refused when it stopped."""
    deadline = actions.meet_one(deadline=deadline, on=at.date())
    record(case, f"Done: {deadline.rule.title}", why=why, at=at, by=by)
    return deadline


def note_look(*, case: Case, why: str, by: User, at: datetime) -> None:
    """Say that an officer has looked at a case, if that was waited for still."""
    clock = clocks.CLOCKS[LOOK]
    if actions.meet(clocks=case.deadlines.filter(clock=LOOK), on=at.date()):
        record(case, f"Done: {clock.title}", why=why, at=at, by=by)


LOOK = "triage_1"


@transaction.atomic
def move_deadline(
    *,
    case: Case,
    deadline: Deadline,
    due_on: date,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Deadline:
    """Move the day of a local clock, leaving a trace. A clock of the law cannot be moved."""
    case = take(case, version)
    deadline = actions.move(deadline=deadline, due_on=due_on, why=why, by=by, at=at)
    keep(case)
    record(case, f"Due day moved: {deadline.rule.title}", why=why, at=at, by=by)
    return deadline


def start_review(*, case: Case, clock: str, starts_on: date) -> Deadline:
    """Start a clock that asks later whether something is still so, even on a closed case.

    If it would have been due by the day the case closed, it starts on that day instead. A clock of
    this kind that started on the same day runs again.
    """
    due_on = _asked_again_on(clock, starts_on)
    if case.closed_on is not None and due_on <= case.closed_on:
        starts_on, due_on = case.closed_on, _asked_again_on(clock, case.closed_on)
    deadline, _ = actions.start_on(of=case, clock=clock, starts_on=starts_on, due_on=due_on)
    return actions.run_again(deadline=deadline)


def _asked_again_on(clock: str, starts_on: date) -> date:
    return actions.due_on(clock, starts_on, calendar=calendar_for(None), policy=our_policy())


def end_reviews(*, case: Case, on: date) -> None:
    """End the clocks that ask whether something is still so: it is no longer the question."""
    reviews = case.deadlines.filter(clock__in=REVIEWS)
    actions.end(clocks=reviews, on=on, why=Ended.NOT_ASKED)
