"""What of the database calls a person on a day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from onroll.cases.offers import DayPart, DayRow, Rows
from onroll.rules.day import RANKS, Call, gravest, order


@dataclass(frozen=True)
class GravestCall:
    """A row of the database that calls: how, since when, what was read of it, and how it calls
    besides, the gravest first."""

    call: Call
    since: date | datetime
    row: Mapping[str, Any]
    besides: tuple[Call, ...] = ()

    @property
    def pk(self) -> int:
        """Return the number of the row."""
        return int(self.row["pk"])

    @property
    def order(self) -> tuple[int, bool, datetime]:
        """Return what puts it in its place among what calls from all features."""
        return order(self.call, self.since)


def gravest_call(
    row: Mapping[str, Any], calls: Mapping[Call, date | datetime]
) -> GravestCall | None:
    """Return a row with its gravest call; None where it has none."""
    call = gravest(calls)
    besides = (other for other in sorted(calls, key=RANKS.__getitem__) if other is not call)
    return GravestCall(call, calls[call], row, tuple(besides)) if call else None


def part_of(
    rows: Iterable[GravestCall | None],
    draw: Callable[[Sequence[GravestCall], Rows], Sequence[DayRow]],
    of: Callable[[Sequence[GravestCall]], Mapping[str, QuerySet[Any]]] = lambda calls: {},
) -> DayPart:
    """Return what calls of some rows, in order, and how it is drawn, by what is read for that."""
    called = [row for row in rows if row is not None]
    called.sort(key=lambda row: (row.order, row.pk))
    return DayPart(called, draw, of)
