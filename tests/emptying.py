"""Empties the tables after a test that wrote for good: what was written goes, and nothing else.

Django's own way makes every table anew, full or not, and then asks twice for each package which
types and permissions there are, and writes them again: most of the time of a small test. Here types
and permissions stay. Our own server's administrator deletes rows, which is quick where there are
few, and passes over what watches each row; the owner, on a server that was given, may only
TRUNCATE.
"""

import psycopg

STAY = ("auth_permission", "django_content_type", "django_migrations", "onroll_cache")
TABLES = """
SELECT string_agg(format('%%I.%%I', schemaname, tablename), ', ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> ALL(%s)
"""
ROWS_OF = """
DO $$
DECLARE
    name regclass;
    has_rows boolean;
BEGIN
    LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;  -- waits for processes that a test killed
    SET LOCAL session_replication_role = replica;
    FOREACH name IN ARRAY '{{{tables}}}'::regclass[] LOOP
        IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = name AND tgenabled = 'A') THEN
            -- What may never be deleted, whoever asks: emptied whole, where there is something.
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO has_rows;
            IF has_rows THEN EXECUTE format('TRUNCATE %s CASCADE', name); END IF;
        ELSE
            EXECUTE format('DELETE FROM %s', name);
        END IF;
    END LOOP;
END $$
"""
TYPES_OF_TESTS = "DELETE FROM django_content_type WHERE app_label IN ('tests', 'left')"
TRAIL = ("change_event", "access_event", "security_event")


def empty_as_administrator(url: str) -> None:
    """Empty all tables of a server of the tests' own, the trail too: a later test counts it."""
    with psycopg.connect(url) as administrator:
        administrator.execute(ROWS_OF.format(tables=_tables(administrator)))
        administrator.execute(TYPES_OF_TESTS)
        for table in TRAIL:
            if administrator.execute(f"SELECT FROM audit.{table} LIMIT 1").rowcount:
                administrator.execute(
                    f"ALTER TABLE audit.{table} DISABLE TRIGGER only_ever_added_to;"
                    f"TRUNCATE audit.{table};"
                    f"ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER only_ever_added_to"
                )


def empty_as_owner(url: str) -> None:
    """Empty all tables of a server that was given; only an administrator could empty the trail."""
    with psycopg.connect(url) as owner:
        owner.execute(f"TRUNCATE {_tables(owner)}")
        owner.execute(TYPES_OF_TESTS)


def _tables(connection: psycopg.Connection) -> str:
    """Return the names of all that may have rows, with commas."""
    found = connection.execute(TABLES, [list(STAY)]).fetchone()
    assert found is not None
    return str(found[0])
