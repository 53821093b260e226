"""The rows of a CSV whose quotation marks are not all closed.

One mark that nobody closed would otherwise take every row after it for one long value.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence

_FEWEST = 4
"""Of a file with fewer columns, a line within an address may look like a row of its own."""
_MOST = 50
"""No value goes on over more lines."""


def is_open(line: str) -> bool:
    """Say whether a line may open a value that goes on in the next."""
    return line.count('"') % 2 == 1


def whole_rows(
    lines: Iterator[str], width: int, delimiter: str, start: int = 1
) -> Iterator[tuple[int, str, bool]]:
    """Yield each row whole: the number of its first line, its text, whether it was mended.

    A mended row stands in one line and opened a mark that nobody closes; it has none any more.
    `width` is the number of columns, `start` the number of the first line.
    """
    shape = _Shape(width, delimiter)
    numbered, again = enumerate(lines, start), deque[tuple[int, str]]()
    waiting: list[tuple[int, str]] = []
    while True:
        line = again.popleft() if again else next(numbered, None)
        if waiting and (line is None or len(waiting) >= _MOST or shape.ends(waiting, line[1])):
            number, text = waiting[0]
            yield number, text.replace('"', ""), True
            again.extendleft(reversed([*waiting[1:], *([line] if line else [])]))
            waiting = []
        elif line is None:
            return
        else:
            waiting.append(line)
            whole = "".join(text for _, text in waiting)
            if not shape.is_open(whole):
                yield waiting[0][0], whole, False
                waiting = []


class _Shape:
    """What a row of a file looks like."""

    def __init__(self, width: int, delimiter: str) -> None:
        self.delimiter = delimiter
        self.width = width
        mark = re.escape(delimiter)
        start = rf'(?:^|(?<={mark}))"'
        self.opens = re.compile(start)
        self.value = re.compile(rf'{start}(?:[^"]|"")*"(?={mark}|\s*$)')

    def is_open(self, text: str) -> bool:
        """Say whether a value begins with a mark that is not closed."""
        return '"' in text and bool(self.opens.search(self.value.sub("", text)))

    def ends(self, waiting: Sequence[tuple[int, str]], line: str) -> bool:
        """Say whether a line is a row by itself, so that the open value before it has no end."""
        if self.width < _FEWEST:
            return False
        whole = "".join([*(text for _, text in waiting), line])
        if is_open(line) and not self.is_open(whole) and self._is_row(whole):
            return False  # it closes the value, whatever it looks like alone
        return self._is_row(line.replace('"', "") if self.is_open(line) else line)

    def _is_row(self, text: str) -> bool:
        rows = csv.reader(io.StringIO(text.strip("\r\n"), newline=""), delimiter=self.delimiter)
        try:
            return [len(row) for row in rows] == [self.width]
        except csv.Error:
            return False
