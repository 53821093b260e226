"""Every write to clocks: started, met, ended, moved with a trace (P32); and what the night does."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from onroll.accounts.models import User
from onroll.children import actions as children
from onroll.children.models import Child, Place
from onroll.clocks.models import Deadline, DeadlineChange, DeadlineQuerySet, Ended, Subject
from onroll.rules import clocks
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.hours import ENGLAND
from onroll.rules.policy import LocalPolicy
from onroll.rules.refusal import Refused


@transaction.atomic
def start(
    *, of: Model, from_days: Mapping[str, date], calendar: SchoolCalendar, policy: LocalPolicy
) -> list[Deadline]:
    """Start clocks of a case or another subject; `from_days` gives each clock's code its first day.

    One on file from the same day stays as it is. Returns one for each code, on file before or not,
    without its key.
    """
    return Deadline.objects.bulk_create(
        (
            Deadline(
                **_of(of),
                clock=clock,
                starts_on=day,
                due_on=due_on(clock, day, calendar=calendar, policy=policy),
            )
            for clock, day in from_days.items()
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def start_on(
    *,
    of: Model,
    clock: str,
    starts_on: date,
    due_on: date,
    due_at: datetime | None = None,
    place: Place | None = None,
) -> tuple[Deadline, bool]:
    """Start one clock with its due day; return it, and whether it is new.

    `due_at` is its hour on that day, where it has one; that of a clock on file follows it.
    """
    due = {"due_on": due_on, "due_at": due_at, "place": place}
    deadline, is_new = Deadline.objects.get_or_create(
        **_of(of), clock=clock, starts_on=starts_on, defaults=due
    )
    if deadline.due_at != due_at:
        deadline.due_at = due_at
        deadline.save(update_fields=["due_at"])
    return deadline, is_new


@transaction.atomic
def start_at(*, of: Model, clock: str, at: datetime, policy: LocalPolicy) -> Deadline:
    """Start a clock of hours at a moment; one on file from the same day is counted anew."""
    day = at.astimezone(ENGLAND).date()
    ends_at = clocks.due_at(clocks.clock_on(clock, on=day), at, policy=policy)
    due: dict[str, Any] = {"due_at": ends_at, "due_on": ends_at.astimezone(ENGLAND).date()}
    deadline, _ = Deadline.objects.update_or_create(
        clock=clock,
        starts_on=day,
        **_of(of),
        defaults={**due, "met_on": None, "ended_on": None, "ended_why": ""},
    )
    return deadline


def _of(row: Model) -> dict[str, Any]:
    """Return whose clock it is; what has no `child_id` is about nobody on record yet."""
    subject = Subject(str(row._meta.model_name)).value
    child = row.pk if isinstance(row, Child) else getattr(row, "child_id", None)
    return {"subject": subject, "subject_id": row.pk, "child_id": child}


def due_on(clock: str, day: date, *, calendar: SchoolCalendar, policy: LocalPolicy) -> date:
    """Return when a clock that starts on `day` is due, by the rule in force then; never before."""
    rule = clocks.clock_on(clock, on=day)
    return max(day, clocks.due_on(rule, day, calendar=calendar, policy=policy))


def meet(*, clocks: DeadlineQuerySet, on: date) -> int:
    """Record that what these clocks waited for was done; return how many of them still ran."""
    return clocks.running().update(met_on=on)


def end(*, clocks: DeadlineQuerySet, on: date, why: Ended) -> int:
    """Stop these clocks, although what they waited for was not done; return how many ran."""
    return clocks.running().update(ended_on=on, ended_why=why.value)


def run_on(*, clocks: DeadlineQuerySet, ended: Iterable[Ended]) -> int:
    """Let those of these clocks run again that ended for one of these reasons; return how many."""
    stopped = clocks.filter(ended_why__in=[why.value for why in ended])
    return stopped.update(ended_on=None, ended_why="")


def run_again(*, deadline: Deadline) -> Deadline:
    """Let this clock run again, with its days as they were, whether it was met or ended."""
    if not deadline.is_running:
        deadline.met_on, deadline.ended_on, deadline.ended_why = None, None, ""
        deadline.save(update_fields=["met_on", "ended_on", "ended_why"])
    return deadline


@transaction.atomic
def meet_one(*, deadline: Deadline, on: date) -> Deadline:
    """Record that what a clock waited for was done; Refused if it had stopped."""
    deadline = _lock_running(deadline)
    deadline.met_on = on
    deadline.save(update_fields=["met_on"])
    return deadline


@transaction.atomic
def move(*, deadline: Deadline, due_on: date, why: str, by: User, at: datetime) -> Deadline:
    """Move the due day of a local clock, leaving a trace.

    Refused for a clock of the law, one that has stopped, and a day outside `days_to_move_to`.
    """
    deadline = _lock_running(deadline)
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
    _trace(deadline, due_on, why=why, by=by, at=at)
    deadline.due_on = due_on
    deadline.save(update_fields=["due_on"])
    return deadline


def days_to_move_to(deadline: Deadline, *, on: date) -> tuple[date, date]:
    """Return the first and the last due day that may be given to a local clock on the day `on`."""
    born = deadline.child.born_on if deadline.child else None
    last = clocks.latest_move(born=born, on=on)
    return max(on, deadline.starts_on), max(last, deadline.starts_on)


@transaction.atomic
def correct_start(
    *, clocks: DeadlineQuerySet, starts_on: date, due_on: date, why: str, by: User, at: datetime
) -> None:
    """Count those of these clocks that run from their true day, leaving a trace of their due day.

    The clocks are of one kind. Nothing changes if one of them starts on that day already.
    """
    same = clocks.select_for_update()
    if same.filter(starts_on=starts_on).exists():
        return
    for deadline in same.running():
        _trace(deadline, due_on, why=why, by=by, at=at)
        deadline.starts_on, deadline.due_on = starts_on, due_on
        deadline.save(update_fields=["starts_on", "due_on"])


def _trace(deadline: Deadline, due_on: date, *, why: str, by: User, at: datetime) -> None:
    DeadlineChange.objects.create(
        deadline=deadline, was_on=deadline.due_on, now_on=due_on, why=why, at=at, by=by
    )


def _lock_running(deadline: Deadline) -> Deadline:
    """Lock a clock and return it as it is now; Refused if it has stopped."""
    deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if not deadline.is_running:
        stopped_on = deadline.met_on or deadline.ended_on
        raise Refused(f"This clock ended on {stopped_on:%-d %B %Y}. What you wrote is not saved.")
    return deadline


@transaction.atomic
def raise_due(*, on: date, at: datetime) -> dict[str, int]:
    """Do the night's work of each feature for its clocks; return how many changed, by subject.

    A feature names its action in `clocks` of its AppConfig, by subject. The action starts clocks
    that should run and do not, ends those that no longer ask anything, and says what fell due. A
    second run changes nothing more.
    """
    actions = {
        subject: import_string(path)
        for config in apps.get_app_configs()
        for subject, path in getattr(config, "clocks", {}).items()
    }
    return {subject: action(on=on, at=at) for subject, action in actions.items()}


def follow(*, of: Iterable[Model], child: Child) -> None:
    """Give the clocks of cases or other subjects to the child that these now belong to."""
    for row in of:
        Deadline.objects.of(row).update(child=child)


@transaction.atomic
def join_clocks(*, kept: Child, merged: Child, on: date) -> list[children.Change]:
    """Give the clocks of a record that is merged to the kept one; return every change.

    A clock that the kept record has too, from the same day, is not given: if it runs, it ends.
    """
    both = set(Deadline.objects.of(kept).values_list("clock", "starts_on"))
    changes = []
    for deadline in Deadline.objects.of(merged).order_by("pk"):
        if (deadline.clock, deadline.starts_on) not in both:
            changes.append(children.change(deadline, subject_id=kept.pk, child_id=kept.pk))
        elif deadline.is_running:
            ended_on = max(on, deadline.starts_on)
            why = Ended.MERGED.value
            changes.append(children.change(deadline, ended_on=ended_on, ended_why=why))
    return changes
