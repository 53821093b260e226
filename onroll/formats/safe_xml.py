"""The only place XML of others is parsed. Hostile or broken XML is refused in words.

No DOCTYPE, no entities, no network, libxml2's limits on depth and size kept, and a cap on the
bytes of the file and of each record. Source: trust.md section 1.10.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from onroll.formats.nul import WithoutNul
from onroll.formats.problems import Unreadable

Source = bytes | Path | BinaryIO

UPLOAD_LIMIT = 20 * 1024**2
STREAM_LIMIT = 4 * 1024**3
RECORD_LIMIT = 8 * 1024**2

_BOM_UTF8 = b"\xef\xbb\xbf"
_BOMS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SPACE = b" \t\r\n"
_LOOKS = {
    b"PK": "a zip or Excel file",
    b"%PDF": "a PDF",
    b"\xd0\xcf": "an old Excel or Word file",
    b"\x1f\x8b": "a gzip file",
    b"{": "JSON",
}
# libxml2 error numbers: they are part of its interface and do not change.
_TOO_MUCH = 114
_WRONG_LETTERS = frozenset({9, 31, 32, 81, 6003})
_WHY = {
    1: "it uses an &...; that school data files do not have",
    4: "there is nothing in it",
    5: "something follows the end of the data",
    26: "it uses an &...; that school data files do not have",
    64: "the XML declaration is not at the very beginning",
    68: "there is a bare & or < in the text, which must be written &amp; or &lt;",
    73: "an element is not closed, or by the end of another",
    76: "an element is closed by the end of another",
    77: "it ends before it should",
}


def size_in_words(size: int) -> str:
    """`20 MB` for a number of bytes."""
    return f"{size // 1024**3} GB" if size >= 1024**3 else f"{size // 1024**2} MB"


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

    def is_utf16(self) -> bool:
        """Say whether the file begins as UTF-16 does; where it is read on is left as it is."""
        place = self._file.tell()
        self._file.seek(0)
        start = self._file.read(2)
        self._file.seek(place)
        return start in _BOMS_UTF16

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
    if head.startswith(_BOMS_UTF16):
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
    if body[:14].lower() == b"<!doctype html" or body[:5].lower() == b"<html":
        raise Unreadable("not-xml", looks="a web page")
    if body[:9].lower() == b"<!doctype":
        raise Unreadable("xml-doctype")
    looks = next((words for start, words in _LOOKS.items() if body.startswith(start)), "plain text")
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
        raise _in_words(fault) from None


def refuse_doctype(element: etree._Element) -> None:
    """Refuse a file with a DOCTYPE; called at its first element, before anything is used."""
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise Unreadable("xml-doctype")


def _in_words(fault: etree.XMLSyntaxError) -> Unreadable:
    text = (fault.msg or "").partition(", line ")[0].strip()
    code = int(getattr(fault, "code", 0))  # the type stubs do not know it
    if code == _TOO_MUCH:
        depth = "depth" in text.lower()
        return Unreadable("xml-too-deep" if depth else "record-too-large", limit="10 MB")
    if code in _WRONG_LETTERS:
        return Unreadable("xml-encoding")
    why = _WHY.get(code) or text or "it is not XML"
    return Unreadable("xml-broken", line=fault.lineno or 1, why=why)
