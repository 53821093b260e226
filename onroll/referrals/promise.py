"""By when the hub decides: the hour that is told to who refers, and shown to the hub as well."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
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
from django.db.models.functions import Cast, Coalesce, Least
from django.db.models.lookups import LessThan, LessThanOrEqual

from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import DECIDE
from onroll.referrals.codes import AT_THE_HUB
from onroll.referrals.models import RECEIVED_AT, HubDecision
from onroll.rules.grades import HOURS, Grade, due_by_grade
from onroll.rules.hours import ENGLAND, closed_last, end_of_day
from onroll.schools.queries import our_policy


def promised(*, due_on: date, since: datetime) -> datetime:
    """Return until when the hub decides what came at a moment and is due on a day (P17).

    An urgent one that is not decided is passed on at that hour, if it is one of the due day; any
    other at the end of that day.
    """
    return end_of_day(our_policy().on(due_on), due_on=due_on, since=since)


def hub_decides_by(
    *, due_on: date, due_at: datetime | None, since: datetime, grade: str
) -> datetime:
    """Return the first of the hours that bind the hub: of its clock or promise, and of the grade.

    `since` is when the referral came, or came back.
    """
    by_clock = due_at or promised(due_on=due_on, since=since)
    by_grade = due_by_grade(Grade(grade) if grade else None, since)
    return min(by_clock, by_grade) if by_grade else by_clock


def due_moment(clocks: QuerySet[Deadline], *, at: datetime) -> Any:
    """Return, for a query of referrals, when grave ones are due by the first of their `clocks`.

    That is the hour of the clock, or the one at which the hub closes on the day; on the next, where
    it had closed when the referral came (`promised`); of a red one that the hub has, no later than
    its grade allows since it came. Nothing of one that is neither urgent nor red.
    """
    policy = our_policy().on(at.astimezone(ENGLAND).date())
    closes = closed_last(policy, before=at).astimezone(ENGLAND).time()
    by_hour = _at_hour(F("due_on"), closes)
    came_late: Any = LessThanOrEqual(by_hour, OuterRef("sent_at"))
    by_day = Case(When(came_late, then=by_hour + timedelta(days=1)), default=by_hour)
    moments = clocks.annotate(moment=Coalesce(F("due_at"), by_day))
    first = moments.order_by("due_on", "due_at", "pk").values("moment")[:1]
    by_clock: Any = Subquery(first)
    by_grade = ExpressionWrapper(waiting_since() + RED_HOURS, output_field=DateTimeField())
    return Case(
        When(IS_RED_AT_HUB, then=Least(by_clock, by_grade)),
        When(is_urgent=True, then=by_clock),
        output_field=DateTimeField(),
    )


RED_HOURS = timedelta(hours=HOURS[Grade.RED])
IS_RED_AT_HUB = Q(grade=Grade.RED.value, stage__in=AT_THE_HUB)
"""What the hub has to decide within hours by its grade."""


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
    is_red_late: Any = LessThan(waiting_since(), at - RED_HOURS)
    return (Exists(due) & Q(sent_at__lt=closed)) | (IS_RED_AT_HUB & Q(is_red_late))


def waiting_since() -> Any:
    """Return, for a query of referrals, since when each waits for the hub: since a child came back
    last of whom nothing is decided since, or it was first reported."""
    later = HubDecision.objects.filter(entry=OuterRef("entry"), pk__gt=OuterRef("pk"))
    backs = HubDecision.objects.filter(~Exists(later), entry__referral=OuterRef("pk"))
    backs = backs.filter(turned_back_at__isnull=False).order_by("-turned_back_at")
    return Coalesce(Subquery(backs.values("turned_back_at")[:1]), RECEIVED_AT)
