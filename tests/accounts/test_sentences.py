"""The audit trail reads as sentences: who did what to which kind of record (matrix row 39)."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

import onroll
from onroll.accounts import actions
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.accounts.sentences import EVENTS, Sentence, ground, sentences
from onroll.audit import queries, words
from onroll.audit.actions import acting, security
from onroll.audit.exempt import EXEMPT
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.rules import pathway
from tests import routes
from tests.identifiers import identifiers
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
EVERYTHING = 100_000
EVENT = re.compile(r"\bevent=\"(\w+)\"")


@pytest.fixture
def world(db: None) -> routes.World:
    """Give a world in which nearly every table was written to."""
    return routes.build()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(kind: str = "", actor: str = "") -> list[Sentence]:
    return sentences(queries.search(kind=kind, actor=actor, most=EVERYTHING))


def did(kind: str = "", actor: str = "") -> list[str]:
    return [sentence.did for sentence in told(kind, actor)]


def audited() -> dict[str, list[str]]:
    """Return the columns of every table of ours that is under the trail."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    return {
        table: [field.column for field in model._meta.local_fields]
        for table, model in models.items()
        if table not in EXEMPT and '"' not in table
    }


def test_every_table_and_column_under_the_trail_has_words() -> None:
    tables = audited()
    assert tables.keys() - words.KINDS.keys() == set(), "add it to onroll/audit/words.py"
    assert words.KINDS.keys() - tables.keys() == set()
    bare = {
        column
        for columns in tables.values()
        for column in columns
        if column != "id" and column not in words.FIELDS and not column.isalpha()
    }
    assert bare == set(), "add them to onroll/audit/words.py"


def test_every_ground_has_words() -> None:
    assert [scope for scope in Scope if not ground(scope.value)[0].isupper()] == []
    assert ground("command") == "On the server, by a command"


def test_no_sentence_holds_a_name_of_the_code_or_the_number_of_a_row(world: routes.World) -> None:
    olive = Visitor(world.people.olive)
    for path in ("", "child/", "history/", "team/", "note/", "close/"):
        olive.open(f"/cases/{world.ours.ref}/{path}")
    Visitor(world.people.cat).open("/files/")
    found = told()
    assert len(found) > 100
    page = "".join(f"<p>{s.actor} {s.did}. {s.reason}</p>" for s in found)
    assert identifiers(page.encode()) == []
    numbers = {str(pk) for pk in Case.objects.values_list("pk", flat=True)}
    of_rows = re.compile(rf"\b(?:case|child|file|record|note|clock) (?:{'|'.join(numbers)})\b")
    assert [s.did for s in found if of_rows.search(s.did)] == []


def test_a_change_names_the_child_the_case_or_the_person_and_its_fields(
    world: routes.World,
) -> None:
    olive, case = world.people.olive, world.ours
    with acting(actor=olive.email, actor_id=olive.pk, role="loc"):
        cases.move_case(case=case, move=pathway.START, why="Looked.", by=olive, at=AT)
        cases.add_note(case=case, text="Rang.", by=olive, at=AT)
        actions.give_role(user=world.people.hal, role=Role.CAO, by=olive, at=AT)
    said = did("change", olive.email)
    assert f"added a note on case {case.ref}" in said
    assert f"changed case {case.ref}: stage, version" in said
    assert "added a role of hal@harrow.example" in said
    whole = told("change", olive.email)[0]
    assert whole.actor == "olive@harrow.example (Children missing education officer)"


def test_who_saw_what_is_told_with_references_and_the_ground_in_words(world: routes.World) -> None:
    Visitor(world.people.olive).open(f"/cases/{world.ours.ref}/child/")
    (said,) = (s for s in did("access", "olive") if "case: child" in s)
    assert f"1 child ({world.ours.child.ref}; case {world.ours.ref})" in said
    assert "Ground: their role may do this for every child" in said
    assert "Quillfeather" not in said


def test_signing_in_refusals_and_reasons_are_told_in_words(
    client: Client, world: routes.World
) -> None:
    refused = Visitor(world.people.cat).open("/files/")
    assert refused.status == 403
    pat = Visitor(world.people.pat).open(f"/cases/{world.ours.ref}/")
    pat.send("Continue", text="The mother asked who has seen the record.")
    client.force_login(world.people.pat)
    client.post("/audit/", {"kind": "access", "actor": "olive", "day": ""})
    asked = did("security", "cat")
    assert any(s.startswith("asked for /files/ and was refused (it needs: Batch") for s in asked)
    assert f"gave a reason before opening /cases/{world.ours.ref}/" in did("security", "pat")
    (reason,) = (s.reason for s in told("security", "pat") if "gave a reason" in s.did)
    assert reason == "The mother asked who has seen the record."
    assert any("searched the audit trail for records seen olive" in s for s in did("security"))
    assert "added the account of olive@harrow.example" in did("security")
    roles = f"gave olive@harrow.example the role “{Role.LOC.words}”"
    assert roles in did("security")


def test_signing_in_is_no_change_by_a_stranger(client: Client, world: routes.World) -> None:
    """Nobody is signed in yet while the account is given the day of its last sign-in."""
    with acting(actor="anonymous"):
        client.force_login(world.people.hal)
    newest = told("change")[0]
    assert (newest.actor, newest.did) == (
        "Onroll",
        "noted a sign-in to the account of hal@harrow.example",
    )


def test_an_event_without_words_of_its_own_is_still_said_without_code(db: None) -> None:
    with acting(actor="worker:intake"):
        security(by=None, event="key_lost", outcome="held_back", about="person 0", at=AT)
    assert ("key_lost", "") not in EVENTS
    (sentence,) = told("security")
    assert (sentence.actor, sentence.did) == (
        "Onroll (the job intake)",
        "key lost: held back (person 0)",
    )


def test_every_event_that_is_kept_has_words_of_its_own() -> None:
    """A search, a wrong code, a change of an account: none is said by its name in the code."""
    files = Path(onroll.__file__).parent.rglob("*.py")
    kept = {name for file in files for name in EVENT.findall(file.read_text("utf-8"))}
    assert {"child_looked_for", "second_factor", "person_changed"} <= kept
    assert kept - {event for event, _ in EVENTS} == set()


def test_a_search_is_said_without_its_mark(world: routes.World) -> None:
    ada = as_(world.people.ada)
    ada.post("/children/find/", {"surname": "Quillfeather"})
    assert "looked for a child among all on record" in did("security", "ada")


def test_the_ground_is_true_for_who_looked_at_what_is_not_theirs(world: routes.World) -> None:
    """Row 3 lets Admissions look for any child; that is not to work with every case."""
    ada = as_(world.people.ada)
    where = ada.post("/children/find/", {"surname": "Quillfeather"})["Location"]
    ada.get(where)
    (said,) = (one for one in did("access", "ada") if "find a child" in one)
    assert "Ground: their role may do this for every child" in said


def test_no_two_fields_read_as_one_and_none_holds_a_comma() -> None:
    """In a list parted by commas each field is one entry."""
    assert [name for name, said in words.FIELDS.items() if "," in said] == []
    assert words.field("effect") != words.field("effect_words")


def test_however_many_entries_there_are_it_takes_the_same_few_queries(
    world: routes.World, django_assert_max_num_queries
) -> None:
    entries = queries.search(most=EVERYTHING)
    with django_assert_max_num_queries(6):
        sentences(entries)
