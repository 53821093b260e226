"""The letters of a text file: UTF-8, UTF-16 or Windows', also where a file mixes two of them.

Whoever pastes rows of one program's list into another's makes such a mixture.
"""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from onroll.tables.refusal import Remark

UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 64 * 1024
_MOST_NUL = 10  # one byte in so many may be NUL; programs' own files have far more
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_ESCAPED = re.compile("[\udc80-\udcff]")  # how Python keeps a byte that is no UTF-8
MOST_LETTERS = 60
"""Of a row that is told, so many characters."""
MOST_TOLD = 20
"""So many rows are told one by one; a list that is mixed throughout is one thing to mend."""


def without_nul(text: str) -> str:
    """Return a text without NUL (U+0000), which PostgreSQL keeps nowhere and which says nothing."""
    return text.replace("\0", "") if "\0" in text else text


def is_text(content: bytes) -> bool:
    """Say whether bytes are text, in which a few NUL may stand, and no file of some program."""
    head = content[:_SAMPLE]
    if encoding_of(head) != "utf-8":
        return True
    return head.count(0) * _MOST_NUL <= len(head) and (0 not in head or not _CONTROL.search(head))


def encoding_of(start: bytes) -> str:
    """Return the encoding by how a file begins: UTF-16, with or without its mark, else UTF-8."""
    if start.startswith(UTF16):
        return "utf-16"
    head = start[: min(len(start), _SAMPLE) // 2 * 2]
    for name, fill in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(fill) > 1 and fill.count(0) * 2 > len(fill):
            text = head.decode(name, "ignore").encode()
            return "utf-8" if 0 in text or _CONTROL.search(text) else name
    return "utf-8"


class Letters:
    """A text file by its lines, each ending in one line feed.

    After the last, `remarks` tells the lines that are written otherwise than the rest.
    """

    def __init__(self, file: BinaryIO) -> None:
        start = file.read(_SAMPLE)
        file.seek(0)
        self._name = encoding_of(start)
        self._file = file
        self._has_utf8 = False
        self._others: list[tuple[int, str]] = []
        self._lost: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[str]:
        is_utf8 = self._name == "utf-8"
        encoding = "utf-8-sig" if is_utf8 else self._name
        errors = "surrogateescape" if is_utf8 else "replace"
        lines = io.TextIOWrapper(self._file, encoding, errors)
        try:
            for number, line in enumerate(lines, start=1):
                yield line if line.isascii() and "\0" not in line else self._read(number, line)
        finally:
            lines.detach()

    def _read(self, number: int, line: str) -> str:
        line = without_nul(line)
        if _ESCAPED.search(line):
            line = line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
            self._note(self._others, number, line)
        elif not line.isascii():
            self._has_utf8 = True
        if _LOST in line:
            self._note(self._lost, number, line)
        return line

    def _note(self, where: list[tuple[int, str]], number: int, line: str) -> None:
        if len(where) < MOST_TOLD:
            where.append((number, line.strip()[:MOST_LETTERS]))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The lines in another encoding than the rest, and those that hold what is no letter."""
        mixed = self._others if self._has_utf8 else []
        return tuple(
            Remark(rule, {"row": number, "text": text}, number)
            for rule, lines in (("list-letters", mixed), ("list-letters-lost", self._lost))
            for number, text in lines
        )
