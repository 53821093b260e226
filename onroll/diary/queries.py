"""What comes due on a person's own work, week by week, and whose diary an address opens."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from onroll.accounts.models import User
from onroll.casefile.queries import coming
from onroll.cases.offers import Coming
from onroll.diary.models import Feed

NoFeed = Feed.DoesNotExist
AHEAD = timedelta(weeks=13)
"""How far a diary looks ahead: a term."""
UNFOLDED = timedelta(weeks=2)
"""Weeks that begin later than this are folded on the page."""


@dataclass(frozen=True)
class Week:
    """What comes due in one week, by its Monday."""

    begins_on: date
    days: dict[tuple[date, str], list[Coming]] = field(default_factory=dict)
    """By day and reference what comes due."""


def diary(user: User, *, on: date) -> list[Coming]:
    """Return what comes due from today to the end of the diary, the first first."""
    return coming(user, on=on, until=on + AHEAD)


def by_week(rows: Iterable[Coming]) -> list[Week]:
    """Return the weeks in which something comes due."""
    weeks: dict[date, Week] = {}
    for row in rows:
        monday = row.on - timedelta(days=row.on.weekday())
        days = weeks.setdefault(monday, Week(monday)).days
        days.setdefault((row.on, row.ref), []).append(row)
    return list(weeks.values())


def feed_of(user: User) -> Feed | None:
    """Return the address under which a person's diary is read, if there is one."""
    return Feed.objects.standing().filter(user=user).first()


def feed_by_key(key: str) -> Feed:
    """Return the address with a key; NoFeed where it was withdrawn or never made."""
    return Feed.objects.standing().select_related("user").get(digest=digest(key))


def digest(key: str) -> str:
    """Return what is kept of the key of an address."""
    return hashlib.sha256(key.encode()).hexdigest()
