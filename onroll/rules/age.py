"""Compulsory school age.

Source: EA96 s.8; Education (Start of Compulsory School Age) Order 1998, SI 1998/1607;
Education (School Leaving Date) Order 1997, SI 1997/1970.
"""

from datetime import date, timedelta

PRESCRIBED_DAYS = ((3, 31), (8, 31), (12, 31))
"""Month and day on which compulsory school age can begin (SI 1998/1607 art.2)."""

_FRIDAY = 4
_YEAR_NAMES = {2: "N1", 3: "N2", 4: "R"} | {age: str(age - 4) for age in range(5, 18)}


def birthday(born: date, years: int) -> date:
    """Return the day a child born on `born` becomes `years` old; 29 February counts as 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def starts_on(born: date) -> date:
    """Return the first day of compulsory school age: the first prescribed day from age five."""
    five = birthday(born, 5)
    days = (date(five.year, month, day) for month, day in PRESCRIBED_DAYS)
    return next(day for day in days if day >= five)


def leaving_date(year: int) -> date:
    """Return the school leaving date of a calendar year: the last Friday in June (P36)."""
    last = date(year, 6, 30)
    return last - timedelta((last.weekday() - _FRIDAY) % 7)


def ends_on(born: date) -> date:
    """Return the last day of compulsory school age, a school leaving date (EA96 s.8(3))."""
    sixteen = birthday(born, 16)
    return leaving_date(school_year(sixteen) + 1)


def is_compulsory(born: date, *, on: date) -> bool:
    """Say whether a child born on `born` is of compulsory school age on the day `on`."""
    return starts_on(born) <= on <= ends_on(born)


def age(born: date, *, on: date) -> int:
    """Return the age in whole years on a day; negative before the child is born."""
    years = on.year - born.year
    return years if on >= birthday(born, years) else years - 1


PUPILS = range(2, 26)
"""Ages in whole years that a person on a school's books can have."""


def is_of_a_pupil(born: date, *, on: date) -> bool:
    """Say whether a birthday can be that of a child, or of a former pupil, on a day."""
    return born <= on and age(born, on=on) < PUPILS.stop


def school_year(on: date) -> int:
    """Return the year in which the school year of a day began: 1 September to 31 August."""
    return on.year if on.month >= 9 else on.year - 1


def year_group(born: date, *, on: date) -> str:
    """Return the year group usual for the age: N1, N2, R, 1 to 13, or X outside them.

    A child may be taught in another year; where a school says so, the school is right.
    """
    return _YEAR_NAMES.get(age(born, on=date(school_year(on), 8, 31)), "X")
