"""The clocks of a case: started, met, moved with a trace (P32)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.alerts import settle_alert
from onroll.cases.actions.locking import keep, record, take
from onroll.cases.models import (
    Alert,
    Case,
    Deadline,
    DeadlineChange,
)
from onroll.rules import clocks
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.pathway import MoveRefused
from onroll.rules.policy import LocalPolicy

_FROM_ABSENCE = {"absence_20", "four_week_point", "absence_10"}


_FROM_LAST_DAY = {"leave_10", "cml_20"}


@transaction.atomic
def start_clocks(
    *, case: Case, reason: str, calendar: SchoolCalendar, policy: LocalPolicy
) -> list[Deadline]:
    """Start every clock that a case with this reason runs on (P32)."""
    last_day = case.missing_since_on - timedelta(days=1)
    starts = dict.fromkeys(_FROM_ABSENCE, case.missing_since_on)
    starts |= dict.fromkeys(_FROM_LAST_DAY, last_day)
    return Deadline.objects.bulk_create(
        (
            Deadline(
                case=case,
                clock=clock.code,
                starts_on=(start := starts.get(clock.code, case.opened_on)),
                due_on=max(start, clocks.due_on(clock, start, calendar=calendar, policy=policy)),
            )
            for clock in clocks.for_case(reason)
        ),
        ignore_conflicts=True,
    )


def meet(case: Case, codes: set[str], *, on: date) -> None:
    Deadline.objects.filter(case=case, clock__in=codes, met_on__isnull=True).update(met_on=on)


@transaction.atomic
def meet_deadline(*, deadline: Deadline, why: str, by: User, at: datetime) -> Deadline:
    """Say that what a clock was waiting for has been done; MoveRefused when it was meanwhile."""
    deadline = _locked(deadline)
    deadline.met_on = at.date()
    deadline.save(update_fields=["met_on"])
    title = clocks.CLOCKS[deadline.clock].title
    record(deadline.case, f"Done: {title}", why=why, at=at, by=by)
    _settle_its_alert(deadline, why=why, by=by, at=at)
    return deadline


def _locked(deadline: Deadline) -> Deadline:
    deadline = Deadline.objects.select_for_update().select_related("case").get(pk=deadline.pk)
    if deadline.met_on is not None:
        raise MoveRefused(
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
    clock = clocks.CLOCKS[deadline.clock]
    if clock.basis == "law":
        raise MoveRefused(f"“{clock.title}” is set by law ({clock.source}) and cannot be moved.")
    if due_on < deadline.starts_on:
        raise MoveRefused("The new day must not be before the clock started.")
    _settle_its_alert(deadline, why=why, by=by, at=at)
    DeadlineChange.objects.create(
        deadline=deadline, was_on=deadline.due_on, now_on=due_on, why=why, at=at, by=by
    )
    deadline.due_on, deadline.raised_at = due_on, None
    deadline.save(update_fields=["due_on", "raised_at"])
    keep(case)
    record(case, f"Due day moved: {clock.title}", why=why, at=at, by=by)
    return deadline


def overdue_words(deadline: Deadline) -> str:
    """Return what the alert says of a clock that ran out."""
    title = clocks.CLOCKS[deadline.clock].title
    return f"{title}: due {deadline.due_on:%-d %B %Y} and not marked as done."


def _settle_its_alert(deadline: Deadline, *, why: str, by: User, at: datetime) -> None:
    """Settle the alert about this clock: done or moved, "not marked as done" is no longer true."""
    said = overdue_words(deadline)
    for alert in Alert.objects.filter(
        case=deadline.case_id, kind="overdue", words=said, settled_at__isnull=True
    ):
        settle_alert(alert=alert, why=why, by=by, at=at)
