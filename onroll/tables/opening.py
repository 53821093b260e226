"""One way in to a list, whatever it comes in: CSV or Excel, told apart by content, not by name."""

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
    """A list: the row with the names of its columns, and the rows below.

    `rows` can be gone through once. What is to be told of the list is complete after the last.
    """

    sheet: str
    """The name of its sheet; of a CSV, nothing."""
    row: int
    names: tuple[str, ...]
    is_first: bool
    """Nothing was passed over on the way to the names: no other sheet and no row."""
    rows: Rows
    _remarks: Callable[[], tuple[Remark, ...]]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be told: where it was read, what was not, and what was mended."""
        where = f"in the sheet “{self.sheet}”, " if self.sheet else ""
        read_from = Remark("list-read-from", {"where": where, "row": self.row})
        return (*(() if self.is_first else (read_from,)), *self._remarks())


def is_excel(content: bytes, *, name: str) -> bool:
    """Say whether the content is an Excel file, and not a CSV. Raises `NoTable` for others."""
    if content.startswith(b"PK"):
        return True
    if has_password(content):
        raise NoTable("file-password")
    if content.startswith(_NO_LIST) or not is_text(content):
        raise NoTable("sheet-type", name=name, looks=looks_like(content))
    return False


def open_table(content: bytes, *, name: str, count: CountColumns) -> Table:
    """Find the names of the columns of a list, and the rows below them.

    `known` counts those of a row that are known. They are looked for in the first ten rows of each
    sheet that can be seen. Raises `NoTable`.
    """
    if not content.strip():
        raise NoTable("file-empty")
    if is_excel(content, name=name):
        return _of_sheets(*sheets_of(content, name=name), count)
    text = Delimited(content, count)
    at = text.heading() or fullest(text.top)
    return Table("", at.row, at.names, at.row == 1, text.rows(at), lambda: text.remarks)


def _of_sheets(sheets: Sequence[Sheet], hidden: Sequence[str], count: CountColumns) -> Table:
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
