"""The made-up borough's school terms."""

from datetime import date, timedelta
from functools import cache

from onroll.rules.calendar import SchoolCalendar, Term, bank_holidays

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@cache
def terms(year: int) -> tuple[Term, ...]:
    """Return the six half-terms of the school year that starts in September of a year."""
    easter = next(day for day, name in bank_holidays([year + 1]).items() if name == "Easter Monday")
    october, february, may = (
        _monday(date(year, 10, 31)),
        _monday(date(year + 1, 2, 21)),
        _monday(date(year + 1, 5, 31)),
    )
    spring, good_friday = _monday(date(year + 1, 1, 9)), easter - 3 * _DAY
    christmas, summer = date(year, 12, 18), date(year + 1, 7, 22)
    return (
        _term("Autumn 1", date(year, 9, 2), october),
        _term("Autumn 2", october + _WEEK, _monday(christmas) + _WEEK),
        _term("Spring 1", spring, february),
        _term("Spring 2", february + _WEEK, _monday(good_friday)),
        _term("Summer 1", easter + _WEEK, may),
        Term(f"Summer 2 {year + 1}", may + _WEEK, _monday(summer) + 2 * _DAY),
    )


@cache
def calendar(first: int, last: int) -> SchoolCalendar:
    """Return the school days of the school years that start in the years first to last."""
    return SchoolCalendar(tuple(term for y in range(first, last + 1) for term in terms(y)))


def school_year_starts(year: int) -> date:
    """Return the first school day of a school year."""
    return calendar(year, year).school_day_on_or_after(date(year, 9, 1))


def school_year_ends(year: int) -> date:
    """Return the last school day of the school year that starts in September of a year."""
    return terms(year)[-1].ends_on


def _term(name: str, first: date, next_holiday: date) -> Term:
    """Return a term that ends on the Friday before a holiday's Monday."""
    ends_on = next_holiday - 3 * _DAY
    return Term(f"{name} {ends_on.year}", first, ends_on)


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()
