"""Which change of school a child missed. Source: policy p.3.

The policy names four: nursery to primary, infant to junior, primary to secondary, and admission in
the middle of a year. Which of them it was follows from the year group the child went into and from
the ages that the schools teach; nobody has to type it. When the change of phase falls (`TURN`) and
what is said where a school is not known are Onroll's own choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.rules import age


class MissedChange(StrEnum):
    """A change of school that a child can miss."""

    NURSERY_TO_PRIMARY = "nursery_to_primary"
    INFANT_TO_JUNIOR = "infant_to_junior"
    PRIMARY_TO_SECONDARY = "primary_to_secondary"
    IN_YEAR = "in_year"
    NOT_KNOWN = "not_known"


CHANGE_TITLES = {
    MissedChange.NURSERY_TO_PRIMARY: "Nursery to primary",
    MissedChange.INFANT_TO_JUNIOR: "Infant to junior",
    MissedChange.PRIMARY_TO_SECONDARY: "Primary to secondary",
    MissedChange.IN_YEAR: "In the middle of a year or phase",
    MissedChange.NOT_KNOWN: "Not known",
}
"""The changes in words, in the order of the policy."""

TURN = (7, 8, 9)
"""The months in which a child goes from one phase to the next: the end of the summer term to
September."""

_UP = (7, 8)
"""The months of those that still belong to the school year before."""

_INTO = {
    0: MissedChange.NURSERY_TO_PRIMARY,
    **dict.fromkeys(range(3, 7), MissedChange.INFANT_TO_JUNIOR),
    **dict.fromkeys(range(7, 10), MissedChange.PRIMARY_TO_SECONDARY),
}
"""By the year group a child goes into, reception being 0. First to middle school stands with infant
to junior, and middle school with primary."""

_PHASES = {"nursery": (2, 4), "primary": (4, 11), "secondary": (11, 16)}
"""The ages of a phase, as GIAS writes ages, where it gives a school none."""

_YEARS = range(12)
"""Reception to year 11."""


@dataclass(frozen=True, slots=True)
class SchoolAges:
    """The ages that a school teaches, as GIAS writes them: the last is that of leaving."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A school where a child was or was to be, and the days of it as far as they are known."""

    school: SchoolAges | None
    from_on: date | None = None
    to_on: date | None = None
    is_expected: bool = False
    """Whether the place was offered or named, and nobody says that the child was there."""


def ages_of(phase: str, lowest: int | None, highest: int | None) -> SchoolAges | None:
    """Return the ages of a school by its phase and its ages in GIAS; None where neither says.

    A nursery school's children go to reception elsewhere, whatever age GIAS gives it.
    """
    usual = _PHASES.get(phase.casefold())
    if usual is not None and (phase.casefold() == "nursery" or lowest is None or highest is None):
        return SchoolAges(*usual)
    if lowest is None or highest is None:
        return None
    return SchoolAges(lowest, highest)


def has_outgrown(born: date, *, in_year: int, last_age: int) -> bool:
    """Say whether a child is too old for a school in the school year that began in `in_year`."""
    return _years_over(born, in_year, last_age) > 0


def missed_change(*, born: date | None, since: date, stays: Sequence[Stay]) -> MissedChange:
    """Say which change of school a child missed who is without a school since a day.

    The school the child was at last decides; where none is known, the one that was expected.
    """
    if born is None or _year(born, since) not in _YEARS:
        return MissedChange.NOT_KNOWN
    last, expected = _last(stays, since), _expected(stays)
    if last is not None and last.school is not None:
        return _from(last.school, born, since)
    if expected is not None and expected.school is not None:
        return _into(expected.school, born, expected.from_on or since)
    is_first = _year(born, since) == 0
    return MissedChange.NURSERY_TO_PRIMARY if is_first else MissedChange.NOT_KNOWN


def _last(stays: Sequence[Stay], since: date) -> Stay | None:
    """Return where the child was last before a day."""
    before = [
        stay
        for stay in stays
        if not stay.is_expected and (stay.from_on is None or stay.from_on <= since)
    ]
    return max(
        before,
        key=lambda stay: (stay.to_on or date.max, stay.from_on or date.min),
        default=None,
    )


def _expected(stays: Sequence[Stay]) -> Stay | None:
    """Return where the child was to go, the newest first."""
    expected = [stay for stay in stays if stay.is_expected]
    return max(expected, key=lambda stay: stay.from_on or date.min, default=None)


def _from(school: SchoolAges, born: date, since: date) -> MissedChange:
    """Say which change follows a school: one more than a year ago may have been made since."""
    over = _years_over(born, _turns_in(since), school.last)
    if over <= 0:
        return _into(school, born, since)
    if over > 1:
        return MissedChange.NOT_KNOWN
    return _INTO.get(_year(born, since), MissedChange.NOT_KNOWN)


def _into(school: SchoolAges, born: date, on: date) -> MissedChange:
    """Say which change leads into a school on a day: that of a phase, into its first year."""
    year = _year(born, on)
    is_first_year = year in (0, school.first - 4)
    if on.month in TURN and is_first_year:
        return _INTO.get(year, MissedChange.NOT_KNOWN)
    return MissedChange.IN_YEAR


def _turns_in(on: date) -> int:
    """Return the year in which the school year of a day began, or that which July leads to."""
    return age.school_year(on) + (on.month in _UP)


def _year(born: date, on: date) -> int:
    """Return the year group a child is in or goes into, reception being 0."""
    return age.age(born, on=date(_turns_in(on), 8, 31)) - 4


def _years_over(born: date, in_year: int, last_age: int) -> int:
    return age.age(born, on=date(in_year, 8, 31)) + 1 - last_age
