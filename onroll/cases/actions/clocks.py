"""The clocks of a case: started, met, moved with a trace (P32)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.locking import keep, record, take
from onroll.cases.models import Case, Deadline, DeadlineChange
from onroll.rules import clocks
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.outcomes import REVIEWS
from onroll.rules.policy import LocalPolicy
from onroll.rules.reasons import EVENTS
from onroll.rules.refusal import Refused
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
    starts: dict[str, date | None] = dict.fromkeys(_FROM_ABSENCE, case.missing_since_on)
    starts |= dict.fromkeys(_FROM_LAST_DAY, last_day)
    if event := EVENTS.get(reason):
        starts[event.clock] = event_on or (last_day if event.is_by_last_day else None)
    started = clocks.for_another if is_further else clocks.for_case
    from_days = {
        clock.code: starts.get(clock.code, case.opened_on)
        for clock in started(reason, on=case.opened_on)
    }
    return Deadline.objects.bulk_create(
        (
            Deadline(
                case=case,
                clock=code,
                starts_on=start,
                due_on=_due_on(code, start, calendar, policy),
            )
            for code, start in from_days.items()
            if start is not None
        ),
        ignore_conflicts=True,
    )


def _due_on(code: str, start: date, calendar: SchoolCalendar, policy: LocalPolicy) -> date:
    """Return the day a clock that starts on a day is due, by the rule of that day."""
    rule = clocks.clock_on(code, on=start)
    return max(start, clocks.due_on(rule, start, calendar=calendar, policy=policy))


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
    due_on = _due_on(code, event_on, calendar, policy)
    running = case.deadlines.select_for_update().filter(clock=code)
    if running.filter(starts_on=event_on).exists():
        return
    for deadline in running.filter(met_on__isnull=True):
        DeadlineChange.objects.create(
            deadline=deadline, was_on=deadline.due_on, now_on=due_on, why=why, at=at, by=by
        )
        deadline.starts_on, deadline.due_on = event_on, due_on
        deadline.save(update_fields=["starts_on", "due_on"])


def meet(case: Case, codes: set[str], *, on: date) -> None:
    Deadline.objects.filter(case=case, clock__in=codes, met_on__isnull=True).update(met_on=on)


@transaction.atomic
def meet_deadline(*, deadline: Deadline, why: str, by: User, at: datetime) -> Deadline:
    """Say that what a clock was waiting for has been done; Refused when it was meanwhile."""
    deadline = _locked(deadline)
    deadline.met_on = at.date()
    deadline.save(update_fields=["met_on"])
    title = deadline.rule.title
    record(deadline.case, f"Done: {title}", why=why, at=at, by=by)
    return deadline


def _locked(deadline: Deadline) -> Deadline:
    deadline = Deadline.objects.select_for_update().select_related("case").get(pk=deadline.pk)
    if deadline.met_on is not None:
        raise Refused(
            f"This clock ended on {deadline.met_on:%-d %B %Y}. What you wrote is not saved."
        )
    return deadline


@transaction.atomic
def move_deadline(
    *,
    deadline: Deadline,
    due_on: date,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Deadline:
    """Move the day of a local clock, leaving a trace. A clock of the law cannot be moved."""
    case = take(deadline.case, version)
    deadline = _locked(deadline)
    clock = deadline.rule
    if clock.basis == "law":
        raise Refused(f"“{clock.title}” is set by law ({clock.source}) and cannot be moved.")
    first, last = days_to_move_to(deadline, on=at.date())
    if not first <= due_on <= last:
        raise Refused(
            f"New due day: {due_on:%-d %B %Y} is not between {first:%-d %B %Y} and "
            f"{last:%-d %B %Y}. A clock is moved to a day ahead, within a year, and while the "
            "child is of school age."
        )
    DeadlineChange.objects.create(
        deadline=deadline, was_on=deadline.due_on, now_on=due_on, why=why, at=at, by=by
    )
    deadline.due_on = due_on
    deadline.save(update_fields=["due_on"])
    keep(case)
    record(case, f"Due day moved: {clock.title}", why=why, at=at, by=by)
    return deadline


def days_to_move_to(deadline: Deadline, *, on: date) -> tuple[date, date]:
    """Return the first and the last day to which a local clock may be moved on a day."""
    last = clocks.latest_move(born=deadline.case.child.born_on, on=on)
    return max(on, deadline.starts_on), max(last, deadline.starts_on)


def start_review(*, case: Case, clock: str, starts_on: date) -> Deadline:
    """Start a clock that asks later whether something is still so, even on a closed case.

    What began long before the case closed was asked about then: the clock runs from that day.
    """
    due_on = _asked_again_on(clock, starts_on)
    if case.closed_on is not None and due_on <= case.closed_on:
        starts_on, due_on = case.closed_on, _asked_again_on(clock, case.closed_on)
    deadline, is_new = Deadline.objects.get_or_create(
        case=case, clock=clock, starts_on=starts_on, defaults={"due_on": due_on}
    )
    if not is_new and deadline.met_on is not None:
        deadline.met_on = None
        deadline.save(update_fields=["met_on"])
    return deadline


def _asked_again_on(clock: str, starts_on: date) -> date:
    rule = clocks.clock_on(clock, on=starts_on)
    return clocks.due_on(rule, starts_on, calendar=calendar_for(None), policy=our_policy())


def end_reviews(*, case: Case, on: date) -> None:
    """End the clocks that ask whether something is still so: it is no longer the question."""
    meet(case, set(REVIEWS), on=on)
