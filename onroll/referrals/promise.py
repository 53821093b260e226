"""By when the hub decides: the hour that is told to who refers, and shown to the hub as well."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TimeField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import LessThanOrEqual

from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import DECIDE
from onroll.rules.hours import ENGLAND, closed_last, end_of_day
from onroll.schools.queries import our_policy


def promised(*, due_on: date, since: datetime) -> datetime:
    """Return until when the hub decides what came at a moment and is due on a day (P17).

    An urgent one that is not decided is passed on at that hour, if it is one of the due day; any
    other at the end of that day.
    """
    return end_of_day(our_policy().on(due_on), due_on=due_on, since=since)


def due_moment(clocks: QuerySet[Deadline], *, at: datetime) -> Any:
    """Return, for a query of referrals, when urgent ones are due by the first of their `clocks`.

    That is the hour of the clock, or the one at which the hub closes on the day; on the next, where
    it had closed when the referral came (`promised`). Nothing of one that is not urgent.
    """
    policy = our_policy().on(at.astimezone(ENGLAND).date())
    closes = closed_last(policy, before=at).astimezone(ENGLAND).time()
    by_hour = _at_hour(F("due_on"), closes)
    came_at = Coalesce(OuterRef("typed_at"), OuterRef("sent_at"))
    came_late: Any = LessThanOrEqual(by_hour, came_at)
    by_day = Case(When(came_late, then=by_hour + timedelta(days=1)), default=by_hour)
    moments = clocks.annotate(moment=Coalesce(F("due_at"), by_day))
    first = moments.order_by("due_on", "due_at", "pk").values("moment")[:1]
    return Case(When(is_urgent=True, then=Subquery(first)), output_field=DateTimeField())


def _at_hour(day: F, hour: time) -> Func:
    """Return the moment of an hour of a day in England, in the database."""
    where = f"((%(expressions)s) AT TIME ZONE '{ENGLAND.key}')"
    return Func(
        day,
        Cast(Value(hour), TimeField()),
        template=where,
        arg_joiner=" + ",
        output_field=DateTimeField(),
    )


def late(*, at: datetime) -> Any:
    """Return, for a query of referrals, which the hub was to decide by an hour that is over.

    It is the hour of `promised`: what is counted as late is what the pages call overdue.
    """
    closed = closed_last(our_policy().on(at.astimezone(ENGLAND).date()), before=at)
    running = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running()
    due = running.filter(clock__in=DECIDE, due_on__lte=closed.date())
    came_before = Q(typed_at__lt=closed) | Q(typed_at__isnull=True, sent_at__lt=closed)
    return Exists(due) & came_before
