"""A CSV: values parted by commas, semicolons, tabs or bars, in any encoding of `letters`."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from onroll.tables.heading import Known, Place, find
from onroll.tables.letters import Letters
from onroll.tables.mending import is_open, whole_rows
from onroll.tables.refusal import Remark

Rows = Iterator[tuple[int, list[str]]]
"""Each row with its number as a person counts them, from 1; a value may go on over lines."""
WITHIN = 10
"""School systems print a title, a day and blank lines above the names of the columns."""
_WHY = {"field larger than field limit (131072)": "a value in it is too long to be one"}


def delimiter_of(lines: Sequence[str]) -> str:
    """Return what parts the values: said by `sep=`, or what parts one of the first lines most."""
    told = lines[0].strip() if lines else ""
    if is_told(told):
        return told[4]
    counts = {mark: max((line.count(mark) for line in lines), default=0) for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark])


def is_told(line: str) -> bool:
    """Say whether a line is `sep=` with a mark, which Excel reads and is no row."""
    return len(line) == 5 and line.lower().startswith("sep=")


class Delimited:
    """The rows of a CSV that was read into memory, and what is to be told of it."""

    def __init__(self, content: bytes) -> None:
        letters = Letters(io.BytesIO(content))
        self._lines = list(letters)
        self._remarks = list(letters.remarks)
        first = self._lines[:WITHIN]
        self.delimiter = delimiter_of(first)
        if first and is_told(first[0].strip()):
            self._lines[0] = "\n"
        self._mends = any(map(is_open, self._lines))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be told, once all rows are read."""
        return tuple(self._remarks)

    @property
    def top(self) -> list[list[str]]:
        """The first rows, where the names of the columns are looked for."""
        return [row for _, row in islice(self._plain(iter(self._lines)), WITHIN)]

    def heading(self, known: Known) -> Place | None:
        """Find the row with the names of the columns."""
        return find(self.top, known)

    def rows(self, below: Place) -> Rows:
        """Yield the rows below that with the names of the columns."""
        if not self._mends:
            return islice(self._plain(iter(self._lines)), below.row, None)
        return self._mended(len(below.names), below.row)

    def _plain(self, lines: Iterator[str], number: int = 0) -> Rows:
        reader = csv.reader(lines, delimiter=self.delimiter)
        while True:
            number += 1
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                why = _WHY.get(str(fault), str(fault))
                self._note(Remark("row-unreadable", {"row": number, "why": why}, number))

    def _note(self, remark: Remark) -> None:
        """Keep a remark once, though the first rows are gone through twice."""
        if remark not in self._remarks:
            self._remarks.append(remark)

    def _mended(self, width: int, above: int) -> Rows:
        number = 0
        for line, text, was_open in whole_rows(iter(self._lines), width, self.delimiter):
            number += 1
            if number <= above:
                continue
            if was_open:
                self._note(Remark("row-quotation", {"row": line}, line))
            for _, cells in self._plain(io.StringIO(text, newline=""), number - 1):
                yield number, cells
                break
