"""Open any file that Onroll reads: one way for pages, drop folders and `onroll check`.

The content decides what a file is; its name helps only if plain text could be anything.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import Protocol

from onroll.formats import safe_xml
from onroll.formats.archive import unzip_safely
from onroll.formats.packed import Shape, shape_of_packed
from onroll.formats.problems import Problem, Unreadable
from onroll.formats.reading import Reader
from onroll.formats.records import Header, PupilRecord
from onroll.formats.safe_xml import Source, opened
from onroll.formats.sheets import RollReader
from onroll.tables.letters import UTF16, encoding_of
from onroll.tables.looks import NOT_BY_SYSTEMS, OLE, has_password, looks_like
from onroll.tables.refusal import size_in_words

_TEXTS = (".csv", ".txt", ".tsv")


class FileReader(Protocol):
    """A file being read: its head at once, then a record at a time; `problems` are the file's own.

    Each record carries its own problems. Those of the file are complete only at the end.
    """

    header: Header
    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[PupilRecord]:
        """Yield the records in order. Raises `Unreadable` where the file turns out broken."""


def shape_of(source: Source, *, name: str) -> Shape:
    """Return what kind of file this is. Raises `Unreadable` for empty and unknown files."""
    with opened(source) as file:
        head = file.read(4096)
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise Unreadable("file-empty", name)
    if body.startswith(b"PK"):
        return shape_of_packed(source, name)
    ending = PurePath(name).suffix.lower()
    if (looks := looks_like(head)) in NOT_BY_SYSTEMS and ending != ".xml":
        raise Unreadable("file-kind", name, name=name, looks=looks)
    if body.startswith(b"<") or (head.startswith(UTF16) and _begins_as_xml(head)):
        return Shape.XML
    if head.startswith(OLE) and _is_locked(source):
        raise Unreadable("file-password", name)
    is_wide = encoding_of(head) != "utf-8" and not _begins_as_xml(head)
    looks = "plain text" if is_wide else looks_like(head)
    if looks == "plain text" and ending in _TEXTS:
        return Shape.LIST
    if looks == "plain text" and ending == ".xml":
        raise Unreadable("not-xml", name, looks=looks)
    raise Unreadable("file-kind", name, name=name, looks=looks)


def _is_locked(source: Source) -> bool:
    with opened(source) as file:
        return has_password(file.read(safe_xml.UPLOAD_LIMIT))


def _begins_as_xml(head: bytes) -> bool:
    text = head.decode(encoding_of(head), errors="replace")
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def steady(path: Path) -> bytes | Path:
    """Return the path, or the bytes of a source that can be read only once, such as a pipe."""
    if path.is_file() or path.is_dir() or not path.exists():
        return path
    with path.open("rb") as pipe:
        content = pipe.read(safe_xml.UPLOAD_LIMIT + 1)
    if len(content) > safe_xml.UPLOAD_LIMIT:
        limit = size_in_words(safe_xml.UPLOAD_LIMIT)
        raise Unreadable("file-too-large", limit=limit)
    return content


def files_in(source: bytes | Path, *, name: str) -> Iterator[tuple[str, bytes | Path]]:
    """Yield a file with its name, or each file of a zip. Raises `Unreadable`, perhaps midway."""
    if shape_of(source, name=name) is Shape.ZIP:
        yield from unzip_safely(source)
    else:
        yield name, source


def open_file(
    source: Source,
    *,
    name: str,
    on: date | None = None,
    mapping: Mapping[str, str] | None = None,
    most: int = safe_xml.STREAM_LIMIT,
) -> FileReader:
    """Open a school's file or a list: the head at once, then record by record.

    `on` is the day it came, by which a list's dates are checked; `mapping` says which column of a
    list fills which field; `most` is the most bytes read. Raises `Unreadable` here and while it is
    read; use nothing before the end.
    """
    shape = shape_of(source, name=name)
    if shape is Shape.LIST:
        return RollReader(source, name=name, mapping=mapping, on=on)
    if shape is Shape.ZIP:
        raise Unreadable("file-kind", name, name=name, looks="a zip file")
    return Reader(source, name=name, most=most)
