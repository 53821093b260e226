"""Turn a list of any size into plain CSV: UTF-8, with closed quotation marks.

A file without faults is used as it is; of others a copy is written, line by line.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onroll.tables.delimited import WITHIN, delimiter_of, is_separator_line
from onroll.tables.heading import CountColumns, find, fullest
from onroll.tables.letters import Letters, encoding_of
from onroll.tables.looks import OLE
from onroll.tables.mending import whole_rows
from onroll.tables.opening import is_excel, open_table
from onroll.tables.refusal import NoTable, Remark, size_in_words

MOST_EXCEL = 200 * 1024**2
_SAMPLE = 64 * 1024
_PIECE = 1 << 22


@dataclass(frozen=True)
class Plain:
    """A plain CSV file: its path, the lines above its heading, and the columns."""

    path: Path
    above: int
    delimiter: str
    names: tuple[str, ...]
    remarks: tuple[Remark, ...]


def plain_file(path: Path, folder: Path, *, count: CountColumns) -> Plain:
    """Return a list as plain CSV; a copy, if one is needed, is written into `folder`.

    `count` returns the number of known columns in a row. Raises `NoTable`.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        if start.startswith(OLE):  # what it is stands anywhere in it
            start += file.read(MOST_EXCEL)
    if not start.strip():
        raise NoTable("file-empty")
    if is_excel(start, name=path.name):
        return _of_excel(path, folder, count)
    remarks: list[Remark] = []
    if not _is_utf8(path, start) or _is_old_mac(path):
        path, remark = _in_utf8(path, folder)
        remarks += remark
    delimiter, above, row, names, passed = _heading(path, count)
    if passed:
        remarks.insert(0, Remark("list-read-from", {"where": "", "row": row}))
    if _has_open_line(path):
        path, remark = _mended(path, folder, len(names), delimiter)
        remarks += remark
    return Plain(path, above, delimiter, names, tuple(remarks))


def _of_excel(path: Path, folder: Path, count: CountColumns) -> Plain:
    if path.stat().st_size > MOST_EXCEL:
        raise NoTable("file-too-large", limit=size_in_words(MOST_EXCEL))
    table = open_table(path.read_bytes(), name=path.name, count=count)
    copy = folder / f"{path.stem}.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.names)
        writer.writerows(cells for _, cells in table.rows)
    return Plain(copy, 0, ",", table.names, table.remarks)


def _is_utf8(path: Path, start: bytes) -> bool:
    if encoding_of(start) != "utf-8":
        return False
    try:
        with path.open(encoding="utf-8") as file:
            while piece := file.read(_PIECE):
                if "\0" in piece:
                    return False
    except UnicodeDecodeError:
        return False
    return True


def _is_old_mac(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\r" in file.readline(_PIECE).rstrip(b"\r\n")


def _in_utf8(path: Path, folder: Path) -> tuple[Path, tuple[Remark, ...]]:
    copy = folder / f"{path.stem}-utf-8.csv"
    with path.open("rb") as file, copy.open("w", encoding="utf-8", newline="") as out:
        letters = Letters(file)
        out.writelines(letters)
    return copy, letters.remarks


def _heading(path: Path, count: CountColumns) -> tuple[str, int, int, tuple[str, ...], bool]:
    """Return the separator and the number of lines above the heading.

    Then the row of the heading, its cells, and whether anything above it is worth a remark.
    """
    with path.open(encoding="utf-8-sig") as file:
        first = [file.readline(_PIECE) for _ in range(WITHIN)]
    delimiter = delimiter_of(first, count)
    above, top = [], list[list[str]]()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for row in _rows(reader):
            top.append(row)
            above.append(reader.line_num)
            if len(top) == WITHIN:
                break
    at = find(top, count) or fullest(top)
    passed = [row for row in top[: at.row - 1] if any(map(str.strip, row))]
    is_worth = any(not is_separator_line(delimiter.join(row).strip()) for row in passed)
    return delimiter, above[at.row - 2] if at.row > 1 else 0, at.row, at.names, is_worth


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows of a CSV; a row with a value too long to be real is empty."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def _has_open_line(path: Path) -> bool:
    with path.open("rb") as file:
        return any(line.count(b'"') % 2 for line in file)


def _mended(
    path: Path, folder: Path, width: int, delimiter: str
) -> tuple[Path, tuple[Remark, ...]]:
    copy, lines = folder / f"{path.stem}-mended.csv", []
    with (
        path.open(encoding="utf-8-sig", newline="") as file,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        for number, text, was_open in whole_rows(file, width, delimiter):
            out.write(text)
            if was_open:
                lines.append(number)
    return copy, tuple(Remark("row-quotation", {"row": line}, line) for line in lines)
