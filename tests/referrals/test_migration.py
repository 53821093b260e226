"""Decisions go back to whole referrals and come again (`referrals.0006`) on rows that are there."""

import psycopg
import pytest
from django.db import connection

from onroll.children.actions import ChildFacts
from onroll.enquiries.models import EnquiryEntry
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, EnquiryWords
from onroll.referrals.models import HubDecision
from tests.cases.world import AT, World
from tests.migrations import undone
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

BEFORE = [("referrals", "0005_start_records")]
LISTS = [("referrals", "0018_what_a_desk_tells_the_hub")]
APART = [("referrals", "0009_start_records_that_became_referrals")]
TRIED = EnquiryWords(step="home_visit", on=AT.date(), outcome="Nobody opened.")
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


@pytest.mark.django_db(transaction=True)
def test_what_was_told_before_there_were_lists_is_on_the_list_of_its_case_once(
    owner_url: str, transactional_db: None, people: People, owner_connection: psycopg.Connection
) -> None:
    """`referrals.0019`, on a case that was accepted before; a second run adds nothing."""
    referral = hand_over(refer(enquiries=(TRIED,)), by=people.mo)
    sam = ChildFacts(forename="Sam", surname="Example")
    entry = referral.children.get()
    actions.accept_child(entry=entry, child=sam, because="x", by=people.olive, at=AT)
    before = _told()
    assert before
    for empties in (True, False):
        with undone(owner_url, LISTS):
            if empties:
                owner_connection.execute("DELETE FROM enquiries_enquiryentry")
                owner_connection.execute("DELETE FROM enquiries_enquiry")
        assert _told() == before


def _told() -> list[tuple[object, ...]]:
    rows = EnquiryEntry.objects.order_by("pk")
    names = ("step", "stage", "referral", "by_school")
    return list(rows.values_list("words", "result", *(f"enquiry__{name}" for name in names)))
