"""What else is referred of a child is seen while nothing is decided (P15)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, refer

pytestmark = pytest.mark.django_db
BORN = date(2015, 3, 2)
SAM = ChildWords(forename="Sam", surname="Example", born_on=BORN)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def first() -> Referral:
    return refer(children=(SAM,))


def again(*children: ChildWords, ref: str = "345-678-9AC") -> Referral:
    return refer(ref, at=AT + MINUTE, children=children or (SAM,))


@pytest.mark.parametrize("page", ["", "decide/", "grade/"])
def test_each_of_two_referrals_leads_to_the_other(
    people: People, first: Referral, page: str
) -> None:
    second = again()
    mo = Visitor(people.mo).open(f"/referrals/{first.ref}/{page}")
    mo.see("Also referred On", f"in {second.ref}, not decided yet.")
    mo.follow(second.ref).see("Also referred On", f"in {first.ref}, not decided yet.")


@pytest.mark.parametrize(
    "child",
    [
        ChildWords(forename="Example", surname="Sam"),
        ChildWords(forename="sam example", surname=""),
        ChildWords(forename="Sám", surname="Example", born_on=BORN),
    ],
)
def test_names_in_another_order_or_spelling_are_the_same_child(
    people: People, first: Referral, child: ChildWords
) -> None:
    other = again(child)
    Visitor(people.mo).open(f"/referrals/{other.ref}/").see(f"in {first.ref}, not decided yet.")


@pytest.mark.parametrize(
    "child",
    [
        ChildWords(forename="Sam", surname="Example", born_on=BORN + timedelta(days=1)),
        ChildWords(forename="Kim", surname="Example", born_on=BORN),
        ChildWords(forename="Sam", surname=""),
    ],
)
def test_another_child_is_not_said_to_be_referred(
    people: People, first: Referral, child: ChildWords
) -> None:
    other = again(child)
    for ref in (first.ref, other.ref):
        assert "Also referred" not in Visitor(people.mo).open(f"/referrals/{ref}/").text


def test_what_is_decided_is_not_said_to_wait(people: People, first: Referral) -> None:
    second = again()
    decide(first, by=people.mo)
    assert "Also referred" not in Visitor(people.mo).open(f"/referrals/{second.ref}/").text


def test_a_pupil_chosen_on_record_is_known_whatever_was_typed(world: World, people: People) -> None:
    pupil = world.child()
    named = ChildWords(forename="Sam", surname="Example", record=pupil.pk)
    first, second = (refer(ref, children=(named,)) for ref in ("456-789-ACD", "567-89A-CDE"))
    spelled = ChildWords(forename="Samuel", surname="Exampel", record=pupil.pk)
    third = again(spelled)
    mo = Visitor(people.mo).open(f"/referrals/{first.ref}/").see(second.ref, third.ref)
    assert mo.text.count("not decided yet.") == 2


def test_many_do_not_make_the_page_ask_more(people: People, first: Referral) -> None:
    asked = []
    for ref in ("345-678-9AC", "456-789-ACD", "567-89A-CDE"):
        again(ref=ref)
        mo = Visitor(people.mo).open(f"/referrals/{first.ref}/")
        with CaptureQueriesContext(connection) as captured:
            mo.open(f"/referrals/{first.ref}/")
        asked.append(len(captured))
    assert len(set(asked)) == 1
