"""Two children of one referral: each stands with its own outcome, wherever both are shown (P15)."""

from datetime import timedelta

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import ChildFacts
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral
from onroll.rules import pathway
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.made import CHECKED, GRADED, decide, hand_over, refer

pytestmark = pytest.mark.django_db
TWO = (ChildWords(forename="Sam", surname="Example"), ChildWords(forename="Kim", surname="Example"))
HOUR = timedelta(hours=1)


def accept(referral: Referral, number: int, people: People) -> str:
    case = actions.accept_child(
        entry=referral.children.get(number=number),
        child=ChildFacts(forename="Sam", surname="Example"),
        because="On no roll.",
        by=people.olive,
        at=AT + HOUR,
    )
    return case.ref


def test_the_list_of_the_hub_says_which_of_two_was_turned_back(
    world: World, people: People
) -> None:
    referral = hand_over(refer(children=TWO), by=people.mo)
    case = accept(referral, 1, people)
    actions.turn_back(
        entry=referral.children.get(number=2), why="Who is she?", by=people.olive, at=AT + HOUR
    )
    mo = Visitor(people.mo).open("/referrals/")
    mo.see(f"1: Sam Example. Accepted as case {case}", "2: Kim Example. Turned back", "(child 2)")
    mo.open(f"/referrals/{referral.ref}/").see(f"How far it isAccepted as case {case}")
    mo.see("How far it isTurned back")


def test_who_accepts_one_sees_of_the_other_only_how_far_it_is(world: World, people: People) -> None:
    referral = hand_over(refer(children=TWO), by=people.mo)
    back = referral.children.get(number=2)
    actions.turn_back(entry=back, why="Who is she?", by=people.olive, at=AT + HOUR)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.see("This is about child 1 of 2: Sam Example", "How far it isTurned back")
    assert len(olive.page.xpath("//h2[contains(., 'The child, as we were told')]")) == 1


def test_the_question_names_the_child_who_is_left_and_those_who_are_ticked(people: People) -> None:
    """In the heading alone: the title of the page has the numbers."""
    three = (*TWO, ChildWords(home="12 Elm Road"))
    referral = refer(children=three)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert mo.title.startswith("What happens with this referral?")
    answers = {**CHECKED, "decision": "no_action", "why": "At school."}
    mo.send("Save the decision", **{**answers, "children": ["1", "3"], "risk": "yes"})
    mo.see("What happens with Sam Example and a child without a name (children 1 and 3 of 3)?")
    mo.send("Save the decision", contradicts_why="It is so.", children=["1", "3"])
    mo.see("Decided about children 1 and 3. Your reason is kept. Child 2 is still to decide.")
    mo.see("Decided about Sam Example and child 3. Still to decide: Kim Example.")
    mo.follow("Kim Example").see("What happens with Kim Example (child 2 of 3)?")
    assert mo.title.startswith("What happens with child 2 of 3?")
    mo.send("Save the decision", **GRADED, decision="no_action", why="At school.")
    mo.see("Decided. Your reason is kept.")


def test_what_was_decided_stands_beside_the_child_it_was_decided_about(
    world: World, people: People
) -> None:
    referral = refer(children=TWO)
    decide(referral, by=people.mo, only=(1,))
    decide(referral, Decision.NO_ACTION, by=people.mo, only=(2,))
    accept(referral, 1, people)
    mo = Visitor(people.mo).open("/referrals/?list=done")
    mo.see("accepted by Olive Obi", "2: Kim Example. No further action")


def test_a_referral_whose_case_is_closed_says_that_it_is_over_when_and_how(
    world: World, people: People
) -> None:
    referral = hand_over(refer(), by=people.mo)
    case = Case.objects.get(ref=accept(referral, 1, people))
    outcome = "on_roll"
    told = facts(outcome, on=AT.date()) | {"school": "Inglenook School, Watford"}
    cases.move_case(case=case, move=pathway.START, why="x", at=AT + HOUR, by=people.olive)
    cases.close_case(
        case=case, outcome=outcome, facts=told, why="They rang.", by=people.olive, at=AT + HOUR
    )
    over = f"Case {case.ref} is over, closed on 18 November 2026: On the roll of a school"
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Over", over)
    assert mo.page.xpath("//strong[normalize-space()='Accepted']") == []
    mo.open("/referrals/?list=done").see(over)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Found at", "Inglenook School, Watford", "Last school before")
