"""School days: a school's terms, INSET and closures, over its authority's, over bank holidays.

Source: EA96 s.579(1): a school day of a school is a day on which it holds a session. So an INSET
day, a closure, a bank holiday and a weekend are not school days, and each school has its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise

from holidays import country_holidays

from onroll.rules.age import school_year

LONGEST_HOLIDAY = timedelta(days=52)
"""A longer gap between two listed terms is a term nobody has told us about, not a holiday."""

_DAY = timedelta(days=1)
_FRIDAY, _SATURDAY = 4, 5
_JULY, _SEPTEMBER = 7, 9
_FURTHEST = 4000


@dataclass(frozen=True)
class Term:
    """A stretch of school days, both ends included; a half-term break stands between two."""

    name: str
    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError(f"{self.name} ends before it starts.")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Dates:
    """The dates one authority or one school has given: terms, closures, INSET, extra open days."""

    terms: tuple[Term, ...] = ()
    closed: frozenset[date] = frozenset()
    insets: frozenset[date] = frozenset()
    open_on: frozenset[date] = frozenset()


@dataclass(frozen=True)
class SchoolCalendar:
    """The school days of one school, or of an authority's schools in general.

    Where no term is listed for a day, the usual English pattern answers (`is_usual_school_day`)
    and `is_certain` says so.
    """

    terms: tuple[Term, ...] = ()
    closed: frozenset[date] = field(default=frozenset())
    open_on: frozenset[date] = field(default=frozenset())

    def is_school_day(self, day: date) -> bool:
        """Say whether the school holds a session on the day."""
        if day in self.open_on or day in self.closed:
            return day in self.open_on
        if is_weekend(day) or is_bank_holiday(day):
            return False
        if self.is_certain(day):
            return any(day in term for term in self.terms)
        return is_usual_school_day(day)

    def is_certain(self, day: date) -> bool:
        """Say whether the answer rests on listed dates rather than on the usual pattern."""
        listed = day in self.open_on or day in self.closed
        return listed or is_weekend(day) or any(a <= day <= b for a, b in self._known)

    def are_certain(self, first: date, last: date) -> bool:
        """Say whether every day from first to last is certain."""
        return all(self.is_certain(day) for day in _days(first, last))

    def after(self, day: date, n: int) -> date:
        """Return the day that is `n` school days after `day`; the day after `day` counts first.

        With n = 0 it is `day` itself. Raises ValueError when n is negative or out of reach.
        """
        if n < 0:
            raise ValueError("School days are counted forwards.")
        for _ in range(n):
            day = self.school_day_on_or_after(day + _DAY)
        return day

    def school_day_on_or_after(self, day: date) -> date:
        """Return the day itself if it is a school day, else the next one that is."""
        for ahead in range(_FURTHEST):
            if self.is_school_day(day + _DAY * ahead):
                return day + _DAY * ahead
        raise ValueError("This calendar has no further school day.")

    def between(self, first: date, last: date) -> int:
        """Return how many school days lie after `first` up to and including `last`.

        Negative when `last` comes first; so `between(day, after(day, n)) == n`.
        """
        if last < first:
            return -self.between(last, first)
        return sum(map(self.is_school_day, _days(first + _DAY, last)))

    @cached_property
    def _known(self) -> tuple[tuple[date, date], ...]:
        """Return the terms, the holidays between them, and the ends of the summer holiday."""
        terms = sorted(self.terms, key=lambda term: term.starts_on)
        spans = [(term.starts_on, term.ends_on) for term in terms]
        holidays = [
            (a.ends_on, b.starts_on)
            for a, b in pairwise(terms)
            if b.starts_on - a.ends_on <= LONGEST_HOLIDAY
        ]
        before = [(first.replace(day=1), first) for first, _ in spans if first.month == _SEPTEMBER]
        after = [(last, date(last.year, 8, 31)) for _, last in spans if last.month == _JULY]
        return *spans, *holidays, *before, *after


def layered(*, authority: Dates, school: Dates) -> SchoolCalendar:
    """Return a school's calendar: what the school says stands over what the authority says.

    A school's own terms replace the authority's in each school year they touch.
    """
    own_years = {school_year(term.starts_on) for term in school.terms}
    general = (term for term in authority.terms if school_year(term.starts_on) not in own_years)
    shut, opened = school.closed | school.insets, school.open_on
    return SchoolCalendar(
        terms=(*general, *school.terms),
        closed=((authority.closed | authority.insets) - opened) | shut,
        open_on=(authority.open_on | opened) - shut,
    )


def bank_holidays(years: Iterable[int]) -> dict[date, str]:
    """Return the bank holidays of England in the given years, by day."""
    return {day: name for year in years for day, name in _bank_holidays(year).items()}


def is_bank_holiday(day: date) -> bool:
    """Say whether the day is a bank holiday in England."""
    return day in _bank_holidays(day.year)


def is_weekend(day: date) -> bool:
    """Say whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_usual_school_day(day: date) -> bool:
    """Say whether most English schools are open on a day, when no dates are listed.

    The pattern: school from 2 September to 21 July, but for weekends and bank holidays, 21 December
    to 3 January, a week each in October (the last Monday), February (the third) and May (the last),
    and the two weeks round Easter Monday. It is a guess, good to a few days.
    """
    if is_weekend(day) or is_bank_holiday(day):
        return False
    return not any(first <= day <= last for first, last in _usual_holidays(day.year))


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    return dict(country_holidays("GB", subdiv="ENG", years=year).items())


@cache
def _usual_holidays(year: int) -> tuple[tuple[date, date], ...]:
    easter_monday = next(d for d, name in _bank_holidays(year).items() if name == "Easter Monday")
    february = date(year, 2, 21)
    third_monday = february - _DAY * february.weekday()
    may, october = _last_monday(date(year, 5, 31)), _last_monday(date(year, 10, 31))
    return (
        (date(year, 1, 1), date(year, 1, 3)),
        (third_monday, third_monday + _DAY * _FRIDAY),
        (easter_monday - _DAY * 7, easter_monday + _DAY * _FRIDAY),
        (may, may + _DAY * _FRIDAY),
        (date(year, 7, 22), date(year, 9, 1)),
        (october, october + _DAY * _FRIDAY),
        (date(year, 12, 21), date(year, 12, 31)),
    )


def _last_monday(month_end: date) -> date:
    return month_end - _DAY * month_end.weekday()


def _days(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * n for n in range((last - first).days + 1))
