"""A list of children from CSV or Parquet, as columns. A bad value is reported and left out."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from onroll.matching import cleaning
from onroll.matching.records import COLUMN_NAMES, FIELDS, NAME_FIELDS, Columns, Ints, Names

_SPARE = 8
"""Columns kept for rows with more values than the header names."""


class CannotRead(ValueError):
    """A file that is no list of children; the message says why."""


@dataclass(frozen=True)
class BadValue:
    """A value that was left out, and why."""

    file: str
    id: str
    field: str
    value: str
    words: str


@dataclass
class Listed:
    """A list as read: its columns, what was left out, and where its ids can be found again."""

    table: str
    columns: Columns
    problems: list[BadValue]
    connection: duckdb.DuckDBPyConnection

    def __len__(self) -> int:
        return len(self.columns)

    def ids(self, places: Sequence[int] | Ints) -> dict[int, str]:
        """Return the ids of some places."""
        wanted = sorted({int(place) for place in places})
        if len(wanted) * 3 > len(self.columns):
            found = self.connection.execute(f"select n, id from {self.table}")
        else:
            found = self.connection.execute(
                f"select n, id from {self.table} where n in (select unnest(?::bigint[]))", [wanted]
            )
        return dict(found.fetchall())


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory."""
    connection = duckdb.connect()
    connection.execute("set threads = 2; set preserve_insertion_order = false")
    return connection


def read_list(
    path: Path, table: str, names: Names, connection: duckdb.DuckDBPyConnection
) -> Listed:
    """Read a list; raises `CannotRead`. Rows are put in the order of their ids and contents."""
    try:
        source, found, extra = _source(path, connection)
        _load(connection, table, source, found, extra)
    except duckdb.Error as error:
        words = str(error).splitlines()[0]
        raise CannotRead(f"{path.name} cannot be read: {words}") from error
    columns = _columns(connection, table, names)
    problems = list(_problems(connection, table, path.name, found, columns))
    if extra:
        connection.execute(f"alter table {table} drop column _extra")
    connection.execute(f"create or replace table {table} as select n, id from {table}")
    return Listed(table, columns, problems, connection)


def _source(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[str, tuple[str, ...], str]:
    """Return how to read a file, which known columns it has, and where surplus values stand."""
    if not path.is_file():
        raise CannotRead(f"There is no file {path}.")
    if path.suffix.lower() in (".parquet", ".pq"):
        source = f"read_parquet({_quoted(str(path))})"
        rows = connection.execute(f"describe select * from {source}").fetchall()
        return source, _known([str(row[0]) for row in rows], path), ""
    text, delimiter, header = _header(path)
    found = _known(header, path)
    kinds = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in _unique(header))
    spare = ", ".join(f"'_extra{n}': 'VARCHAR'" for n in range(_SPARE))
    source = (
        f"read_csv({_quoted(str(text))}, header = true, delim = {_quoted(delimiter)}, quote = '\"',"
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


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    source: str,
    found: Sequence[str],
    extra: str,
) -> None:
    texts = ", ".join(cleaning.text(name, name in found) for name in FIELDS)
    surplus = f", {extra} as _extra" if extra else ""
    connection.execute(
        f"create table {table} as select row_number() over (order by id, h) - 1 as n,"
        f" * exclude (h) from (select *, hash(t) as h from"
        f" (select {texts}{surplus} from {source}) t) order by n"
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str, names: Names) -> Columns:
    found = _name_places(connection, table, names)
    numbers = [name for name in COLUMN_NAMES if name not in NAME_FIELDS]
    wanted = ", ".join(f"{cleaning.NUMBERS[name]} as {_ident(name)}" for name in numbers)
    rows = connection.execute(f"select {wanted} from {table} order by n").fetchnumpy()
    found |= {name: np.ascontiguousarray(rows[name]).view(np.int64) for name in numbers}
    return Columns(**found)


def _ident(name: str) -> str:
    return f'"{name}"'


def _name_places(
    connection: duckdb.DuckDBPyConnection, table: str, names: Names
) -> dict[str, Ints]:
    """Look each spelling up once, however many bear it."""
    each = " union ".join(f"select {name} as name from {table}" for name in NAME_FIELDS)
    rows = connection.execute(f"select name from ({each}) where name <> '' order by 1").fetchall()
    written = [row[0] for row in rows]
    places = names.places(written)
    connection.execute("drop type if exists spelling")
    connection.execute(
        "create type spelling as enum (select unnest(?::varchar[]))", [["", *written]]
    )
    table_of = np.concatenate(([0], places))
    wanted = ", ".join(f"enum_code({name}::spelling)::bigint as {name}" for name in NAME_FIELDS)
    found = connection.execute(f"select {wanted} from {table} order by n").fetchnumpy()
    return {name: table_of[found[name]] for name in NAME_FIELDS}


def _problems(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    file: str,
    found: Sequence[str],
    columns: Columns,
) -> Iterator[BadValue]:
    checked = [field for field in cleaning.CHECKS if field in found]
    for field in checked:
        number, words = cleaning.CHECKS[field]
        said = connection.execute(
            f"select count(*) from {table} where {_ident(field)} <> ''"
        ).fetchone()
        if said is None or said[0] == np.count_nonzero(getattr(columns, cleaning.COLUMN[field])):
            continue
        rows = connection.execute(
            f"select id, {_ident(field)} from {table} where {_ident(field)} <> '' and {number} = 0"
            " order by n"
        )
        yield from (BadValue(file, i, field, value, words) for i, value in rows.fetchall())
    no_id = connection.execute(f"select count(*) from {table} where id = ''").fetchone()
    if no_id and no_id[0]:
        yield BadValue(file, "", "id", "", f"{no_id[0]} rows have no id.")
    rows = connection.execute(
        f"select id, count(*) from {table} where id <> '' group by id having count(*) > 1"
        " order by id"
    )
    for i, times in rows.fetchall():
        yield BadValue(file, i, "id", i, f"This id stands in {times} rows.")
