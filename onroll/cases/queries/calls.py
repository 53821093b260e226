"""The first rows of a person's day among all that call, and how many there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll.cases.offers import ROWS_OF_A_DAY, DayPart, DayRow
from onroll.rules.day import NOW, TODAY, Call, gravest, order


@dataclass(frozen=True)
class GravestCall:
    """A row of the database that calls: how, since when, and what was read of it."""

    call: Call
    since: date | datetime
    row: Mapping[str, Any]

    @property
    def pk(self) -> int:
        """Return the number of the row."""
        return int(self.row["pk"])


def gravest_call(
    row: Mapping[str, Any], calls: Mapping[Call, date | datetime]
) -> GravestCall | None:
    """Return a row with its gravest call; None where it has none."""
    call = gravest(calls)
    return GravestCall(call, calls[call], row) if call else None


def part_of(
    rows: Iterable[GravestCall | None], draw: Callable[[Sequence[GravestCall]], Sequence[DayRow]]
) -> DayPart:
    """Return the rows that come first, drawn, and how many call in all."""
    called = [row for row in rows if row is not None]
    called.sort(key=lambda row: (order(row.call, row.since), row.pk))
    return DayPart(
        draw(called[:ROWS_OF_A_DAY]),
        now=sum(row.call in NOW for row in called),
        today=sum(row.call in TODAY for row in called),
        number=len(called),
    )
