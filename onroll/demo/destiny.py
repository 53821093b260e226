"""What truly became of a leaver, and how often. The rates are guesses about an outer borough."""

from datetime import date, timedelta
from enum import StrEnum

from onroll.demo.chance import Weighted
from onroll.demo.terms import calendar
from onroll.rules.age import school_year


class Destiny(StrEnum):
    """Where a child truly went."""

    MOVED_WITHIN = "moved_within"
    MOVED_OUTSIDE = "moved_outside"
    HOME_EDUCATED = "home_educated"
    ABROAD_PROVED = "abroad_proved"
    ABROAD_UNPROVED = "abroad_unproved"
    VANISHED = "vanished"
    NO_ANSWER = "no_answer"
    PRIVATE = "private"
    EXCLUDED = "excluded"
    DIED = "died"
    OVER_AGE = "over_age"
    END_OF_PHASE = "end_of_phase"


UNKNOWN = frozenset({Destiny.VANISHED, Destiny.NO_ANSWER})
"""The destinies nobody knows: each such child of school age must end as a case or in review."""

TOGETHER = frozenset(
    {
        Destiny.MOVED_OUTSIDE,
        Destiny.ABROAD_PROVED,
        Destiny.ABROAD_UNPROVED,
        Destiny.VANISHED,
        Destiny.NO_ANSWER,
    }
)
"""The destinies of whole families, not of one child."""

IN_YEAR = Weighted(
    {
        Destiny.MOVED_WITHIN: 0.29,
        Destiny.MOVED_OUTSIDE: 0.26,
        Destiny.HOME_EDUCATED: 0.09,
        Destiny.ABROAD_PROVED: 0.10,
        Destiny.ABROAD_UNPROVED: 0.05,
        Destiny.VANISHED: 0.10,
        Destiny.NO_ANSWER: 0.04,
        Destiny.PRIVATE: 0.07,
    }
)
AFTER_SIXTEEN = Weighted(
    {Destiny.OVER_AGE: 0.75, Destiny.MOVED_WITHIN: 0.15, Destiny.NO_ANSWER: 0.1}
)
AT_ELEVEN = Weighted(
    {
        Destiny.END_OF_PHASE: 0.88,
        Destiny.MOVED_OUTSIDE: 0.075,
        Destiny.PRIVATE: 0.03,
        Destiny.HOME_EDUCATED: 0.008,
        Destiny.VANISHED: 0.007,
    }
)
"""Between the last day of one school and the first of the next."""

EXCLUDED_RATE, DIED_RATE = 0.012, 0.0015

PEAK_LEAVERS = 158 / 38_000
"""Leavers in the busiest week, as a share of all pupils; as many join."""


def busyness(monday: date) -> float:
    """Return how many leave in the week of a Monday, the busiest week being 1 and holidays 0."""
    days = [monday + timedelta(n) for n in range(5)]
    school_days = [day for day in days if calendar(*_years(monday)).is_school_day(day)]
    if not school_days:
        return 0
    return _season(monday) * len(school_days) / 5


def _years(day: date) -> tuple[int, int]:
    return school_year(day) - 1, school_year(day) + 1


def _season(monday: date) -> float:
    """Return how busy the time of year is: the first weeks of a term most."""
    month, day = monday.month, monday.day
    if month == 9:
        return 1.0
    if month == 1:
        return 0.85 if day < 20 else 0.6
    if (month, day) >= (7, 6) and month == 7:
        return 0.8
    if (month == 4 and day > 8) or (month == 12 and day >= 11):
        return 0.65
    return 0.45
