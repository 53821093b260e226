"""Open a list, CSV or Excel, recognised by content and not by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onroll.tables.delimited import Delimited, Rows
from onroll.tables.excel import Sheet, sheets_of
from onroll.tables.heading import ENOUGH, CountColumns, fullest
from onroll.tables.letters import is_text
from onroll.tables.looks import OLE, has_password, looks_like
from onroll.tables.refusal import NoTable, Remark

_NO_LIST = (b"%PDF", OLE, b"<", b"\xef\xbb\xbf<")


@dataclass(frozen=True)
class Table:
    """A list: its heading and the rows below.

    `rows` can be read once. The remarks are complete after the last row.
    """

    sheet: str
    """The name of the sheet; empty for a CSV."""
    row: int
    names: tuple[str, ...]
    is_first: bool
    """Whether the heading is in the first row of the first sheet."""
    rows: Rows
    _remarks: Callable[[], tuple[Remark, ...]]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks for the sender: which sheet was read, what was left out, what was mended."""
        where = f"in the sheet “{self.sheet}”, " if self.sheet else ""
        read_from = Remark("list-read-from", {"where": where, "row": self.row})
        return (*(() if self.is_first else (read_from,)), *self._remarks())


def is_excel(content: bytes, *, name: str) -> bool:
    """Return whether the content is Excel rather than CSV. Raises `NoTable` for other files."""
    if content.startswith(b"PK"):
        return True
    if has_password(content):
        raise NoTable("file-password")
    if content.startswith(_NO_LIST) or not is_text(content):
        raise NoTable("sheet-type", name=name, looks=looks_like(content))
    return False


def open_table(content: bytes, *, name: str, count: CountColumns) -> Table:
    """Open a list: its heading and the rows below.

    `count` returns the number of known columns in a row; the heading is looked for in the first ten
    rows of each visible sheet. Raises `NoTable`.
    """
    if not content.strip():
        raise NoTable("file-empty")
    if is_excel(content, name=name):
        return _of_sheets(*sheets_of(content, name=name), count)
    text = Delimited(content, count)
    at = text.heading() or fullest(text.top)
    return Table("", at.row, at.names, at.row == 1, text.rows(at), lambda: text.remarks)


def _of_sheets(sheets: Sequence[Sheet], hidden: Sequence[str], count: CountColumns) -> Table:
    """Return the first sheet with `ENOUGH` known names in one row, else the first of all."""
    places = [sheet.heading(count) for sheet in sheets]
    lists = [n for n, place in enumerate(places) if place and place.columns >= ENOUGH]
    n = lists[0] if lists else 0
    sheet, at = sheets[n], places[n]
    at = at or fullest(sheet.top)
    is_first = sheet.place == 0 and at.row == 1
    remarks = _unread([sheets[n_other].name for n_other in lists[1:]], hidden)
    return Table(sheet.name, at.row, at.names, is_first, sheet.rows(at), lambda: remarks)


def _unread(unread: Sequence[str], hidden: Sequence[str]) -> tuple[Remark, ...]:
    return tuple(
        Remark(rule, {"sheet": sheet})
        for rule, names in (("list-sheet-too", unread), ("list-sheet-hidden", hidden))
        for sheet in names
    )
