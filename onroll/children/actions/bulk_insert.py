"""Insert many rows of one table in one statement: they travel as one JSON value.

Django's `bulk_create` builds such a statement value by value; for a roll of 38,000 children that
was most of the time.
"""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

T = TypeVar("T", bound=Model)


def insert_many(rows: Iterable[T], *, ignore_conflicts: bool = False) -> list[T]:
    """Insert rows and return them with their ids. Call it inside a transaction.

    With `ignore_conflicts`, a row that breaks a unique constraint is not inserted, but is returned.
    """
    new = list(rows)
    if not new:
        return []
    table = new[0]._meta.db_table
    columns = [(field.column, field.attname) for field in new[0]._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column, _ in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [table, len(new)],
        )
        for row, (number,) in zip(new, cursor.fetchall(), strict=True):
            row.pk = number
        values = [{column: getattr(row, name) for column, name in columns} for row in new]
        cursor.execute(
            f'insert into "{table}" ({names}) select {names} '
            f'from jsonb_populate_recordset(null::"{table}", %s::jsonb)'
            + (" on conflict do nothing" if ignore_conflicts else ""),
            [json.dumps(values, default=_plain)],
        )
    for row in new:
        row._state.adding = False
    return new


def _plain(value: Any) -> str:
    """Return a date or time as PostgreSQL reads it."""
    return str(value.isoformat())
