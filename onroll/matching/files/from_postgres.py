"""A table or view of PostgreSQL as a list: `postgresql://user@host/database#schema.table`.

It is copied to a file of its own, readable by nobody else and removed afterwards. Passwords belong
in `~/.pgpass` or `PGPASSWORD`, not on a command line.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onroll.matching.files.sources import CannotRead

SCHEMES = ("postgresql://", "postgres://")


@contextmanager
def as_file(source: str) -> Iterator[Path]:
    """Give the file a list can be read from; raises `CannotRead` with a sentence."""
    if not source.startswith(SCHEMES):
        yield Path(source)
        return
    import psycopg  # A seventh of a second that files do not need.

    address, _, table = source.partition("#")
    if not table:
        raise CannotRead("Name the table after a #, as in postgresql://host/database#children.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.rpartition('.')[2]}.csv"
        try:
            _copy(address, table, path)
        except psycopg.Error as error:
            words = str(error).strip().splitlines()[0]
            raise CannotRead(f"{table} cannot be read from the database: {words}") from error
        yield path


def _copy(address: str, table: str, path: Path) -> None:
    import psycopg
    from psycopg import sql

    name = sql.Identifier(*table.split("."))
    query = sql.SQL("copy (select * from {}) to stdout (format csv, header)").format(name)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        connection.read_only = True
        with cursor.copy(query) as rows, path.open("wb") as file:
            for part in rows:
                file.write(part)
