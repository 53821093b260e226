"""Every table of casework is under the trail, and those that are not each have a reason."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from onroll.audit.exempt import EXEMPT, render
from onroll.audit.operations import ROWS, AuditTable, trigger_name

PAGE = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
QUERY = """
SELECT c.relname, coalesce(array_agg(t.tgname::text) FILTER (WHERE t.tgenabled = 'A'), '{}')
FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1
"""


def tables() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        return {name: set(triggers) for name, triggers in cursor.fetchall()}


def test_every_table_is_audited_or_exempt_for_a_reason(db: None) -> None:
    wanted = {trigger_name(verb) for verb in ROWS}
    bare = {name for name, triggers in tables().items() if not wanted <= triggers}
    assert bare - set(EXEMPT) == set(), "add AuditTable(...) to a migration of its app"


def test_no_exempt_table_is_audited_or_gone(db: None) -> None:
    wanted = {trigger_name(verb) for verb in ROWS}
    found = tables()
    audited = {name for name, triggers in found.items() if wanted <= triggers}
    assert not set(EXEMPT) & audited
    assert set(EXEMPT) <= set(found)


NAMED_COLUMNS = """
SELECT t.relname, named.name FROM (
    SELECT relname, tgrelid, string_to_array(encode(tgargs, 'escape'), '\\000') AS arguments
    FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'audited_insert'
) t, unnest(arguments[1] || string_to_array(arguments[3], ',')) AS named (name)
"""
"""The key of each audited table, and the columns that leave a hash, as its trigger names them."""


def test_the_trail_names_only_columns_that_are_there(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAMED_COLUMNS)
        named = set(cursor.fetchall())
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns")
        assert {("children_child", "search_keys"), ("intake_row", "said")} <= named
        assert named - set(cursor.fetchall()) == set(), "run AuditTable again without it"


def test_the_app_owns_nothing_and_may_truncate_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relowner = 'onroll_app'::regrole UNION ALL "
            "SELECT proname FROM pg_proc WHERE proowner = 'onroll_app'::regrole UNION ALL "
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = "
            "'onroll_app' AND privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
        )
        assert cursor.fetchall() == []


def test_the_app_may_do_no_more_with_the_trail_than_read_it_and_add_to_it(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT privilege_type FROM information_schema.role_table_grants "
            "WHERE grantee IN ('onroll_app', 'PUBLIC') AND table_schema = 'audit'"
        )
        assert cursor.fetchall() == [("SELECT",)]
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'audit'::regnamespace "
            "AND has_function_privilege('onroll_app', oid, 'EXECUTE') ORDER BY 1"
        )
        assert cursor.fetchall() == [("record_access",), ("record_security",)]


def test_the_recorders_keep_their_own_path_and_rights(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'audit'::regnamespace "
            "AND proname LIKE 'record_%' AND prosecdef AND proowner = 'onroll_audit'::regrole "
            "AND 'search_path=pg_catalog, pg_temp' = ANY (proconfig) ORDER BY 1"
        )
        names = [name for (name,) in cursor.fetchall()]
    assert names == ["record_access", "record_change", "record_security"]


def test_the_page_about_the_trail_lists_what_is_exempt() -> None:
    assert render() in PAGE.read_text(encoding="utf-8")


@pytest.fixture
def parcel(owner_connection: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """Give the owner's connection, with two tables under the trail that are taken away again."""
    owner_connection.execute(
        "CREATE TABLE parcel (id bigint PRIMARY KEY, child_id bigint, content bytea, note text);"
        "CREATE TABLE label (id bigint PRIMARY KEY, parcel_id bigint)"
    )
    outer = AuditTable("parcel", child_column="child_id", omit=("content", "note"))
    inner = AuditTable("label", through=("parcel_id", "parcel", "child_id"))
    for statement in (*outer.statements(), *inner.statements()):
        owner_connection.execute(statement)
    yield owner_connection
    owner_connection.execute("DROP TABLE parcel, label")


def last(owner: psycopg.Connection) -> tuple[object, ...]:
    found = owner.execute(
        "SELECT table_name, verb, row_key, child_ids, before, after FROM audit.change_event "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert found
    return found


def test_large_bytes_leave_a_hash_however_large(parcel: psycopg.Connection) -> None:
    """As text these bytes would be more than the database takes in one value."""
    parcel.execute("INSERT INTO parcel SELECT 1, 7, decode(repeat('00', 140000000), 'hex'), 'x'")
    *_, after = last(parcel)
    assert isinstance(after, dict)
    assert after["child_id"] == 7
    assert str(after["content"]).startswith("sha256:")
    assert str(after["note"]).startswith("sha256:")


def test_an_event_names_the_child_also_through_another_row(parcel: psycopg.Connection) -> None:
    parcel.execute("INSERT INTO parcel VALUES (1, 7, '', '')")
    parcel.execute("INSERT INTO label VALUES (5, 1)")
    assert last(parcel) == ("label", "insert", "5", [7], None, {"id": 5, "parcel_id": 1})


def test_a_row_that_goes_to_another_child_names_both(parcel: psycopg.Connection) -> None:
    parcel.execute("INSERT INTO parcel VALUES (1, 7, '', '')")
    parcel.execute("UPDATE parcel SET child_id = 8")
    assert last(parcel) == ("parcel", "update", "1", [7, 8], {"child_id": 7}, {"child_id": 8})


def test_a_key_that_changes_leaves_what_was_and_what_is(parcel: psycopg.Connection) -> None:
    parcel.execute("INSERT INTO label VALUES (5, NULL)")
    parcel.execute("UPDATE label SET id = 6")
    rows = parcel.execute(
        "SELECT row_key, before, after FROM audit.change_event WHERE verb = 'update' "
        "AND table_name = 'label' ORDER BY row_key"
    ).fetchall()
    assert rows == [
        ("5", {"id": 5, "parcel_id": None}, None),
        ("6", None, {"id": 6, "parcel_id": None}),
    ]


def test_saving_without_a_change_leaves_nothing(parcel: psycopg.Connection) -> None:
    parcel.execute("INSERT INTO label VALUES (5, 1)")
    was = last(parcel)
    parcel.execute("UPDATE label SET parcel_id = 1")
    assert last(parcel) == was


def test_emptying_a_table_as_its_owner_is_recorded_too(parcel: psycopg.Connection) -> None:
    parcel.execute("TRUNCATE label")
    assert last(parcel)[:2] == ("label", "truncate")


@pytest.mark.parametrize(
    "operation",
    [
        AuditTable("parcel", omit=("content", "bytes")),
        AuditTable("parcel", child_column="pupil_id"),
        AuditTable("parcel", key="ref"),
        AuditTable("label", through=("sack_id", "parcel", "child_id")),
        AuditTable("label", through=("parcel_id", "parcel", "pupil_id")),
    ],
)
def test_a_column_that_is_not_there_is_refused(
    parcel: psycopg.Connection, operation: AuditTable
) -> None:
    naming = operation.statements()[0]
    with pytest.raises(psycopg.errors.UndefinedColumn):
        parcel.execute(naming)


def test_the_operation_can_be_written_down() -> None:
    operation = AuditTable("a", child_column="child_id", omit=("b",), omitted_before=())
    name, args, kwargs = operation.deconstruct()
    assert (name, args, kwargs) == (
        "AuditTable",
        ["a"],
        {"child_column": "child_id", "omit": ("b",), "omitted_before": ()},
    )
    assert operation.describe() == "Record every change of a in the audit trail"
