"""Which row of a list has the names of its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onroll.tables.refusal import NoTable

Known = Callable[[Sequence[str]], int]
"""How many of a row's texts are names of columns that the reader of a list knows."""
ENOUGH = 2
"""Two names of columns that we know are no chance."""
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The row with the names of the columns: its number, counted from 1, and its texts."""

    row: int
    names: tuple[str, ...]
    known: int


def find(top: Sequence[Sequence[str]], known: Known) -> Place | None:
    """Find it in the first rows of a list.

    It is the first with two names that are known, else the first with one. None where there is no
    such row.
    """
    counts = [known(row) for row in top]
    for least in (ENOUGH, 1):
        for number, count in enumerate(counts):
            if count >= least:
                return Place(number + 1, _tidy(top[number]), count)
    return None


def fullest(top: Sequence[Sequence[str]]) -> Place:
    """Return the first of the rows that hold most, if it can be one of names; else raise."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    number = filled.index(max(filled)) if filled else 0
    if top and len(top[number]) > MOST_COLUMNS:
        raise NoTable("sheet-too-wide", limit=MOST_COLUMNS)
    if not top or not any(part.isalpha() for cell in top[number] for part in cell):
        raise NoTable("sheet-no-heading")
    return Place(number + 1, _tidy(top[number]), 0)


def _tidy(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)
