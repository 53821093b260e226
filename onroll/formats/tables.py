"""The rows of a CSV or XLSX file as text, within limits. Source: trust.md section 1.10."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from onroll.formats.nul import is_text, without_nul
from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import UPLOAD_LIMIT, Source, opened, size_in_words
from onroll.formats.workbook import DAMAGED, look


def table_rows(source: Source, *, name: str) -> Iterator[list[str]]:
    """The rows of a list. What it is is told by its content, not by its name."""
    with opened(source) as file:
        content = file.read(UPLOAD_LIMIT + 1)
    if len(content) > UPLOAD_LIMIT:
        raise Unreadable("file-too-large", limit=size_in_words(UPLOAD_LIMIT))
    if not content.strip():
        raise Unreadable("file-empty")
    if content.startswith(b"PK"):
        look(content, name=name)
        return _xlsx_rows(content)
    if content.startswith((b"%PDF", b"\xd0\xcf", b"<", b"\xef\xbb\xbf<")) or not is_text(content):
        raise Unreadable("sheet-type", name=name)
    return csv_rows(content)


def csv_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV: UTF-8 or Windows-1252; commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = without_nul(text)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as fault:
        raise Unreadable("sheet-broken", why=str(fault)) from None


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet of an Excel file."""
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError):
        raise Unreadable("sheet-broken", why=DAMAGED) from None
    for row in rows:
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """A cell as text: 7 for 7.0, a date as CCYY-MM-DD."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return without_nul(str(cell))
