"""How a file of children is read: CSV of any alphabet and delimiter, or Parquet."""

import csv
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
    names: Sequence[str] = ()
    """The columns of a Parquet file as it has them."""


def source_of(path: Path, connection: duckdb.DuckDBPyConnection, folder: Path) -> Source:
    """Return how to read a file; a copy that must be made of it lies in `folder`.

    Raises `CannotRead`.
    """
    if not path.is_file():
        raise CannotRead(f"There is no file {path}.")
    if is_parquet(path):
        rows = connection.execute(f"describe select * from {parquet(path, ())}").fetchall()
        names = [str(row[0]) for row in rows]
        return Source(parquet(path, names), _known(names, path), _unknown(names), names=names)
    _refuse_spreadsheets(path)
    text, lines = mended(path, folder)
    delimiter, header, above = _header(text)
    found = _known(header, path)
    kinds = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in _unique(header))
    spare = ", ".join(f"'_extra{n}': 'VARCHAR'" for n in range(_SPARE))
    source = (
        f"read_csv({quoted(str(text))}, header = true, skip = {above},"
        f" delim = {quoted(delimiter)}, quote = '\"', escape = '\"',"
        f" columns = {{{kinds}, {spare}}}, auto_detect = false, null_padding = true,"
        " strict_mode = false, parallel = false, ignore_errors = true, store_rejects = true)"
    )
    surplus = "concat_ws(',', " + ", ".join(f"_extra{n}" for n in range(_SPARE)) + ")"
    return Source(source, found, _unknown(header), surplus, lines)


def parquet(path: Path, names: Sequence[str], *, with_rows: bool = False) -> str:
    """Return SQL for a Parquet file whose columns are `names`, written as known ones are."""
    rows = ", file_row_number = true" if with_rows else ""
    source = f"read_parquet({quoted(str(path))}{rows})"
    plain = [(name, now) for name, now in zip(names, _unique(names), strict=True)
             if name.lower() != now]  # fmt: skip
    if not plain:
        return source
    renamed = ", ".join(f"{_ident(name)} as {_ident(now)}" for name, now in plain)
    return f"(select * rename ({renamed}) from {source})"


def _ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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


def _header(path: Path) -> tuple[str, list[str], int]:
    """Return what parts the values of a file, the names of its columns, and the lines above them.

    Those are empty, or tell Excel the delimiter.
    """
    with path.open("rb") as file:
        lines = (text.decode("utf-8-sig", "replace").strip("\r\n") for text in file)
        said = (found for found in enumerate(lines) if not _is_above(found[1]))
        above, line = next(said, (0, ""))
    delimiter = delimiter_of(line)
    return delimiter, next(csv.reader([line], delimiter=delimiter), []), above


def _is_above(line: str) -> bool:
    return not line.strip() or line.lower().startswith("sep=")


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
