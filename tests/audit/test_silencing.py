"""Whoever holds the app's own login tries to change the trail, or to change a row without a trace.

Source: trust.md finding 1 and 1.7. Each attempt is followed by a change of a person's name. Either
the database refuses, and nothing is changed; or the change stands, and the trail has it.
"""

import psycopg
import pytest

from onroll.accounts.models import User
from tests.environment import TEST_DATABASE

TABLES = ("change_event", "access_event", "security_event")
RENAME = "UPDATE public.accounts_user SET name = 'Renamed' WHERE id = %s"

REFUSED = {
    "update": "UPDATE audit.change_event SET actor = 'nobody'",
    "update of an access": "UPDATE audit.access_event SET actor = 'nobody'",
    "update of a security event": "UPDATE audit.security_event SET outcome = 'allowed'",
    "delete": "DELETE FROM audit.change_event",
    "truncate": "TRUNCATE audit.change_event",
    "direct insert": "INSERT INTO audit.change_event (table_name, verb) VALUES ('x', 'insert')",
    "copy into": "COPY audit.change_event (table_name, verb) FROM PROGRAM 'echo x'",
    "move the number on": "SELECT setval('audit.change_event_id_seq', 1)",
    "disable one trigger": "ALTER TABLE accounts_user DISABLE TRIGGER audited_update",
    "disable all triggers": "ALTER TABLE accounts_user DISABLE TRIGGER ALL",
    "drop the trigger": "DROP TRIGGER audited_update ON accounts_user",
    "switch the trigger in the catalogue": "UPDATE pg_trigger SET tgenabled = 'D'",
    "alter the trail": "ALTER TABLE audit.change_event ALTER actor DROP NOT NULL",
    "drop the trail": "DROP TABLE audit.change_event",
    "drop the schema": "DROP SCHEMA audit CASCADE",
    "drop an index": "DROP INDEX audit.change_event_child",
    "act as a replica": "SET session_replication_role = replica",
    "act as a replica, by function": "SELECT set_config('session_replication_role','replica',true)",
    "redefine the recorder": "CREATE OR REPLACE FUNCTION audit.record_change() RETURNS trigger "
    "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "weaken the recorder": "ALTER FUNCTION audit.record_change() SECURITY INVOKER",
    "redirect the recorder": "ALTER FUNCTION audit.record_change() SET search_path = public",
    "take the recorder": "ALTER FUNCTION audit.record_change() OWNER TO onroll_app",
    "call the recorder": "SELECT audit.record_change()",
    "a function ahead in the path": "CREATE FUNCTION public.to_jsonb(x accounts_user) "
    "RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'",
    "an operator ahead in the path": "CREATE OPERATOR public.= (LEFTARG = jsonb, "
    "RIGHTARG = jsonb, FUNCTION = jsonb_ne)",
    "a schema of one's own": "CREATE SCHEMA mine",
    "a temporary table in the way": "CREATE TEMP TABLE change_event (table_name text)",
    "a made-up event by a temporary table": "CREATE TEMP TABLE cases_case (id int); CREATE "
    "TRIGGER t AFTER INSERT ON cases_case EXECUTE FUNCTION audit.record_change('id', 'NULL', '')",
    "become the keeper": "SET ROLE onroll_audit",
    "become the owner": "SET ROLE onroll_owner",
    "become an administrator": "SET SESSION AUTHORIZATION postgres",
    "promote oneself": "ALTER ROLE onroll_app SUPERUSER",
    "join the keeper": "GRANT onroll_audit TO onroll_app",
    "take over what is owned": "REASSIGN OWNED BY onroll_audit TO onroll_app",
    "drop what is owned": "DROP OWNED BY onroll_audit",
    "grant oneself": "GRANT ALL ON audit.change_event TO onroll_app; "
    "DELETE FROM audit.change_event",
    "default rights": "ALTER DEFAULT PRIVILEGES FOR ROLE onroll_audit GRANT ALL ON TABLES "
    "TO onroll_app",
    "a trigger on the trail": "CREATE TRIGGER t BEFORE INSERT ON audit.change_event "
    "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a trigger before the recorder": "CREATE TRIGGER a BEFORE UPDATE ON accounts_user "
    "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a rule on the trail": "CREATE RULE r AS ON INSERT TO audit.change_event DO INSTEAD NOTHING",
    "a rule on the table": "CREATE RULE r AS ON UPDATE TO accounts_user DO INSTEAD NOTHING",
    "a policy on the trail": "ALTER TABLE audit.change_event ENABLE ROW LEVEL SECURITY",
    "lock the trail away": "LOCK TABLE audit.change_event IN ACCESS EXCLUSIVE MODE",
    "a child table": "CREATE TABLE quiet () INHERITS (audit.change_event)",
    "an event trigger": "CREATE EVENT TRIGGER e ON ddl_command_start "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a server setting": "ALTER SYSTEM SET session_replication_role = replica",
    "a setting of the database": (
        f"ALTER DATABASE {TEST_DATABASE} SET session_replication_role = off"
    ),
    "a setting of oneself": "ALTER ROLE onroll_app SET session_replication_role = replica",
    "untrusted code": "CREATE EXTENSION plpython3u",
    "empty the audited table": "TRUNCATE accounts_user CASCADE",
    "an actor that cannot be written down": "SELECT set_config('onroll.actor_id', 'zero', true)",
}
NOT_SILENCED = {
    "pgtrigger's switch": "SELECT set_config('pgtrigger.ignore', '{audited_update}', true)",
    "an empty path": "SET LOCAL search_path = ''",
    "a path to nowhere": "SET LOCAL search_path = nowhere, pg_temp",
    "no row security": "SET LOCAL row_security = off",
    "late constraints": "SET CONSTRAINTS ALL DEFERRED",
    "an advisory lock": "SELECT pg_advisory_xact_lock(1)",
    "no context at all": "RESET ALL",
    "another clock": "SET LOCAL TimeZone = 'Pacific/Kiritimati'",
    "odd bytes": "SET LOCAL bytea_output = 'escape'",
    "a prepared statement of the same name": "PREPARE record_change AS SELECT 1",
    "a swallowed error": "DO $$ BEGIN PERFORM 1/0; EXCEPTION WHEN OTHERS THEN NULL; END $$",
    "conditions turned round": "SET LOCAL transform_null_equals = on",
    "no hash, no merge, no scan": "SET LOCAL enable_hashjoin = off; SET LOCAL enable_seqscan = off",
}
OTHER_WAYS = {
    "a conflict": "INSERT INTO accounts_user (id, password, email, name, team, is_active, "
    "session_stamp) OVERRIDING SYSTEM VALUE SELECT id, '', email, '', '', true, '' FROM "
    "accounts_user ON CONFLICT (id) DO UPDATE SET name = 'Renamed'",
    "a merge": "MERGE INTO accounts_user u USING (SELECT 1) s ON true "
    "WHEN MATCHED THEN UPDATE SET name = 'Renamed'",
    "a part of a query": "WITH w AS (UPDATE accounts_user SET name = 'Renamed' RETURNING 1) "
    "SELECT count(*) FROM w",
    "a block of code": "DO $$ BEGIN UPDATE accounts_user SET name = 'Renamed'; END $$",
}


@pytest.fixture
def before(owner_connection: psycopg.Connection, olive: User) -> dict[str, tuple[object, ...]]:
    """Give the fingerprint of the trail as it stands."""
    return {table: fingerprint(owner_connection, table) for table in TABLES}


@pytest.mark.shows("privacy.every_look", "readme.trace", "security.trail")
@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses_to_tamper_with_the_trail(
    app: psycopg.Connection,
    owner_connection: psycopg.Connection,
    olive: User,
    before: dict[str, tuple[object, ...]],
    attempt: str,
) -> None:
    with pytest.raises(psycopg.Error):
        make_attempt(app, attempt, olive)
    olive.refresh_from_db()
    assert olive.name == "Olive Obi"
    assert_whole(owner_connection, before)


@pytest.mark.parametrize("attempt", NOT_SILENCED.values(), ids=NOT_SILENCED)
def test_a_change_leaves_its_event_whatever_was_set_before(
    app: psycopg.Connection,
    owner_connection: psycopg.Connection,
    olive: User,
    before: dict[str, tuple[object, ...]],
    attempt: str,
) -> None:
    make_attempt(app, attempt, olive)
    assert last_change(owner_connection) == ("update", str(olive.pk), {"name": "Renamed"})
    assert_whole(owner_connection, before)


@pytest.mark.parametrize("statement", OTHER_WAYS.values(), ids=OTHER_WAYS)
def test_every_way_to_change_a_row_leaves_an_event(
    app: psycopg.Connection, owner_connection: psycopg.Connection, olive: User, statement: str
) -> None:
    app.execute(statement)
    assert last_change(owner_connection) == ("update", str(olive.pk), {"name": "Renamed"})


def test_rows_copied_in_leave_events(
    app: psycopg.Connection, owner_connection: psycopg.Connection, olive: User
) -> None:
    columns = "password, email, name, team, is_active, session_stamp"
    with app.cursor().copy(f"COPY accounts_user ({columns}) FROM STDIN") as copy:
        copy.write_row(("", "quiet@harrow.example", "Quiet", "", True, ""))
    verb, _, after = last_change(owner_connection)
    assert verb == "insert"
    assert isinstance(after, dict)
    assert after["email"] == "quiet@harrow.example"


def test_a_change_that_is_taken_back_takes_its_event_back(
    app: psycopg.Connection,
    owner_connection: psycopg.Connection,
    olive: User,
    before: dict[str, tuple[object, ...]],
) -> None:
    with app.transaction():
        app.execute("SAVEPOINT s")
        app.execute(RENAME, [olive.pk])
        app.execute("ROLLBACK TO s")
    assert {table: fingerprint(owner_connection, table) for table in TABLES} == before


def test_a_person_taken_away_leaves_an_event(
    app: psycopg.Connection, owner_connection: psycopg.Connection, olive: User
) -> None:
    with app.transaction():
        app.execute("UPDATE accounts_user SET role = NULL")
        app.execute("DELETE FROM accounts_roleheld")
        app.execute("DELETE FROM account_emailaddress")
        app.execute("DELETE FROM accounts_user")
    verb, key, _ = last_change(owner_connection)
    assert (verb, key) == ("delete", str(olive.pk))


def test_secrets_leave_a_hash_in_the_trail_and_no_more(
    app: psycopg.Connection, owner_connection: psycopg.Connection, olive: User
) -> None:
    app.execute("UPDATE accounts_user SET password = 'a secret'")
    _, _, after = last_change(owner_connection)
    assert isinstance(after, dict)
    assert set(after) == {"password"}
    assert str(after["password"]).startswith("sha256:")


def test_not_even_the_keeper_of_the_trail_changes_it_by_accident(
    owner_connection: psycopg.Connection, olive: User
) -> None:
    owner_connection.execute("SET ROLE onroll_audit")
    for statement in ("UPDATE audit.change_event SET actor = ''", "DELETE FROM audit.access_event"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added to"):
            owner_connection.execute(statement)


def make_attempt(app: psycopg.Connection, attempt: str, olive: User) -> None:
    """Do what is attempted, and rename the person in the same transaction."""
    with app.transaction():
        for statement in attempt.split("; ") if "$$" not in attempt else [attempt]:
            app.execute(statement)
        app.execute(RENAME, [olive.pk])


def fingerprint(owner: psycopg.Connection, table: str, upto: object = None) -> tuple[object, ...]:
    """Return the last number of a table and a hash of every row up to it."""
    upto = upto or (owner.execute(f"SELECT max(id) FROM audit.{table}").fetchone() or [0])[0] or 0
    found = owner.execute(
        f"SELECT count(*), md5(string_agg(e::text, '|' ORDER BY id)) FROM audit.{table} e "
        "WHERE id <= %s",
        [upto],
    ).fetchone()
    assert found
    return (upto, *found)


def assert_whole(owner: psycopg.Connection, before: dict[str, tuple[object, ...]]) -> None:
    """Check that every row is still there, unchanged, and every trigger in its place."""
    for table, was in before.items():
        if was[0]:
            assert fingerprint(owner, table, was[0]) == was
    found = owner.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'accounts_user'::regclass "
        "AND tgname LIKE 'audited_%' AND tgenabled = 'A'"
    ).fetchone()
    assert found == (4,)


def last_change(owner: psycopg.Connection) -> tuple[object, ...]:
    """Return the last change event: its verb, the row's key and what the row became."""
    found = owner.execute(
        "SELECT verb, row_key, after FROM audit.change_event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert found
    return found
