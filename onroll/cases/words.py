"""How far away a day is, how old a child is and how long a case has been open, as people say it."""

from datetime import date

from onroll.children.models import Basis, Child, Part
from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar

FOUR_WEEKS = 28
SEXES = {"F": "Female", "M": "Male", "U": "Not known"}


def years_and_group(born: date | None, *, on: date) -> str:
    """Return `9 years, Year 5`, or that the birthday is not known."""
    if born is None:
        return "Age not known"
    years = age.age(born, on=on)
    return f"{years} {'year' if years == 1 else 'years'}, {group(born, on=on)}"


def group(born: date, *, on: date) -> str:
    """Return the year group usual for the age, in words."""
    code = age.year_group(born, on=on)
    named = {"N1": "Nursery", "N2": "Nursery", "R": "Reception", "X": "no school year"}
    return named.get(code, f"Year {code}")


def initials(child: Child) -> str:
    """Return a child's initials, for those to whom the name is masked."""
    letters = [name[:1].upper() for name in (child.forename, child.surname) if name]
    return ". ".join(letters) + "."


def school_days(n: int) -> str:
    """Return `1 school day` or `n school days`."""
    return f"{n} school day" if n == 1 else f"{n} school days"


def away(day: date, *, on: date, calendar: SchoolCalendar) -> str:
    """Say how far a due day is from `on`: in school days while near, in weeks when far."""
    if day == on:
        return "today"
    weeks = abs((day - on).days) // 7
    if weeks >= FOUR_WEEKS // 7 * 2:
        return f"in {weeks} weeks" if day > on else f"{weeks} weeks late"
    n = abs(calendar.between(on, day))
    if n == 0:
        return "before the next school day" if day > on else "late, no school day since"
    return f"in {school_days(n)}" if day > on else f"{school_days(n)} late"


def meaning(day: date, *, on: date) -> str:
    """Return the meaning a due day has today: late, soon, or waiting quietly."""
    if day < on:
        return "late"
    return "soon" if (day - on).days <= 7 else "quiet"


def time_on_register(opened: date, until: date, *, calendar: SchoolCalendar) -> str:
    """Say how long a case has been open: in school days for four weeks, then in weeks."""
    if (until - opened).days > FOUR_WEEKS:
        return f"{(until - opened).days // 7} weeks"
    n = calendar.between(opened, until)
    return school_days(n) if n else "since today" if opened == until else "under 1 school day"


PARTS = {
    Part.NAME: "Name",
    Part.BIRTH: "Date of birth and sex",
    Part.NUMBERS: "Numbers",
    Part.HOME: "Address",
    Part.GROUPS: "Risk groups and needs",
    Part.BACKGROUND: "Background and language",
}
BASES = {
    Basis.DOCUMENT: "We saw a document",
    Basis.TOLD: "Somebody who knows the child said so",
    Basis.RECORD: "Another service has it on record",
    Basis.MISTYPED: "It was typed in wrongly",
}
