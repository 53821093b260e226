"""How a file of children is read: CSV of any alphabet and delimiter, Excel, or Parquet."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onroll.matching.records.columns import FIELDS
from onroll.tables import NoTable, Remark
from onroll.tables.plain import plain_file

_SPARE = 8
"""Columns kept for rows with more values than the header names."""
_LACKING = "\x02"
"""No value is written so: what is null is a value that a short row does not have."""
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
    last: str = ""
    """The last column that has a name; a row that does not reach it is short."""
    remarks: tuple[Remark, ...] = ()
    """What is to be told of the file."""
    names: Sequence[str] = ()
    """The columns of a Parquet file as it has them."""


def source_of(path: Path, connection: duckdb.DuckDBPyConnection, folder: Path) -> Source:
    """Return how to read a file; a copy that must be made of it lies in `folder`.

    Raises `CannotRead`.
    """
    if path.is_dir():
        raise CannotRead(f"{path} is a folder; name one list in it.")
    if not path.exists():
        raise CannotRead(f"There is no file {path}.")
    if not path.is_file():
        path = _from_pipe(path, folder)
    if is_parquet(path):
        rows = connection.execute(f"describe select * from {parquet(path, ())}").fetchall()
        names = [str(row[0]) for row in rows]
        sql = parquet(path, names, with_rows=True)
        return Source(sql, _known(names, path), _unknown(names), names=names)
    try:
        plain = plain_file(path, folder, count=_named)
    except NoTable as refusal:
        raise CannotRead(_in_words(refusal, path)) from None
    fields, header = _known(plain.names, path), _unique(plain.names)
    kinds = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    spare = ", ".join(f"'_extra{n}': 'VARCHAR'" for n in range(_SPARE))
    source = (
        f"read_csv({quoted(str(plain.path))}, header = true, skip = {plain.above},"
        f" delim = {quoted(plain.delimiter)}, quote = '\"', escape = '\"',"
        f" nullstr = {quoted(_LACKING)},"
        f" columns = {{{kinds}, {spare}}}, auto_detect = false, null_padding = true,"
        " strict_mode = false, parallel = false, ignore_errors = true, store_rejects = true)"
    )
    surplus = "concat_ws(',', " + ", ".join(f"_extra{n}" for n in range(_SPARE)) + ")"
    return Source(source, fields, _unknown(plain.names), surplus, header[-1], plain.remarks)


def _in_words(refusal: NoTable, path: Path) -> str:
    """Return what is wrong with a list and what to do, its name once."""
    words = str(refusal)
    named = words if words.startswith(path.name) else f"{path.name}: {words}"
    return f"{named} {_TO_DO.get(refusal.rule, SAVE_AGAIN)}".rstrip()


SAVE_AGAIN = "Save it again as CSV or Excel, or ask for it again."
_TO_DO = {
    "file-empty": "Ask whoever made it for it again.",
    "file-missing": "",
    "file-too-large": "Save it as CSV.",
    "sheet-too-large": "Save it as CSV.",
    "sheet-too-long": "Save it as CSV.",
    "sheet-no-heading": "Put the name of each column above it.",
}


def _from_pipe(pipe: Path, folder: Path) -> Path:
    """Keep in `folder` what can be read once only."""
    copy = folder / f"{pipe.name}.piped"
    with pipe.open("rb") as source, copy.open("wb") as file:
        shutil.copyfileobj(source, file)
    return copy


def parquet(path: Path, names: Sequence[str], *, with_rows: bool = False) -> str:
    """Return SQL for a Parquet file whose columns are `names`, written as known ones are."""
    rows = ", file_row_number = true" if with_rows else ""
    source = f"read_parquet({quoted(str(path))}{rows})"
    plain = [(name, now) for name, now in zip(names, _unique(names), strict=True)
             if name.lower() != now]  # fmt: skip
    if not plain:
        return source
    renamed = ", ".join(f"{quoted_name(name)} as {quoted_name(now)}" for name, now in plain)
    return f"(select * rename ({renamed}) from {source})"


def quoted_name(name: str) -> str:
    """Return the name of a column as SQL writes one."""
    return '"' + name.replace('"', '""') + '"'


def rejected(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the lines of the file read last that could not be read at all, and forget them."""
    rows = connection.execute("select distinct line from reject_errors order by 1").fetchall()
    connection.execute("delete from reject_errors")
    return [int(row[0]) for row in rows]


def _named(row: Sequence[str]) -> int:
    """Count the names of columns that lists of children have."""
    return sum(_plain(name) in FIELDS for name in row)


def _known(header: Sequence[str], path: Path) -> tuple[str, ...]:
    fields = tuple(_plain(name) for name in header)
    if "id" not in fields:
        names = "".join(c for c in ", ".join(header)[:_SHOWN] if c.isprintable())
        raise CannotRead(f"{path.name} has no column `id`. Its columns: {names}.")
    twice = next((name for name in FIELDS if fields.count(name) > 1), None)
    if twice is not None:
        words = f"{path.name}: Two columns are both called “{twice}”; give each its own name."
        raise CannotRead(words)
    return tuple(name for name in FIELDS if name in fields)


def _unknown(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in header if name.strip() and _plain(name) not in FIELDS)


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _unique(header: Sequence[str]) -> list[str]:
    """Column names as the file has them, the second of two alike put aside."""
    unique: list[str] = []
    for name in header:
        plain = _plain(name) or "_unnamed"
        unique.append(f"_again{len(unique)}" if plain in unique else plain)
    return unique


def quoted(text: str) -> str:
    """Return a text as SQL writes one."""
    return "'" + text.replace("'", "''") + "'"
