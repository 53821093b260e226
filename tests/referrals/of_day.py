"""What referrals ask of a person on a day, as Today reads it."""

from datetime import datetime

from onroll.accounts.models import User
from onroll.at_once import at_once
from onroll.cases.offers import DayPart
from onroll.referrals import queries
from onroll.rules.hours import ENGLAND


def day_of(user: User, *, at: datetime) -> DayPart | None:
    """Return what calls a person at a moment; None for whom nothing may."""
    on = at.astimezone(ENGLAND).date()
    rows = at_once(queries.day_rows(user, on=on, at=at))
    return queries.day(user, on=on, at=at, rows=rows)
