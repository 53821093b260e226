"""Read CSV: values separated by commas, semicolons, tabs or bars, in any encoding of `letters`."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from onroll.tables.heading import CountColumns, Place, find
from onroll.tables.letters import Letters
from onroll.tables.mending import is_open, whole_rows
from onroll.tables.refusal import Remark

Rows = Iterator[tuple[int, list[str]]]
"""Each row with its number as a person counts them, from 1; a value may go on over lines."""
WITHIN = 10
"""School systems print a title, a day and blank lines above the names of the columns."""
_QUOTED = re.compile(r'"[^"]*"')
_WHY = {"field larger than field limit (131072)": "a value in it is too long to be one"}


def delimiter_of(lines: Sequence[str], count: CountColumns) -> str:
    """Return the separator: that of a `sep=` line, or the one that yields most known columns.

    If several yield as many, the one that most lines have equally often: a comma within quotation
    marks, or in a single address, does not count.
    """
    first = lines[0].strip() if lines else ""
    if is_separator_line(first):
        return first[4]
    bare = [_QUOTED.sub("", line) for line in lines]

    def fit(mark: str) -> tuple[int, int, int]:
        rows = ([cell.strip('" ') for cell in line.strip().split(mark)] for line in lines)
        names = max(map(count, rows), default=0)
        counts = Counter(filter(None, (line.count(mark) for line in bare)))
        return names, *max(((lines, number) for number, lines in counts.items()), default=(0, 0))

    return max(",;\t|", key=fit)


def is_separator_line(line: str) -> bool:
    """Return whether a line is `sep=` with a separator, an instruction that Excel writes."""
    return len(line) == 5 and line.lower().startswith("sep=")


class Delimited:
    """The rows of a CSV file in memory, and remarks on it for its sender."""

    def __init__(self, content: bytes, count: CountColumns) -> None:
        letters = Letters(io.BytesIO(content))
        self._count = count
        self._lines = list(letters)
        self._remarks = list(letters.remarks)
        first = self._lines[:WITHIN]
        self.delimiter = delimiter_of(first, count)
        if first and is_separator_line(first[0].strip()):
            self._lines[0] = "\n"
        self._mends = any(map(is_open, self._lines))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks; complete once all rows are read."""
        return tuple(self._remarks)

    @property
    def top(self) -> list[list[str]]:
        """The first rows, among which the heading is looked for."""
        return [row for _, row in islice(self._plain(iter(self._lines)), WITHIN)]

    def heading(self) -> Place | None:
        """Return the heading, or None."""
        return find(self.top, self._count)

    def rows(self, below: Place) -> Rows:
        """Yield the rows below the heading."""
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
        """Keep a remark once, although the first rows are read twice."""
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
