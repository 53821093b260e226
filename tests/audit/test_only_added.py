"""What says that it is only added to is so for whoever holds the app's own login."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import CASCADE, ForeignKey, Model
from django.utils import timezone

from onroll.audit.only_added import ONLY_ADDED, OnlyAdded, render
from onroll.cases import actions as cases
from onroll.children import actions as children
from onroll.children.actions import undo_changes
from onroll.children.models import Basis
from onroll.clocks.models import DeadlineChange
from onroll.demo.fates import fates_of
from onroll.intake import actions as intake
from onroll.intake import tasks
from onroll.intake.models import Decision, Row
from tests import files, routes
from tests.proof import facts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
PROMISES = re.compile(
    r"only (ever )?added|rows are added|never (be )?(changed|edited|deleted)|frozen|stays on record"
    r"|as it was received|outlives|one telling|one more time that",
    re.IGNORECASE,
)
MAY_CHANGE = {
    "advice_furthercheck": "answer answered_at answered_by_id outcome",
    "advice_pupilmessage": "answer answered_at answered_by_id bases disclosure_id method record_id "
    "told why_sure",
    "cases_actionpoint": "case_id result is_given_up done_on done_at done_by_id goes_on_with "
    "goes_on_at goes_on_by_id",
    "cases_seal": "ended_at ended_by_id ended_why",
    "cases_sealproposal": "answer answered_at answered_by_id is_agreed",
    "glass_breakglass": "judged_at judged_by_id verdict verdict_words",
    "cases_warningnote": "ended_at ended_by_id ended_why review_on",
    "referrals_notification": "read_at read_by_id",
    "referrals_homeeducationreport": "received_at received_by_id",
    "children_merge": "agreed_at agreed_by_id refused_at refused_by_id refused_why undone_at "
    "undone_by_id undone_why moved",
    "children_notsame": "withdrawn_at withdrawn_by_id withdrawn_why",
    "documents_document": "scan scanned_at signature tries",
    "enquiries_enquiry": "case_id stage",
    "enquiries_enquiryentry": "case_id read_at read_by_id",
    "meetings_agendaitem": "words talked_at talked_by_id removed_at removed_by_id removed_why",
    "case_audits_caseaudit": "ended_at ended_by_id",
    "case_audits_samplecase": (
        "answers remarks grade good graded_at graded_by_id left_out_at left_out_by_id left_out_why"
    ),
    "record_casefile": "case_id",
    "record_familytelling": "case_id",
    "record_complaint": "case_id answer answered_at answered_by_id answered_on",
    "sharing_disclosure": "withdrawn_at withdrawn_by_id withdrawn_why",
    "intake_decision": "child_id",
    "referrals_quarantine": "answer answered_at answered_by_id why",
    "referrals_referredchild": "case_id",
    "cases_closing": "undone_at",
    "cases_riskchoice": "ended_at",
    "cases_casereview": "level at by_id whereabouts done decisions next_on risks_id",
    "cases_managerquestion": "decision why answered_at answered_by_id read_at read_by_id",
    "cases_sighting": (
        "answer answered_at answered_by_id care_at care_by_id care_name care_on care_team "
        "care_why_not withdrawn_at withdrawn_by_id withdrawn_why"
    ),
    "children_correction": "child_id",
    "children_detail": "child_id",
}
KEEPS = {
    "intake_transfer": "ref sha256 document_id",
    "intake_row": "transfer_id number purpose said fingerprint",
    "referrals_hubdecision": "ref entry_id decision why by_id at authority_id passed_how "
    "is_whereabouts_known risk greater_risks is_serious call_with call_at has_social_worker "
    "social_worker social_worker_on police_by police_reference police_why_not "
    "care_name care_team care_on care_why_not contradicts contradicts_why",
    "referrals_referral": "ref sent_at made_by_id relation referrer_name referrer_contact worry "
    "depth school_id answers missing missing_why channel taken_by typed_at "
    "has_time",
}
NEW = {
    "ARRAY": "array_append({0}, '!')",
    "boolean": "NOT {0}",
    "bytea": "'\\x00'::bytea",
    "date": "coalesce({0}, current_date) + 1",
    "jsonb": "'[1]'::jsonb",
}
"""Another value of a column, by its type; numbers and words have theirs below."""


@pytest.fixture
def world(db: None) -> routes.World:
    """Give a world in which each of these tables has a row."""
    world = routes.build()
    at = timezone.now()
    cases.add_note(case=world.ours, text="Rang.", by=world.people.olive, at=at)
    clock = world.ours.deadlines.get(clock="first_enquiries_5")
    cases.move_deadline(
        case=world.ours, deadline=clock, due_on=clock.due_on, why="x", by=world.people.olive, at=at
    )
    again = files.cml(files.pupil(surname="A", forename="B", born=at.date()), made=at.date())
    for _ in range(2):
        received = intake.receive_file(content=again, name="twice.xml", how="command", at=at)
    tasks.take_through(received.transfer.pk, at=at, actor="test")
    row = Row.objects.filter(stage="unsure").first()
    assert row is not None
    intake.set_aside(row=row, why="Not sure.", by=world.people.olive, at=at)
    assert Decision.objects.exists()
    children.correct(
        child=world.ours.child,
        facts=children.Background({"first_language": "POL"}),
        evidence=children.Evidence("The mother", Basis.TOLD, ""),
        by=world.people.max,
        at=at,
    )
    cases.close_case(
        case=world.ours,
        outcome="on_roll",
        facts=facts(on=at.date()),
        why="Seen.",
        by=world.people.olive,
        at=at,
        explained=("place", "closed_day"),
        explanation="St Ann's sent no leaver's file; the school is open on Saturdays.",
        fates=fates_of(world.ours),
    )
    return world


def columns(table: str) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        yield from cursor.fetchall()


def is_refused(statement: str) -> bool:
    """Say whether the database refuses to change or delete a row that is there."""
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement)
                assert cursor.rowcount, f"nothing is there for {statement}"
        except DatabaseError as refusal:
            return bool(re.search(r"permission denied|never changed", str(refusal)))
        finally:
            transaction.set_rollback(True)
    return False


def other_value(column: str, kind: str) -> str:
    if kind in NEW:
        return NEW[kind].format(f'"{column}"')
    if kind.startswith("timestamp"):
        return f"coalesce(\"{column}\", now()) + interval '1 day'"
    is_number = kind in ("bigint", "integer", "smallint")
    if is_number:
        return f'coalesce("{column}", 0) + 1'
    return f"overlay(coalesce(\"{column}\", '') placing '!' from 1 for 1)"


def test_the_app_deletes_nothing_from_what_is_only_added_to(world: routes.World) -> None:
    tables = [table for table in ONLY_ADDED if not is_refused(f"DELETE FROM {table}")]
    assert tables == []
    assert [table for table in ONLY_ADDED if not is_refused(f"TRUNCATE {table} CASCADE")] == []


def test_the_app_changes_nothing_in_what_is_only_added_to(world: routes.World) -> None:
    """Each column of each table is tried, but for those that carry a later answer."""
    found = []
    for table in ONLY_ADDED:
        kept = KEEPS.get(table, "").split()
        for column, kind in columns(table):
            if column in MAY_CHANGE.get(table, "").split() or (kept and column not in kept):
                continue
            if not is_refused(f'UPDATE {table} SET "{column}" = {other_value(column, kind)}'):
                found.append(f"{table}.{column}")
    assert found == []


def test_what_may_change_is_no_more_than_the_answer(world: routes.World) -> None:
    """The columns that may change are those listed here, and exist."""
    for table in ONLY_ADDED:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
                "AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'UPDATE')",
                [table],
            )
            free = {name for (name,) in cursor.fetchall()}
        if table not in KEEPS and table != "reports_weeklyreport":  # frozen by a trigger of its own
            assert free == set(MAY_CHANGE.get(table, "").split()), table


def test_every_model_that_promises_it_is_listed() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("onroll.")]
    managed = [model for model in ours if model._meta.managed]
    promising = {m._meta.db_table for m in managed if PROMISES.search(m.__doc__ or "")}
    assert promising <= set(ONLY_ADDED)
    assert set(ONLY_ADDED) <= {model._meta.db_table for model in managed}


def test_nothing_that_is_only_added_to_goes_with_something_else() -> None:
    """Django would delete it first, and be refused; the database keeps what it points at."""
    models: dict[str, type[Model]] = {m._meta.db_table: m for m in apps.get_models()}
    found = [
        f"{table}.{field.name}"
        for table in ONLY_ADDED
        for field in models[table]._meta.local_fields
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is CASCADE
    ]
    assert found == []


def test_the_page_about_the_trail_lists_what_is_only_added_to() -> None:
    assert render() in PAGE.read_text(encoding="utf-8")


def test_a_clock_that_was_moved_since_a_merge_stays_when_the_merge_is_undone(
    world: routes.World,
) -> None:
    """Deleting it would take the trace of who moved it."""
    changed = DeadlineChange.objects.get()
    kept = {"table": "clocks.deadline", "pk": changed.deadline_id}
    undo_changes([kept])
    assert DeadlineChange.objects.get() == changed


def test_the_operation_can_be_written_down() -> None:
    operation = OnlyAdded("a", may_change=("b",))
    assert operation.deconstruct() == ("OnlyAdded", ["a"], {"may_change": ("b",)})
    assert OnlyAdded("a", keeps=("b",)).deconstruct()[2] == {"keeps": ("b",)}
    assert operation.describe() == "Let the app only add to a"
