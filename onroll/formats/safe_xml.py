"""The only place XML of others is parsed. Hostile or broken XML is refused in words.

No DOCTYPE, no entities, no network, libxml2's limits on depth and size kept, and a cap on the
bytes of the file and of each record. Source: trust.md section 1.10.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from onroll.formats.nul import WithoutNul
from onroll.formats.problems import Unreadable
from onroll.tables.letters import UTF16
from onroll.tables.looks import WEB_PAGE, looks_like
from onroll.tables.refusal import size_in_words

Source = bytes | Path | BinaryIO

UPLOAD_LIMIT = 20 * 1024**2
STREAM_LIMIT = 4 * 1024**3
RECORD_LIMIT = 8 * 1024**2

_BOM_UTF8 = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"
_TAIL = 1024
_END = re.compile(rb"</(?:\w+:)?[AC]Tfile\s*>", re.IGNORECASE)
# libxml2 error numbers: they are part of its interface and do not change.
_TOO_MUCH = 114
_NO_CHARACTER = 9
_WRONG_LETTERS = frozenset({31, 32, 81, 6003})
_AT_AN_END = frozenset({4, 5, 39, 41, 68, 73, 74, 76, 77})
"""What a file that stops in the middle can look like to libxml2."""
_ODD = "it holds a code that begins with & and that such files do not have"
_WHY = {
    1: _ODD,
    4: "there is nothing in it",
    5: "something follows its end",
    26: _ODD,
    64: "something stands before its first line",
    68: "a bare & or < stands in the text, which must be written &amp; or &lt;",
    73: "one of its parts does not close as it began",
    76: "one of its parts does not close as it began",
    77: "one of its parts is never closed",
}
_CONTROLS = {0: "null", 8: "backspace", 11: "vertical tab", 12: "form feed", 27: "escape"}
_NUMBER = re.compile(r"(?:value |Char 0x)([0-9A-Fa-f]+)")


class Capped(io.RawIOBase):
    """A file that stops being readable when it, or one record in it, is too large."""

    def __init__(self, file: BinaryIO, *, most: int) -> None:
        self._file = file
        self._most = most
        self._read = 0
        self._record_from = 0

    def read(self, size: int = -1, /) -> bytes:
        """Read on, or raise `Unreadable` past a limit."""
        chunk = self._file.read(size)
        self._read += len(chunk)
        if self._read > self._most:
            raise Unreadable("file-too-large", limit=size_in_words(self._most))
        if self._read - self._record_from > RECORD_LIMIT:
            raise Unreadable("record-too-large", limit=size_in_words(RECORD_LIMIT))
        return chunk

    def has_end(self) -> bool:
        """Say whether the last bytes of the file close its first element, so that it is whole."""
        end = self._file.seek(0, io.SEEK_END)
        self._file.seek(max(0, end - _TAIL))
        return _END.search(self._file.read(_TAIL).replace(b"\0", b"")) is not None

    def is_utf16(self) -> bool:
        """Say whether the file begins as UTF-16 does; where it is read on is left as it is."""
        place = self._file.tell()
        self._file.seek(0)
        start = self._file.read(2)
        self._file.seek(place)
        return start in UTF16

    def record_ended(self) -> None:
        """Say that a record has been dealt with, so the next may be as large again."""
        self._record_from = self._read


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open bytes, a path or a binary file at its beginning; a path's file is closed afterwards."""
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, Path):
        try:
            file = source.open("rb")
        except OSError as fault:
            raise Unreadable("file-missing", why=fault.strerror or "it is not there") from None
        with file:
            yield file
    else:
        source.seek(0)
        yield source


def seekable(source: Source) -> Source:
    """The source itself, or the bytes of one that can be read once only, such as a pipe."""
    if isinstance(source, bytes | Path) or source.seekable():
        return source
    content = source.read(UPLOAD_LIMIT + 1)
    if len(content) > UPLOAD_LIMIT:
        raise Unreadable("file-too-large", limit=size_in_words(UPLOAD_LIMIT))
    return content


def begin(file: BinaryIO) -> None:
    """Refuse what does not begin as XML, and go to where it begins.

    Real files have BOMs and blank lines.
    """
    head = file.read(4096)
    if not head.strip(_SPACE):
        raise Unreadable("file-empty")
    if head.startswith(UTF16):
        file.seek(0)
        return
    body = head.removeprefix(_BOM_UTF8).lstrip(_SPACE)
    if (
        not body.startswith(b"<")
        or body[:9].lower() == b"<!doctype"
        or body[:5].lower() == b"<html"
    ):
        _refuse(body)
    file.seek(0 if head[0:1] == b"<" or head[3:4] == b"<" else len(head) - len(body))


def _refuse(body: bytes) -> None:
    looks = looks_like(body)
    if body[:9].lower() == b"<!doctype" and looks != WEB_PAGE:
        raise Unreadable("xml-doctype")
    raise Unreadable("not-xml", looks=looks)


def parse(
    file: Capped, *, events: tuple[str, ...] = ("end",), tag: Sequence[str] | None = None
) -> Iterator[tuple[str, etree._Element]]:
    """Yield elements as they start or end, hardened. Raises `Unreadable` where the file breaks."""
    steps = etree.iterparse(
        file if file.is_utf16() else WithoutNul(file), events=events, tag=tag,
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_blank_text=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        yield from steps
    except etree.XMLSyntaxError as fault:
        raise _in_words(fault, file) from None


def refuse_doctype(element: etree._Element) -> None:
    """Refuse a file with a DOCTYPE; called at its first element, before anything is used."""
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise Unreadable("xml-doctype")


def _in_words(fault: etree.XMLSyntaxError, file: Capped) -> Unreadable:
    text = (fault.msg or "").partition(", line ")[0].strip()
    code = int(getattr(fault, "code", 0))  # the type stubs do not know it
    line = fault.lineno or 1
    where = f"line {line}: {text}"
    if code == _TOO_MUCH:
        depth = "depth" in text.lower()
        return Unreadable("xml-too-deep" if depth else "record-too-large", limit="10 MB")
    if code in _WRONG_LETTERS:
        return Unreadable("xml-encoding", where, line=line)
    if code == _NO_CHARACTER:
        return Unreadable("xml-character", where, line=line, character=_character(text))
    if code in _AT_AN_END and not file.has_end():
        return Unreadable("xml-cut-off", f"line {line}", line=line)
    why = _WHY.get(code, "it does not follow the rules of such files")
    return Unreadable("xml-broken", where, line=line, why=why)


def _character(text: str) -> str:
    """A character by what it is called, out of what libxml2 says of it."""
    match = _NUMBER.search(text)
    if match is None:
        return "a control character"
    number = int(match[1], 16 if "0x" in text else 10)
    return f"a control character ({_CONTROLS.get(number, f'number {number}')})"
