"""What meetings and audits asked for moves to cases and back (`0002` of each), row by row."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from onroll.cases.actions import ActionFacts, finish_action_point
from onroll.cases.models import ActionPoint
from onroll.clocks.models import Deadline
from onroll.meetings import actions as meetings
from onroll.rules.action_points import Fate, Origin
from tests import people as persons
from tests.cases import world as worlds
from tests.cases.world import AT, TODAY
from tests.migrations import undone
from tests.people import People
from tests.routes.made.case_audits import audit

BEFORE = [("case_audits", "0001_start"), ("meetings", "0001_start"), ("cases", "0020_seals")]
OLD = {
    "meetings_actionpoint": "SELECT ref, words, whom, result, done_on FROM meetings_actionpoint",
    "case_audits_auditaction": (
        "SELECT ref, words, whom, result, done_on FROM case_audits_auditaction"
    ),
    "clocks": "SELECT subject, clock FROM clocks_deadline WHERE subject IN "
    "('actionpoint', 'auditaction') ORDER BY clock",
}


@pytest.fixture
def people(transactional_db: None) -> People:
    return persons.build()


def held(people: People) -> None:
    """Hold a meeting that decided two things on a case, one of them done; and audit the case."""
    case = worlds.build().case(owner=people.olive)
    meeting = meetings.plan_meeting(on=TODAY, place="Room 2", by=people.max, at=AT)
    item = meetings.put_on_by_hand(meeting=meeting, case=case, why="Lost", by=people.max, at=AT)
    week = TODAY + timedelta(days=7)
    first, second = (ActionFacts(words, "Housing", week) for words in ("Look", "Ring"))
    meetings.record_talk(item=item, words="?", decision=first, by=people.max, at=AT)
    done = meetings.decide(item=item, decision=second, by=people.max, at=AT)
    finish_action_point(
        action=done, fate=Fate.DONE, on=TODAY, result="Rang", by=people.olive, at=AT
    )
    audit(people, case)


def everything() -> tuple[list[Any], list[Any]]:
    rows = ActionPoint.objects.order_by("origin", "ref").values()
    clocks = [Deadline.objects.of(row).values() for row in ActionPoint.objects.order_by("ref")]
    kept = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    ended = [
        (clock["clock"], clock["due_on"], clock["met_on"], clock["child_id"])
        for rows in clocks
        for clock in rows
    ]
    return kept, ended


def test_each_row_and_each_clock_comes_back_as_it_was(people: People, owner_url: str) -> None:
    held(people)
    before = everything()
    assert len(before[0]) == len(before[1]) == 3
    with undone(owner_url, BEFORE), psycopg.connect(owner_url) as old:
        there = {name: old.execute(query).fetchall() for name, query in OLD.items()}
    of_meeting = {row[1:] for row in there["meetings_actionpoint"]}
    assert of_meeting == {("Look", "Housing", "", None), ("Ring", "Housing", "Rang", TODAY)}
    assert [row[1] for row in there["case_audits_auditaction"]] == ["Agree on a day"]
    assert there["clocks"] == [
        ("auditaction", "audit_action"),
        ("actionpoint", "meeting_decision"),
        ("actionpoint", "meeting_decision"),
    ]
    assert everything() == before
    assert ActionPoint.objects.filter(origin=Origin.MEETING).count() == 2
