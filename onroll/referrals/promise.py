"""By when the hub decides: the hour that is told to who refers, and shown to the hub as well."""

from datetime import date, datetime

from onroll.rules.hours import end_of_day
from onroll.schools.queries import our_policy


def promised(*, due_on: date, since: datetime) -> datetime:
    """Return until when the hub decides what came at a moment and is due on a day (P17).

    What is not decided is passed on by the clock itself, at the end of that day.
    """
    return end_of_day(our_policy().on(due_on), due_on=due_on, since=since)
