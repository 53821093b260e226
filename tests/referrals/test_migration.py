"""Decisions go back to whole referrals and come again (`referrals.0006`) on rows that are there."""

import pytest
from django.db import connection

from onroll.children.actions import ChildFacts
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision
from tests.cases.world import AT, World
from tests.migrations import undone
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

BEFORE = [("referrals", "0005_start_records")]
APART = [("referrals", "0009_start_records_that_became_referrals")]
OLD = """
SELECT ref, decision, decided_by_id IS NOT NULL, accepted_by_id IS NOT NULL
FROM referrals_referral ORDER BY ref
"""


@pytest.mark.django_db(transaction=True)
def test_decisions_go_back_and_come_again_as_they_were(
    owner_url: str, transactional_db: None, world: World, people: People
) -> None:
    two = refer("222-567-89A", children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    hand_over(two, by=people.mo)
    sam = ChildFacts(forename="Sam", surname="Example")
    first = two.children.get(number=1)
    actions.accept_child(entry=first, child=sam, because="x", by=people.olive, at=AT)
    decide(refer("333-678-9AB"), Decision.ADVICE, by=people.mo)
    refer("444-789-ABC")
    before = _decisions()
    with undone(owner_url, BEFORE), connection.cursor() as cursor:
        cursor.execute(OLD)
        old = cursor.fetchall()
    assert old == [
        ("222-567-89A", "lead_officer", True, False),
        ("333-678-9AB", "advice", True, False),
        ("444-789-ABC", "", False, False),
    ]
    assert _decisions() == before
    waiting = HubDecision.objects.to_accept().get()
    assert waiting.deadlines.get(clock="referral_acceptance_1").is_running


@pytest.mark.django_db(transaction=True)
def test_what_the_hub_opened_again_is_told_from_what_was_turned_back(
    owner_url: str, transactional_db: None, people: People
) -> None:
    """`referrals.0010`, on rows from before it."""
    for ref, does in (("222-567-89A", actions.open_again), ("333-678-9AB", actions.turn_back)):
        entry = hand_over(refer(ref), by=people.mo).children.get()
        does(entry=entry, why="x", by=people.mo, at=AT)
    with undone(owner_url, APART):
        pass
    rows = HubDecision.objects.order_by("entry__referral__ref")
    assert [row.way_back for row in rows] == ["Opened again", "Turned back"]


def _decisions() -> list[tuple[object, ...]]:
    columns = ("entry__referral__ref", "entry__number", "decision", "why", "by", "accepted_by")
    return list(HubDecision.objects.order_by("entry").values_list(*columns))
