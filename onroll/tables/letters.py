"""Decode text files: UTF-8, UTF-16 or Windows-1252, also if one file mixes two of them.

Mixtures come from pasting rows of one program's list into another's.
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
"""At most so many characters of a row are quoted in a remark."""
MOST_TOLD = 20
"""At most so many rows get a remark each; more are one problem of the whole list."""


def without_nul(text: str) -> str:
    """Return a text without NUL (U+0000), which PostgreSQL cannot store."""
    return text.replace("\0", "") if "\0" in text else text


def is_text(content: bytes) -> bool:
    """Return whether bytes are text, with a few NUL at most, not another program's file."""
    head = content[:_SAMPLE]
    if encoding_of(head) != "utf-8":
        return True
    return head.count(0) * _MOST_NUL <= len(head) and (0 not in head or not _CONTROL.search(head))


def encoding_of(start: bytes) -> str:
    """Return the encoding that a file's first bytes show: UTF-16 with or without mark, or UTF-8."""
    if start.startswith(UTF16):
        return "utf-16"
    head = start[: min(len(start), _SAMPLE) // 2 * 2]
    for name, fill in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(fill) > 1 and fill.count(0) * 2 > len(fill):
            text = head.decode(name, "ignore").encode()
            return "utf-8" if 0 in text or _CONTROL.search(text) else name
    return "utf-8"


class Letters:
    """The lines of a text file, each ending in one line feed.

    After the last line, `remarks` names the lines in a different encoding.
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
        """Remarks on lines in another encoding than the rest, and on bytes that are no letter."""
        mixed = self._others if self._has_utf8 else []
        return tuple(
            Remark(rule, {"row": number, "text": text}, number)
            for rule, lines in (("list-letters", mixed), ("list-letters-lost", self._lost))
            for number, text in lines
        )
