"""A CSV file made fit to read: UTF-8, lines that end as lines do, quotation marks that are closed.

One mark that nobody closed would otherwise take every row after it for one long value.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

_PIECE = 1 << 22
_FEWEST = 4
"""Of a file with fewer columns, a line within an address may look like a row of its own."""
_MOST = 50
"""No value goes on over more lines."""


def mended(path: Path, folder: Path) -> tuple[Path, tuple[int, ...]]:
    """Return a file that can be read, and the lines whose quotation marks were taken away.

    It is the file itself where nothing is wrong with it, otherwise a copy in `folder`.
    """
    encoding = _encoding(path)
    if encoding != "utf-8" or _is_old_mac(path):
        path = _again(path, encoding, folder / f"{path.stem}-utf-8.csv")
    if not _has_open_line(path):
        return path, ()
    copy, lines = folder / f"{path.stem}-mended.csv", []
    with path.open("rb") as file, copy.open("wb") as out:
        for number, line in _rows(file, out.write):
            lines.append(number)
            out.write(line.replace(b'"', b""))
    return copy, tuple(lines)


def _encoding(path: Path) -> str:
    """Spreadsheets of older systems save in Windows' own, or in UTF-16 with or without a mark."""
    with path.open("rb") as file:
        start = file.read(2)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if start[1:] == b"\0":
        return "utf-16-le"
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_PIECE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_old_mac(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\r" in file.readline(_PIECE).rstrip(b"\r\n")


def _again(path: Path, encoding: str, copy: Path) -> Path:
    with (
        path.open(encoding=encoding, errors="replace") as file,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while piece := file.read(_PIECE):
            out.write(piece)
    return copy


def _has_open_line(path: Path) -> bool:
    with path.open("rb") as file:
        return any(line.count(b'"') % 2 for line in file)


def _rows(file: Iterator[bytes], write: Callable[[bytes], object]) -> Iterator[tuple[int, bytes]]:
    """Write the rows that are whole; yield each line that opens a mark nobody closes."""
    head = next(file)
    write(head)
    shape = _Shape(head)
    lines, again = enumerate(file, start=2), deque[tuple[int, bytes]]()
    waiting: list[tuple[int, bytes]] = []
    while True:
        line = again.popleft() if again else next(lines, None)
        if waiting and (line is None or len(waiting) >= _MOST or shape.is_row(line[1])):
            yield waiting[0]
            again.extendleft(reversed([*waiting[1:], *([line] if line else [])]))
            waiting = []
        elif line is None:
            return
        else:
            waiting.append(line)
            whole = b"".join(text for _, text in waiting)
            if not shape.is_open(whole):
                write(whole)
                waiting = []


class _Shape:
    """What a row of a file looks like, from its heading."""

    def __init__(self, head: bytes) -> None:
        text = head.decode("utf-8-sig", "replace").strip("\r\n")
        self.delimiter = delimiter_of(text)
        self.width = text.count(self.delimiter) + 1
        delimiter = re.escape(self.delimiter).encode()
        start = rb"(?:^|(?<=" + delimiter + rb'))"'
        self.opens = re.compile(start)
        self.value = re.compile(start + rb'(?:[^"]|"")*"(?=' + delimiter + rb"|\s*$)")

    def is_open(self, text: bytes) -> bool:
        """Say whether a value begins with a mark that is not closed."""
        return b'"' in text and bool(self.opens.search(self.value.sub(b"", text)))

    def is_row(self, line: bytes) -> bool:
        """Say whether a line is a row by itself, and no part of a value of several lines."""
        if self.width < _FEWEST:
            return False
        text = (line.replace(b'"', b"") if self.is_open(line) else line).decode("utf-8", "replace")
        rows = csv.reader([text.strip("\r\n")], delimiter=self.delimiter)
        return len(next(rows, [])) == self.width


def delimiter_of(line: str) -> str:
    """Return what parts the values of a heading."""
    return max(",;\t|", key=line.count)
