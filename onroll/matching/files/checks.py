"""What is wrong with a list as read: columns, rows, values and ids."""

from collections.abc import Iterator, Sequence

import duckdb
import numpy as np

from onroll.matching.files import cleaning
from onroll.matching.files.problems import BadValue
from onroll.matching.files.sources import (
    Source,
    quoted_name,
    rejected,
)
from onroll.matching.records.columns import Columns
from onroll.placeholders import is_no_number

NOBODYS_NUMBER = "Its digits are one digit or count up: nobody's number; left out."
FEW = 10
"""Where more than one row in so many is short, short rows are a way of writing and no slip."""


def file_problems(
    connection: duckdb.DuckDBPyConnection, table: str, file: str, source: Source
) -> Iterator[BadValue]:
    """Yield what is wrong with columns and rows, before any value is looked at."""
    if source.unknown:
        yield BadValue(file, "", "", ", ".join(source.unknown), "Columns not known, so not read.")
    if not source.surplus:
        return
    for remark in source.remarks:
        yield BadValue(file, "", "line" if remark.row else "", str(remark.row or ""), remark.words)
    for line in rejected(connection):
        yield BadValue(file, "", "line", str(line), "This row cannot be read; left out.")
    rows = connection.execute(
        f"select id, rtrim(_extra, ',') from {table}_texts where trim(_extra, ',') <> ''"
        " order by all"
    )
    for i, value in rows.fetchall():
        words = "More values than columns: a comma may lack its quotation marks. The rest left out."
        yield BadValue(file, i, "", value, words)
    short = connection.execute(
        f"select id from {table}_texts where _is_short and"
        f" (select count(*) filter (_is_short) * {FEW} <= count(*) from {table}_texts) order by id"
    )
    for (i,) in short.fetchall():
        words = "Fewer values than columns: one may be lost, and others in the wrong column."
        yield BadValue(file, i, "", "", words)


def value_problems(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    file: str,
    columns_read: Sequence[str],
    columns: Columns,
    doubled: bool,
) -> Iterator[BadValue]:
    checked = [field for field in cleaning.CHECKS if field in columns_read]
    counts = ", ".join(
        f"count(*) filter ({quoted_name(field)} <> '')" for field in ("id", *checked)
    )
    counts_stated = connection.execute(f"select count(*), {counts} from {table}_texts").fetchall()[
        0
    ]
    for field, number_said in zip(checked, counts_stated[2:], strict=True):
        number, words = cleaning.CHECKS[field]
        if number_said == np.count_nonzero(getattr(columns, cleaning.COLUMN[field])):
            continue
        rows = connection.execute(
            f"select id, {quoted_name(field)} from {table}_texts where {quoted_name(field)} <> ''"
            f" and {number} = 0 order by id, {quoted_name(field)}"
        )
        yield from (
            BadValue(file, i, field, value, NOBODYS_NUMBER if is_no_number(value) else words)
            for i, value in rows.fetchall()
        )
    if counts_stated[0] > counts_stated[1]:
        lacking = counts_stated[0] - counts_stated[1]
        rows_have = "row has" if lacking == 1 else "rows have"
        yield BadValue(file, "", "id", "", f"{lacking} {rows_have} no id.")
    if not doubled:
        return
    rows = connection.execute(
        f"select id, count(*) from {table}_texts where id <> '' group by id having count(*) > 1"
        " order by id"
    )
    for i, times in rows.fetchall():
        yield BadValue(file, i, "id", i, f"This id stands in {times} rows.")
