"""All that calls a person on a day, in order, of which a page at a time is drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, overload

from onroll.at_once import at_once
from onroll.cases.offers import ROWS_OF_A_DAY, Calling, DayPart, DayRow
from onroll.rules.day import FIRST, TODAY, Call


class News(NamedTuple):
    """How many rows of what has arrived are on further pages, and on which page the first is."""

    number: int
    page: int


class WholeDay(Sequence[DayRow]):
    """The parts of all features in one order; the first feature first where two are equal.

    It is counted and cut like a list, as pages of it are, and a cut of it is drawn: by as many
    queries for few rows as for many.
    """

    def __init__(self, parts: Iterable[DayPart] = ()) -> None:
        self._parts = tuple(parts)
        numbered = enumerate(self._parts)
        calls = ((n, call) for n, part in numbered for call in part.calls)
        self._calls = sorted(calls, key=lambda numbered: numbered[1].order)
        numbers = Counter(call.call for _, call in self._calls)
        self.numbers = {call: numbers[call] for call in FIRST if numbers[call]}
        """How many there are of each call that comes first, in the order of the list."""
        self.today = sum(numbers[call] for call in TODAY)
        """How many more are for today."""

    def __len__(self) -> int:
        return len(self._calls)

    @overload
    def __getitem__(self, place: int) -> DayRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[DayRow]: ...
    def __getitem__(self, place: int | slice) -> DayRow | list[DayRow]:
        if isinstance(place, int):
            return self._drawn([self._calls[place]])[0]
        return self._drawn(self._calls[place])

    def _drawn(self, shown: Sequence[tuple[int, Calling]]) -> list[DayRow]:
        """Return rows in order, those of a feature drawn at once; one query for all of them."""
        calls = [[call for n, call in shown if n == number] for number in range(len(self._parts))]
        read = at_once(
            {
                (number, name): rows
                for number, part in enumerate(self._parts)
                for name, rows in part.of(calls[number]).items()
            }
        )
        rows = [
            iter(part.draw(calls[number], _of(number, read)))
            for number, part in enumerate(self._parts)
        ]
        return [next(rows[number]) for number, _ in shown]

    @property
    def news(self) -> "News":
        """Return what has arrived and stands after the rows that Today shows."""
        later = enumerate(self._calls[ROWS_OF_A_DAY:], ROWS_OF_A_DAY)
        places = [place for place, (_, call) in later if call.call is Call.ARRIVED]
        return News(len(places), places[0] // ROWS_OF_A_DAY + 1 if places else 0)

    def first(self) -> list[DayRow]:
        """Return the rows that Today shows."""
        return self[:ROWS_OF_A_DAY]


def _of(number: int, read: Mapping[tuple[int, str], list[Any]]) -> dict[str, list[Any]]:
    return {name: rows for (of_part, name), rows in read.items() if of_part == number}
