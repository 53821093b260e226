"""Find the heading: the row of a list that has the names of its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onroll.tables.refusal import NoTable

CountColumns = Callable[[Sequence[str]], int]
"""Return how many cells of a row are names of columns that the reader of a list knows."""
ENOUGH = 2
"""So many known names in one row are no coincidence."""
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The heading: its row from 1, its cells, and how many of them are known columns."""

    row: int
    names: tuple[str, ...]
    columns: int


def find(top: Sequence[Sequence[str]], count: CountColumns) -> Place | None:
    """Return the heading among the first rows: the first with `ENOUGH` known names, else with one.

    None if there is no such row.
    """
    numbers = [count(row) for row in top]
    for least in (ENOUGH, 1):
        for n, columns in enumerate(numbers):
            if columns >= least:
                return Place(n + 1, _tidy(top[n]), columns)
    return None


def fullest(top: Sequence[Sequence[str]]) -> Place:
    """Return the first of the rows with most cells, if it can be a heading; else raise NoTable."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    number = filled.index(max(filled)) if filled else 0
    if top and len(top[number]) > MOST_COLUMNS:
        raise NoTable("sheet-too-wide", limit=MOST_COLUMNS)
    if not top or not any(part.isalpha() for cell in top[number] for part in cell):
        raise NoTable("sheet-no-heading")
    return Place(number + 1, _tidy(top[number]), 0)


def _tidy(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)
