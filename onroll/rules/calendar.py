"""School days: a school's terms, INSET and closures, over its authority's, over bank holidays.

Source: EA96 s.579(1): a school day of a school is a day on which it holds a session. So an INSET
day, a closure, a bank holiday and a weekend are not school days, and each school has its own. A
school year begins with the first term to begin after July.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise

from holidays import country_holidays

LONGEST_HOLIDAY = timedelta(days=35)
"""A longer gap within a school year is a term nobody has told us about, not a holiday.

Independent schools are away for up to five weeks; the shortest half of a term, with the holidays on
both sides of it, is longer.
"""

YEAR_ENDS_FROM = (6, 10)
"""A term that ends on this day (month, day) or later, before August, may be the year's last."""

PARTS_OF_THE_UK = ("ENG", "NIR", "SCT", "WLS")

_DAY = timedelta(days=1)
_FRIDAY, _SATURDAY = 4, 5
_AUGUST, _SEPTEMBER = 8, 9
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
        return listed or is_weekend(day) or any(a <= day <= b for a, b in self._covered)

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

    def school_year(self, on: date) -> int:
        """Return the calendar year in which the school year of a day began (EA96 s.579(1)).

        It begins with the first listed term to begin after July, else on 1 September.
        """
        return on.year if on >= self.year_starts_on(on.year) else on.year - 1

    def year_starts_on(self, year: int) -> date:
        """Return the first day of the school year that begins in a calendar year."""
        listed = (term.starts_on for term in self.terms if _is_first(term, of=year))
        return min(listed, default=date(year, _SEPTEMBER, 1))

    @cached_property
    def _covered(self) -> tuple[tuple[date, date], ...]:
        """Return the terms and every holiday that follows from them."""
        return *((term.starts_on, term.ends_on) for term in self.terms), *self.holidays

    @cached_property
    def holidays(self) -> tuple[tuple[date, date], ...]:
        """Return the gaps between terms that are holidays, and what is known of each summer's.

        Each runs from the last day of a term to the first of the next, both ends included.
        """
        terms = sorted(self.terms, key=lambda term: term.starts_on)
        within = (
            (a.ends_on, b.starts_on)
            for a, b in pairwise(terms)
            if b.starts_on - a.ends_on <= LONGEST_HOLIDAY
        )
        years = sorted({term.starts_on.year for term in terms})
        before = ((date(y, _AUGUST, 1), self.year_starts_on(y)) for y in years if self._opens(y))
        after = ((last, date(last.year, _AUGUST, 31)) for last in self._last_days(terms))
        return *within, *before, *after

    def _opens(self, year: int) -> bool:
        return any(_is_first(term, of=year) for term in self.terms)

    def _last_days(self, terms: list[Term]) -> Iterator[date]:
        """Return the last day of each school year whose last term is listed."""
        for place, term in enumerate(terms, start=1):
            early, august = (
                date(term.ends_on.year, *day) for day in (YEAR_ENDS_FROM, (_AUGUST, 1))
            )
            is_last = place == len(terms) or terms[place].starts_on >= august
            if is_last and early <= term.ends_on < august:
                yield term.ends_on


def _is_first(term: Term, *, of: int) -> bool:
    """Say whether a term is the first of the school year that begins in a calendar year."""
    first = term.starts_on
    return first.year == of and first.month in (_AUGUST, _SEPTEMBER)


def layered(*, authority: Dates, school: Dates) -> SchoolCalendar:
    """Return a school's calendar: what the school says stands over what the authority says.

    A school's own term stands instead of each of the authority's that it touches, and its holidays
    instead of those that lie in them; of the rest of the year the authority's dates still tell.
    """
    terms, cut = _overlaid(authority.terms, school.terms)
    shut, opened = school.closed | school.insets, school.open_on
    return SchoolCalendar(
        terms=terms,
        closed=((authority.closed | authority.insets | cut) - opened) | shut,
        open_on=(authority.open_on | opened) - shut,
    )


def _overlaid(
    general: tuple[Term, ...], own_terms: tuple[Term, ...]
) -> tuple[tuple[Term, ...], frozenset[date]]:
    """Return a school's terms laid over the general ones, and the days cut off from these."""
    if not own_terms:
        return general, frozenset()
    mine = SchoolCalendar(own_terms)
    left = [part for term in general for part in _left_by(mine, term)]
    terms = tuple(sorted((*left, *own_terms), key=lambda term: term.starts_on))
    cut = (
        day
        for term in general
        if term not in left
        for day in _days(term.starts_on, term.ends_on)
        if not any(day in school_terms for school_terms in terms)
    )
    return terms, frozenset(cut)


def _left_by(school: SchoolCalendar, term: Term) -> Iterator[Term]:
    """Return what a school's own terms leave of one of its authority's.

    What sticks out of an own term is that school's holiday, unless it is longer than any holiday.
    """
    touched = [
        t for t in school.terms if t.starts_on <= term.ends_on and term.starts_on <= t.ends_on
    ]
    if not touched:
        if not any(a <= term.starts_on and term.ends_on <= b for a, b in school.holidays):
            yield term
        return
    first = term.starts_on
    for mine in sorted(touched, key=lambda mine: mine.starts_on):
        if mine.starts_on - first > LONGEST_HOLIDAY:
            yield Term(term.name, first, mine.starts_on - _DAY)
        first = max(first, mine.ends_on + _DAY)
    if term.ends_on - first > LONGEST_HOLIDAY:
        yield Term(term.name, first, term.ends_on)


def bank_holidays(years: Iterable[int]) -> dict[date, str]:
    """Return the bank holidays of England in the given years, by day."""
    return {day: name for year in years for day, name in _bank_holidays(year, "ENG").items()}


def is_bank_holiday(day: date) -> bool:
    """Say whether the day is a bank holiday in England."""
    return day in _bank_holidays(day.year, "ENG")


def is_working_day(day: date) -> bool:
    """Say whether the day is a working day in England: no weekend, and no bank holiday there."""
    return not is_weekend(day) and not is_bank_holiday(day)


def is_uk_working_day(day: date) -> bool:
    """Say whether the day is a working day for freedom of information (FOIA s.10(6)).

    Weekends, Christmas Day, Good Friday and bank holidays in any part of the United Kingdom are
    not.
    """
    holidays = (_bank_holidays(day.year, part) for part in PARTS_OF_THE_UK)
    return not is_weekend(day) and not any(day in calendar_ for calendar_ in holidays)


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
def _bank_holidays(year: int, part: str) -> dict[date, str]:
    # The library names the days in the language of the machine unless one is given.
    return dict(country_holidays("GB", subdiv=part, years=year, language="en_GB").items())


@cache
def _usual_holidays(year: int) -> tuple[tuple[date, date], ...]:
    named = _bank_holidays(year, "ENG").items()
    easter_monday = next(day for day, name in named if name == "Easter Monday")
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
