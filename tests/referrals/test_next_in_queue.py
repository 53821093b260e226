"""P15: who has decided about a referral is led to the next one that waits for them."""

from datetime import timedelta

import pytest

from onroll.referrals import actions, queries
from onroll.referrals.facts import ChildWords
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, refer

pytestmark = pytest.mark.django_db
CALM = {**CHECKED, "decision": "no_action", "why": "He is at school."}
HOUR = timedelta(hours=1)


def test_after_a_decision_the_first_of_the_queue_is_one_press_away(
    world: World, people: People
) -> None:
    first, second, urgent = refer(), refer("234-567-89B", at=AT + HOUR), refer("234-567-89C")
    taken = refer("234-567-89D", at=AT - HOUR)
    actions.take_on(referral=taken, by=people.max, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{urgent.ref}/decide/")
    mo.send("Save the decision", **CALM).see("Decided. Your reason is kept.", "Next for you")
    mo.follow(first.ref).follow("Decide").send("Save the decision", **CALM)
    mo.see(f"Next for you to decide: {second.ref}").follow(second.ref).follow("Decide")
    mo.send("Save the decision", **CALM)
    mo.see("Nothing else in the queue waits for you to decide.").follow("queue").see(taken.ref)


def test_a_child_who_is_left_to_decide_comes_first(world: World, people: People) -> None:
    both = tuple(ChildWords(forename=name, surname="Example") for name in ("Sam", "Kim"))
    referral, _ = refer(children=both), refer("234-567-89B")
    decide(referral, by=people.mo, only=[1])
    assert "Next for you" not in Visitor(people.mo).open(f"/referrals/{referral.ref}/").text


def test_a_case_of_one_s_own_at_the_hub_is_not_offered(world: World, people: People) -> None:
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.max, "at": AT}
    actions.send_to_hub(case=world.case(world.child()), **sent)
    referral = refer()
    decide(referral, by=people.max)
    Visitor(people.max).open(f"/referrals/{referral.ref}/").see("Nothing else in the queue")
    assert "Next for you" not in Visitor(people.mo).open(f"/referrals/{referral.ref}/").text


def test_of_urgent_referrals_the_one_that_is_due_first_stands_first(
    world: World, people: People
) -> None:
    """By the hour of its clock, or the one at which the hub closes: not by what came first."""
    late = AT - timedelta(hours=14)
    by_five = refer("234-567-89A", at=AT, urgent_why="He was hit.")
    after_closing = refer("345-678-9AB", at=late, urgent_why="He was hit.")
    refer("456-789-ABC", at=AT - timedelta(days=3))

    by_noon = actions.send_to_hub(
        case=world.case(world.child("Kim", "Other")),
        ref="567-89A-BCD",
        worry="x",
        urgent_why="Now.",
        by=people.olive,
        at=AT + HOUR,
    )
    rows = list(queries.hub_queue(people.mo, at=AT + HOUR))
    assert rows[0] == by_noon
    assert rows[1:3] == [after_closing, by_five]
    assert not rows[3].is_urgent
