"""The rows of a CSV or XLSX file as text, within limits. Source: trust.md section 1.10."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from onroll.formats.looks import UTF16, looks_like
from onroll.formats.nul import is_text, without_nul
from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import UPLOAD_LIMIT, Source, opened, size_in_words
from onroll.formats.workbook import DAMAGED, look

Rows = Iterator[list[str]]
T = TypeVar("T")
HEADING_WITHIN = 10
"""School systems print a title, a day and blank lines above the names of the columns."""


def table_rows(source: Source, *, name: str) -> Rows:
    """The rows of a list. What it is is told by its content, not by its name.

    Of an Excel file those of the first sheet that is not hidden.
    """
    content = _content(source)
    if is_excel(content, name=name):
        return _sheet_rows(_shown(_workbook(content))[0])
    return csv_rows(content)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of an Excel file by its name and place; a CSV is one without a name."""

    name: str
    place: int
    rows: Callable[[], Rows]


def sheets_of(source: Source, *, name: str) -> list[Sheet]:
    """Each sheet that is not hidden: a hidden one often holds an older list."""
    content = _content(source)
    if not is_excel(content, name=name):
        return [Sheet("", 0, partial(csv_rows, content))]
    book = _workbook(content)
    places = {one.name: place for place, one in enumerate(book.sheets_metadata)}
    return [Sheet(one.name, places[one.name], partial(_sheet_rows, one)) for one in _shown(book)]


def is_excel(content: bytes, *, name: str) -> bool:
    """Say whether the content is an Excel file, and not a CSV. Raises `Unreadable` for others."""
    if content.startswith(b"PK"):
        look(content, name=name)
        return True
    is_readable = content.startswith(UTF16) or is_text(content)
    if content.startswith((b"%PDF", b"\xd0\xcf", b"<", b"\xef\xbb\xbf<")) or not is_readable:
        raise Unreadable("sheet-type", name, name=name, looks=looks_like(content))
    return False


def csv_rows(content: bytes) -> Rows:
    """The rows of a CSV: UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs."""
    text = without_nul(_decoded(content))
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], f"\n{rest}"  # rows keep their numbers
    delimiter = delimiter or _delimiter(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as fault:
        raise Unreadable("sheet-broken", why=_WHY.get(str(fault), str(fault))) from None


_WHY = {
    "unexpected end of data": "a quotation mark is opened and never closed",
}


def _decoded(content: bytes) -> str:
    if content.startswith(UTF16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """What parts the values: judged by the line of the first ten that is parted most."""
    lines = text.splitlines()[:HEADING_WITHIN]
    counts = {mark: max((line.count(mark) for line in lines), default=0) for mark in ",;\t"}
    return max(counts, key=lambda mark: counts[mark])


def _content(source: Source) -> bytes:
    with opened(source) as file:
        content = file.read(UPLOAD_LIMIT + 1)
    if len(content) > UPLOAD_LIMIT:
        raise Unreadable("file-too-large", limit=size_in_words(UPLOAD_LIMIT))
    if not content.strip():
        raise Unreadable("file-empty")
    return content


def _workbook(content: bytes) -> CalamineWorkbook:
    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))


def _shown(book: CalamineWorkbook) -> Sequence[CalamineSheet]:
    names = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    return [_guarded(partial(book.get_sheet_by_name, name)) for name in names] or [
        _guarded(lambda: book.get_sheet_by_index(0))
    ]


def _sheet_rows(sheet: CalamineSheet) -> Rows:
    for row in _guarded(lambda: sheet.to_python(skip_empty_area=False)):
        yield [_text(cell) for cell in row]


def _guarded(do: Callable[[], T]) -> T:
    """Ask the Excel reader for something; whatever stops it is a refusal in words.

    A panic in its Rust is no `Exception`, and a moment beyond the year 9999 overflows.
    """
    try:
        return do()
    except (CalamineError, ValueError, OSError):
        raise Unreadable("sheet-broken", why=DAMAGED) from None
    except OverflowError:
        raise Unreadable("sheet-broken", why=NO_TIME) from None
    except BaseException as fault:
        if type(fault).__module__ != "pyo3_runtime":
            raise
        raise Unreadable("sheet-broken", why=NO_TIME) from None


NO_TIME = "a cell is set to show a day or a time and holds a number that is none"


def _text(cell: object) -> str:
    """A cell as text: 7 for 7.0, a date as CCYY-MM-DD."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return without_nul(str(cell))
