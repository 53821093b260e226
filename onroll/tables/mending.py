"""Mend the rows of a CSV file with unclosed quotation marks.

Otherwise one unclosed mark would swallow all rows after it into one long value.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from enum import Enum

_FEWEST = 4
"""In a file with fewer columns, a line inside an address may look like a row."""
_MOST = 50
"""No value spans more lines than this."""


def is_open(line: str) -> bool:
    """Return whether a line may open a value that continues on the next line."""
    return line.count('"') % 2 == 1


def whole_rows(
    lines: Iterator[str], width: int, delimiter: str, start: int = 1
) -> Iterator[tuple[int, str, bool]]:
    """Yield each row: the number of its first line, its text, and whether it was mended.

    A mended row is a single line whose unclosed mark is removed. `width` is the number of columns,
    `start` the number of the first line.
    """
    shape = _Shape(width, delimiter)
    numbered, again = enumerate(lines, start), deque[tuple[int, str]]()
    waiting: list[tuple[int, str]] = []
    while True:
        line = again.popleft() if again else next(numbered, None)
        if line is None and not waiting:
            return
        if line is not None:
            waiting.append(line)
        state = shape.of([text for _, text in waiting])
        if state is _State.WHOLE:
            yield waiting[0][0], "".join(text for _, text in waiting), False
        elif state is _State.OPEN and line is not None and len(waiting) < _MOST:
            continue
        else:
            number, text = waiting[0]
            yield number, text.replace('"', ""), True
            again.extendleft(reversed(waiting[1:]))
        waiting = []


class _State(Enum):
    WHOLE, OPEN, BROKEN = range(3)


class _Shape:
    """What a row of one file looks like."""

    def __init__(self, width: int, delimiter: str) -> None:
        self.delimiter = delimiter
        self.width = width

    def of(self, lines: list[str]) -> _State:
        """Return whether lines are one row, the start of one, or no row."""
        if len(lines) == 1 and '"' not in lines[0]:
            return _State.WHOLE
        try:
            cells = self._cells("".join(lines), is_strict=True)
        except csv.Error as fault:
            return _State.OPEN if "end of data" in str(fault) else _State.BROKEN
        swallowed = cells != self.width and any(map(self._is_row, lines[1:]))
        return _State.BROKEN if swallowed else _State.WHOLE

    def _is_row(self, line: str) -> bool:
        """Return whether a line looks like a whole row."""
        if self.width < _FEWEST:
            return False
        try:
            return self._cells(line.replace('"', ""), is_strict=False) == self.width
        except csv.Error:
            return False

    def _cells(self, text: str, *, is_strict: bool) -> int:
        """Return the number of values in a text of any number of rows."""
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=is_strict)
        return sum(map(len, rows))
