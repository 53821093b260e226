"""By when the hub decides: the hour that is told to who refers, and shown to the hub as well."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import DECIDE
from onroll.rules.hours import ENGLAND, closed_last, end_of_day
from onroll.schools.queries import our_policy


def promised(*, due_on: date, since: datetime) -> datetime:
    """Return until when the hub decides what came at a moment and is due on a day (P17).

    What is not decided is passed on by the clock itself, at the end of that day.
    """
    return end_of_day(our_policy().on(due_on), due_on=due_on, since=since)


def late(*, at: datetime) -> Any:
    """Return, for a query of referrals, which the hub was to decide by an hour that is over.

    It is the hour of `promised`: what is counted as late is what the pages call overdue.
    """
    closed = closed_last(our_policy().on(at.astimezone(ENGLAND).date()), before=at)
    running = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running()
    due = running.filter(clock__in=DECIDE, due_on__lte=closed.date())
    came_before = Q(typed_at__lt=closed) | Q(typed_at__isnull=True, sent_at__lt=closed)
    return Exists(due) & came_before
