"""How a file of children is read: CSV of any alphabet and delimiter, or Parquet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onroll.matching.files.mending import delimiter_of, mended
from onroll.matching.records import FIELDS

_SPARE = 8
"""Columns kept for rows with more values than the header names."""
_SHOWN = 500
"""Of a heading that is none, so many characters are told."""


class CannotRead(ValueError):
    """A file that is no list of children; the message says why."""


def is_parquet(path: Path) -> bool:
    """Say whether a file is Parquet, by its name."""
    return path.suffix.lower() in (".parquet", ".pq")


@dataclass(frozen=True)
class Source:
    """How a file is read: SQL for its rows, its columns, where a row's surplus values stand."""

    sql: str
    found: tuple[str, ...]
    unknown: tuple[str, ...]
    surplus: str = ""
    mended: tuple[int, ...] = ()
    """Lines whose quotation marks were never closed."""


def source_of(path: Path, connection: duckdb.DuckDBPyConnection, folder: Path) -> Source:
    """Return how to read a file; a copy that must be made of it lies in `folder`.

    Raises `CannotRead`.
    """
    if not path.is_file():
        raise CannotRead(f"There is no file {path}.")
    if is_parquet(path):
        source = f"read_parquet({quoted(str(path))})"
        rows = connection.execute(f"describe select * from {source}").fetchall()
        names = [str(row[0]) for row in rows]
        return Source(source, _known(names, path), _unknown(names))
    _refuse_spreadsheets(path)
    text, lines = mended(path, folder)
    delimiter, header = _header(text)
    found = _known(header, path)
    kinds = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in _unique(header))
    spare = ", ".join(f"'_extra{n}': 'VARCHAR'" for n in range(_SPARE))
    source = (
        f"read_csv({quoted(str(text))}, header = true, delim = {quoted(delimiter)}, quote = '\"',"
        f" escape = '\"', columns = {{{kinds}, {spare}}}, auto_detect = false, null_padding = true,"
        " strict_mode = false, parallel = false, ignore_errors = true, store_rejects = true)"
    )
    surplus = "concat_ws(',', " + ", ".join(f"_extra{n}" for n in range(_SPARE)) + ")"
    return Source(source, found, _unknown(header), surplus, lines)


def rejected(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the lines of the file read last that could not be read at all, and forget them."""
    rows = connection.execute("select distinct line from reject_errors order by 1").fetchall()
    connection.execute("delete from reject_errors")
    return [int(row[0]) for row in rows]


def _refuse_spreadsheets(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4)
    if start in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise CannotRead(f"{path.name} is a spreadsheet. Save the list as CSV.")


def _header(path: Path) -> tuple[str, list[str]]:
    """Return what parts the values of a file, and the names of its columns."""
    with path.open("rb") as file:
        line = file.readline().decode("utf-8-sig", "replace").strip("\r\n")
    delimiter = delimiter_of(line)
    return delimiter, next(csv.reader(io.StringIO(line), delimiter=delimiter), [])


def _known(header: Sequence[str], path: Path) -> tuple[str, ...]:
    if not any(header):
        raise CannotRead(f"{path.name} is empty.")
    found = tuple(_plain(name) for name in header)
    if "id" not in found:
        names = "".join(c for c in ", ".join(header)[:_SHOWN] if c.isprintable())
        raise CannotRead(f"{path.name} has no column `id`. Its columns: {names}.")
    return tuple(name for name in FIELDS if name in found)


def _unknown(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in header if name.strip() and _plain(name) not in FIELDS)


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _unique(header: Sequence[str]) -> list[str]:
    """Column names as the file has them, the second of two alike put aside."""
    seen: list[str] = []
    for name in header:
        plain = _plain(name) or "_unnamed"
        seen.append(f"_again{len(seen)}" if plain in seen else plain)
    return seen


def quoted(text: str) -> str:
    """Return a text as SQL writes one."""
    return "'" + text.replace("'", "''") + "'"
