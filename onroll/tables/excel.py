"""The sheets of an Excel file, their cells as text. Source: trust.md section 1.10."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from onroll.tables.delimited import WITHIN, Rows
from onroll.tables.heading import CountColumns, Place, find
from onroll.tables.letters import without_nul
from onroll.tables.panics import is_fault
from onroll.tables.refusal import NoTable
from onroll.tables.workbook import DAMAGED, look

T = TypeVar("T")
_LONG = 1e15
NO_TIME = "a cell is set to show a day or a time and holds a number that is none"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of an Excel file: its name, its place from 0, and its cells as text."""

    name: str
    place: int
    cells: list[list[str]]

    @property
    def top(self) -> list[list[str]]:
        """The first rows, among which the heading is looked for."""
        return self.cells[:WITHIN]

    def heading(self, count: CountColumns) -> Place | None:
        """Return the heading, or None."""
        return find(self.top, count)

    def rows(self, below: Place) -> Rows:
        """Yield the rows below the heading."""
        return iter(list(enumerate(self.cells, start=1))[below.row :])


def sheets_of(content: bytes, *, name: str) -> tuple[list[Sheet], list[str]]:
    """Return the visible sheets, and the names of the hidden ones.

    A hidden sheet often holds an older list. If all are hidden, the first counts as visible.
    """
    content = look(content, name=name)
    book = guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    names = [sheet.name for sheet in book.sheets_metadata]
    visible = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    visible = visible or names[:1]
    sheets = [
        Sheet(title, names.index(title), _cells(guarded(partial(book.get_sheet_by_name, title))))
        for title in visible
    ]
    if not sheets:
        raise NoTable("sheet-no-heading")
    return sheets, [title for title in names if title not in visible]


def _cells(sheet: CalamineSheet) -> list[list[str]]:
    rows = guarded(lambda: sheet.to_python(skip_empty_area=False))
    return [[_text(cell) for cell in row] for row in rows]


def guarded(do: Callable[[], T]) -> T:
    """Call the Excel reader; raise NoTable, in words, for whatever stops it.

    A panic in its Rust code is not an `Exception`; a date beyond the year 9999 overflows.
    """
    try:
        return do()
    except (CalamineError, ValueError, OSError):
        raise NoTable("sheet-broken", why=DAMAGED) from None
    except OverflowError:
        raise NoTable("sheet-broken", why=NO_TIME) from None
    except BaseException as fault:
        if not is_fault(fault):
            raise
        raise NoTable("sheet-broken", why=NO_TIME) from None


def _text(cell: object) -> str:
    """Return a cell as text: 7 for 7.0, a date as CCYY-MM-DD."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LONG:
        return str(int(cell))
    return without_nul(str(cell))
