"""The SQL of matching against children on record, one file a query, with named parameters."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

FEW = 32
"""The database keeps the plan of a query about no more children than this."""


def load(name: str) -> str:
    """Return the text of a query by the name of its file."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


def fetch(query: str, parameters: Mapping[str, object], *, children: int) -> list[tuple[Any, ...]]:
    """Run a query about at most so many children and return its rows.

    Up to `FEW` the database keeps the plan, since planning takes as long as running. Above that it
    plans anew: a stored plan may be older than a long list that was read since. Django's cursors
    store no plans, so this one is psycopg's, in the same transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(query, parameters, prepare=children <= FEW).fetchall()
