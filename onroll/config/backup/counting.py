"""Fingerprint a database: its rows counted and hashed, and everything else hashed."""

import hashlib
import re
import subprocess

from psycopg import Connection, sql

from onroll.config import roles
from onroll.config.backup.clients import program, reach, why
from onroll.config.backup.manifest import BackupError, Content

AS_WRITTEN = (
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET timezone = 'UTC'",
    "SET datestyle = 'ISO, YMD'",
    "SET intervalstyle = 'postgres'",
    "SET extra_float_digits = 1",
    "SET bytea_output = 'hex'",
)
"""Settings by which values are written for the hash, whatever the server's own."""
TABLES = """SELECT n.nspname, c.relname, c.oid FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%'
    AND n.nspname <> 'information_schema' AND c.relpersistence <> 't' ORDER BY 1, 2"""
COLUMNS = """SELECT attname, atttypid = 'bytea'::regtype FROM pg_attribute
    WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
ROWS = """SELECT count(*), coalesce(sum(
    ('x' || encode(substr(sha256(convert_to(ROW({columns})::text, 'UTF8')), 1, 8), 'hex'))
    ::bit(64)::bigint::numeric), 0)::text FROM {table}"""
CASTS = re.compile(r"::(text|character varying(\(\d+\))?)(\[\])?|[()]")
"""Casts that PostgreSQL adds when it reads its own output again; they mean the same."""
SEQUENCES = (
    """SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences"""
)
ROLES = """SELECT r.rolname, concat_ws(',',
    CASE WHEN r.rolcanlogin THEN 'signs in' END, CASE WHEN r.rolsuper THEN 'superuser' END,
    CASE WHEN r.rolbypassrls THEN 'bypasses' END, CASE WHEN r.rolcreaterole THEN 'makes roles' END),
    coalesce((SELECT string_agg(g.rolname, ',' ORDER BY g.rolname) FROM pg_auth_members m
    JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid AND g.rolname = ANY(%s)), '')
    FROM pg_roles r WHERE r.rolname = ANY(%s) ORDER BY 1"""


def prepare(connection: Connection) -> None:
    """Set how values are written, and allow any running time."""
    for setting in AS_WRITTEN:
        connection.execute(setting)


def sequences(connection: Connection) -> dict[str, int]:
    """Return the last number of each sequence."""
    return dict(connection.execute(SEQUENCES).fetchall())


def tables(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return each table's number of rows and a hash of all of them, in no order."""
    rows = connection.execute(TABLES).fetchall()
    return {f"{schema}.{name}": _rows(connection, schema, name, oid) for schema, name, oid in rows}


def _rows(connection: Connection, schema: str, name: str, oid: int) -> tuple[int, str]:
    columns = [
        sql.SQL("sha256({})" if is_bytes else "{}").format(sql.Identifier(column))
        for column, is_bytes in connection.execute(COLUMNS, [oid]).fetchall()
    ]
    question = sql.SQL(ROWS).format(
        columns=sql.SQL(", ").join(columns), table=sql.Identifier(schema, name)
    )
    row = connection.execute(question).fetchone()
    assert row is not None
    return int(row[0]), hashlib.sha256(str(row[1]).encode()).hexdigest()


def our_roles(connection: Connection) -> dict[str, list[str]]:
    """Return the rights and memberships of Onroll's roles."""
    names = list(roles.ROLES)
    return {
        name: [attributes, member_of]
        for name, attributes, member_of in connection.execute(ROLES, [names, names]).fetchall()
    }


def schema(url: str, server: int) -> str:
    """Return a hash of all but the rows: tables, constraints, triggers, functions and rights."""
    dump = program("pg_dump", at_least=server)
    options, environment = reach(url)
    done = subprocess.run(
        [dump, "--schema-only", *options], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise BackupError(why(dump, done.stderr))
    lines = done.stdout.decode().splitlines()
    text = "\n".join(x for x in lines if x and not x.startswith(("--", "\\", "SET ")))
    text = CASTS.sub("", text)
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(connection: Connection, url: str) -> Content:
    """Return the fingerprint of a connection's database; `pg_dump` reaches the same by `url`."""
    prepare(connection)
    return Content(
        tables=tables(connection),
        schema=schema(url, connection.info.server_version // 10_000),
        sequences=sequences(connection),
        roles=our_roles(connection),
    )
