"""How a file of children is read: CSV of any alphabet and delimiter, or Parquet."""

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from onroll.matching.records import FIELDS

_SPARE = 8
"""Columns kept for rows with more values than the header names."""


class CannotRead(ValueError):
    """A file that is no list of children; the message says why."""


def is_parquet(path: Path) -> bool:
    """Say whether a file is Parquet, by its name."""
    return path.suffix.lower() in (".parquet", ".pq")


def source_of(
    path: Path, connection: duckdb.DuckDBPyConnection
) -> tuple[str, tuple[str, ...], str]:
    """Return how to read a file, which known columns it has, and where surplus values stand."""
    if not path.is_file():
        raise CannotRead(f"There is no file {path}.")
    if is_parquet(path):
        source = f"read_parquet({quoted(str(path))})"
        rows = connection.execute(f"describe select * from {source}").fetchall()
        return source, _known([str(row[0]) for row in rows], path), ""
    text, delimiter, header = _header(path)
    found = _known(header, path)
    kinds = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in _unique(header))
    spare = ", ".join(f"'_extra{n}': 'VARCHAR'" for n in range(_SPARE))
    source = (
        f"read_csv({quoted(str(text))}, header = true, delim = {quoted(delimiter)}, quote = '\"',"
        f" escape = '\"', columns = {{{kinds}, {spare}}}, auto_detect = false, null_padding = true,"
        " strict_mode = false, parallel = false, ignore_errors = true, store_rejects = true)"
    )
    return source, found, "concat_ws(',', " + ", ".join(f"_extra{n}" for n in range(_SPARE)) + ")"


def _header(path: Path) -> tuple[Path, str, list[str]]:
    """Return the file as UTF-8, what parts its values, and the names of its columns."""
    with path.open("rb") as file:
        first = file.readline()
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or not _is_utf8(path):
        path = _as_utf8(path, "utf-16" if first[:1] in (b"\xff", b"\xfe") else "cp1252")
        with path.open("rb") as file:
            first = file.readline()
    line = first.decode("utf-8-sig", "replace").strip("\r\n")
    delimiter = max(",;\t|", key=line.count)
    return path, delimiter, next(csv.reader(io.StringIO(line), delimiter=delimiter), [])


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 22):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(path: Path, encoding: str) -> Path:
    """Write the file again as UTF-8; spreadsheets of older systems save in Windows' own."""
    with (
        path.open(encoding=encoding, errors="replace", newline="") as file,
        tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False, encoding="utf-8") as copy,
    ):
        while piece := file.read(1 << 22):
            copy.write(piece)
    return Path(copy.name)


def _known(header: Sequence[str], path: Path) -> tuple[str, ...]:
    if not any(header):
        raise CannotRead(f"{path.name} is empty.")
    found = tuple(_plain(name) for name in header)
    if "id" not in found:
        raise CannotRead(f"{path.name} has no column `id`. Its columns: {', '.join(header)}.")
    return tuple(name for name in FIELDS if name in found)


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
