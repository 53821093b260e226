"""Rows of law and policy, each with the days on which it holds: the day of the event chooses.

A change of law is a new row beside the old, so that an old case shows the rule of its day. A row
that waits for a section of an act names it, and begins or ends on its day (`commencement`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from onroll.rules.commencement import PROVISIONS, Provisions


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A row with the days from and to which it holds, both included.

    Rows of one `code` are one rule at different times. `begins_with` and `ends_with` are codes of
    provisions: the row begins on the day the one comes into force, and no longer holds on the day
    the other does.
    """

    code: str
    from_on: date | None = None
    until_on: date | None = None
    begins_with: str = ""
    ends_with: str = ""

    def holds(self, *, on: date, provisions: Provisions = PROVISIONS) -> bool:
        """Say whether the row is the rule of a day."""
        if self.begins_with and not provisions[self.begins_with].is_in_force(on=on):
            return False
        if self.ends_with and provisions[self.ends_with].is_in_force(on=on):
            return False
        return (self.from_on or date.min) <= on <= (self.until_on or date.max)

    def begins_on(self, provisions: Provisions = PROVISIONS) -> date | None:
        """Return the first day of the row, or None where that is not known or not yet."""
        return provisions[self.begins_with].from_on if self.begins_with else self.from_on


Row = TypeVar("Row", bound=Dated)


def in_force(
    rows: Iterable[Row], *, on: date, provisions: Provisions = PROVISIONS
) -> tuple[Row, ...]:
    """Return the rows that hold on a day, in their order."""
    return tuple(row for row in rows if row.holds(on=on, provisions=provisions))


def row_on(
    rows: Iterable[Row], code: str, *, on: date, provisions: Provisions = PROVISIONS
) -> Row | None:
    """Return the row of a code that holds on a day, if any."""
    holding = (row for row in rows if row.code == code)
    return next((row for row in holding if row.holds(on=on, provisions=provisions)), None)


def holds_from(row: Dated, provisions: Provisions = PROVISIONS) -> str:
    """Return in words from when, and until when, a row holds."""
    if row.begins_with and row.begins_on(provisions) is None:
        return f"when {provisions[row.begins_with].source} begins"
    first, last = row.begins_on(provisions), row.until_on
    ends = provisions[row.ends_with] if row.ends_with else None
    if ends is not None and ends.from_on is not None:
        last = ends.from_on - timedelta(days=1)
    words = in_words(first) if first else "always"
    if last:
        return f"{words} to {in_words(last)}"
    return f"{words}, until {ends.source} begins" if ends is not None else words


def in_words(day: date) -> str:
    """Return a day in words, such as 19 August 2024."""
    return f"{day.day} {day:%B %Y}"
