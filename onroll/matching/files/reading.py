"""A list of children from CSV, Excel or Parquet, as columns; unusable values are reported."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from onroll.matching.files import cleaning
from onroll.matching.files.checks import file_problems, value_problems
from onroll.matching.files.problems import BadValue
from onroll.matching.files.sources import (
    CannotRead,
    Source,
    is_parquet,
    parquet,
    quoted_name,
    source_of,
)
from onroll.matching.records.arrays import Ints
from onroll.matching.records.columns import COLUMN_NAMES, FIELDS, NAME_FIELDS, Columns, empty_column
from onroll.matching.records.names import Names  # fmt: skip
from onroll.matching.records.packing import DISTRICT, pack_date

FROM = {
    "sex": "sex",
    "upn": "upn",
    "former_upn": "former_upn",
    "uln": "uln",
    "nhs_number": "nhs_number",
    "address": "address",
    "number": "address",
    "street": "address",
    "phone": "phone",
    "email": "email",
    "adult": "adult_surname",
}
"""The field that each column of numbers is worked out from."""
DAYS = {"dob": "dob", "starts": "from", "ends": "to"}
"""The field of each day."""
ROW = "rowid"
"""The number of a row: a table has it by itself, and of a Parquet file it is made."""


@dataclass
class ReadList:
    """A list as read: its columns, what was left out, and where its ids can be found again.

    The columns stand in an order that hangs on the ids and contents, not on the file's; `rows`
    has the row of the file for each place. `table` has the `id` of each `row`.
    """

    table: str
    columns: Columns
    rows: Ints
    problems: list[BadValue]
    connection: duckdb.DuckDBPyConnection

    def __len__(self) -> int:
        return len(self.columns)

    def places(self, rows: Ints) -> Ints:
        """Return the places of rows of the file, or -1 where a row repeats another."""
        inverse = np.full(1 + max(self.rows.max(initial=-1), rows.max(initial=-1)), -1, np.int64)
        inverse[self.rows] = np.arange(len(self))
        return inverse[rows]


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory."""
    connection = duckdb.connect()
    connection.execute("set threads = 2; set enable_progress_bar = false")
    return connection


def read_list(
    path: Path, table: str, names: Names, connection: duckdb.DuckDBPyConnection
) -> ReadList:
    """Read a list; raises `CannotRead`. Rows are put in the order of their ids and contents."""
    with tempfile.TemporaryDirectory() as folder:  # Children's records are left nowhere.
        try:
            source = source_of(path, connection, Path(folder))
            _load(connection, table, source)
        except duckdb.Error as error:
            words = str(error).splitlines()[0]
            raise CannotRead(f"{path.name} cannot be read: {words}") from error
    columns = _columns(connection, table, source.found, names)
    rows, doubled = _order(connection, table, [*FIELDS, *(["_extra"] if source.surplus else [])])
    problems = [
        *file_problems(connection, table, path.name, source),
        *value_problems(connection, table, path.name, source.found, columns, doubled),
    ]
    _keep_ids(connection, table, path, source)
    return ReadList(table, columns.take(rows), rows, problems, connection)


def _keep_ids(
    connection: duckdb.DuckDBPyConnection, table: str, path: Path, source: Source
) -> None:
    """Parquet is asked again when an id is wanted; of other files the ids are kept."""
    if is_parquet(path):
        rows = parquet(path, source.names, with_rows=True)
        named = cleaning.text("id", is_there=True)
        connection.execute(
            f"create view {table} as select file_row_number as row, {named} from {rows}"
        )
        connection.execute(f"drop view {table}_texts")
    else:
        connection.execute(f"create table {table} as select rowid as row, id from {table}_texts")
        connection.execute(f"drop table {table}_texts")


def _load(connection: duckdb.DuckDBPyConnection, table: str, source: Source) -> None:
    """Parquet is read where it lies, for each column again; all else is parsed once."""
    texts = ", ".join(cleaning.text(name, name in source.found) for name in FIELDS)
    surplus = ""
    if source.surplus:
        surplus = f", {source.surplus} as _extra, {quoted_name(source.last)} is null as _is_short"
    kind, row = ("table", "") if source.surplus else ("view", f"file_row_number as {ROW}, ")
    connection.execute(
        f"create {kind} {table}_texts as select {row}{texts}{surplus} from {source.sql}"
    )


def _in_order(
    connection: duckdb.DuckDBPyConnection, table: str, wanted: str
) -> dict[str, NDArray[Any]]:
    """Return what is wanted of each row, in the order of the rows of the file.

    DuckDB promises no order, and gives rows of a long list in another one as soon as a value is
    looked up in a list or a table: each child would have another's number.
    """
    texts = cleaning.ready(f"(select {ROW} as _row, * from {table}_texts)")
    fetched = connection.execute(f"select _row, {wanted} from {texts}").fetchnumpy()
    rows = fetched.pop("_row")
    if (rows[1:] > rows[:-1]).all():
        return fetched
    order = np.argsort(rows)
    return {name: column[order] for name, column in fetched.items()}


def _order(
    connection: duckdb.DuckDBPyConnection, table: str, texts: Sequence[str]
) -> tuple[Ints, bool]:
    """Return the rows by their ids and then their contents, and whether an id stands twice.

    A row that another repeats word for word is left out.
    """
    ids = _in_order(connection, table, "hash(id) as i")["i"]
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    if not (ordered[1:] == ordered[:-1]).any():
        return order, False
    whole = _in_order(connection, table, f"hash(row({', '.join(map(quoted_name, texts))})) as h")[
        "h"
    ]
    order = np.lexsort((whole, ids))
    sorted_ids, all_said = ids[order], whole[order]
    again = (sorted_ids[1:] == sorted_ids[:-1]) & (all_said[1:] == all_said[:-1])
    return order[np.append(True, ~again)], True


def _columns(
    connection: duckdb.DuckDBPyConnection, table: str, fields_read: Sequence[str], names: Names
) -> Columns:
    arrays = _name_places(connection, table, fields_read, names)
    if "postcode" in fields_read:
        arrays |= _postcodes(connection, table)
    arrays |= _days(
        connection, table, [name for name, field in DAYS.items() if field in fields_read]
    )
    numbers = [name for name, field in FROM.items() if field in fields_read]
    wanted = ", ".join(f"{cleaning.NUMBERS[name]} as {quoted_name(name)}" for name in numbers)
    rows = _in_order(connection, table, wanted or "1")
    arrays |= {name: np.ascontiguousarray(rows[name]).view(np.int64) for name in numbers}
    size = len(next(iter(rows.values())))
    return Columns(**{name: arrays.get(name, empty_column(size)) for name in COLUMN_NAMES})


def _postcodes(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Ints]:
    """Work each postcode out once, however many live there."""
    connection.execute("drop type if exists code")
    connection.execute(
        f"create type code as enum (select distinct postcode from {table}_texts order by 1)"
    )
    codes = connection.execute(
        f"select {cleaning.NUMBERS['postcode']} as n from"
        " (select unnest(enum_range(null::code))::varchar as postcode)"
    ).fetchnumpy()["n"]
    rows = _in_order(connection, table, "enum_code(postcode::code) as n")
    postcodes = np.asarray(codes, np.int64)[rows["n"]]
    return {"postcode": postcodes, "district": postcodes // DISTRICT}


def _days(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]
) -> dict[str, Ints]:
    """Read each text of a day once, by the reader that all lists have, however often it stands."""
    if not columns:
        return {}
    fields = [quoted_name(DAYS[name]) for name in columns]
    distinct_days = " union ".join(
        f"select distinct {field} as day from {table}_texts" for field in fields
    )
    rows = connection.execute(
        f"select day from ({distinct_days}) where day <> '' order by 1"
    ).fetchall()
    texts = [row[0] for row in rows]
    days = np.fromiter(map(pack_date, texts), np.int64, len(texts))
    connection.execute("drop type if exists day")
    connection.execute("create type day as enum (select unnest(?::varchar[]))", [["", *texts]])
    connection.execute(
        "create or replace temp table days as select unnest(?::varchar[]) as day",
        [[text for text, number in zip(texts, days, strict=True) if number]],
    )
    wanted = ", ".join(f"enum_code({field}::day)::bigint as {field}" for field in fields)
    day_codes = _in_order(connection, table, wanted)
    numbers = np.concatenate(([0], days))
    return {name: numbers[day_codes[DAYS[name]]] for name in columns}


def _name_places(
    connection: duckdb.DuckDBPyConnection, table: str, fields_read: Sequence[str], names: Names
) -> dict[str, Ints]:
    """Look each spelling up once, however many bear it."""
    fields = [name for name in NAME_FIELDS if name in fields_read]
    if not fields:
        return {}
    distinct_names = " union ".join(
        f"select distinct {name} as name from {table}_texts" for name in fields
    )
    rows = connection.execute(
        f"select name from ({distinct_names}) where name <> '' order by 1"
    ).fetchall()
    written = [row[0] for row in rows]
    places = names.places(written)
    connection.execute("drop type if exists spelling")
    connection.execute(
        "create type spelling as enum (select unnest(?::varchar[]))", [["", *written]]
    )
    table_of = np.concatenate(([0], places))
    wanted = ", ".join(f"enum_code({name}::spelling)::bigint as {name}" for name in fields)
    name_codes = _in_order(connection, table, wanted)
    return {name: table_of[name_codes[name]] for name in fields}
