"""P15: who looks at a referral at the hub puts it down again, or another takes it over."""

import pytest

from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.models import Referral
from onroll.rules.refusal import Refused
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, hand_over, refer

pytestmark = pytest.mark.django_db


def test_whoever_looks_at_a_referral_puts_it_down_and_it_is_nobody_s_again(
    world: World, people: People
) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").send("I look at it")
    mo.see("Looked at by: Mo Malik").send("I put it down")
    mo.see("You put it down.", "Looked at by: nobody yet", "New", "Mo Malik put it down")
    assert "Mo Malik looks at it" in mo.text
    mo.open("/referrals/?list=hub&whose=nobodys").see(referral.ref, "Nobody yet")
    assert referral.deadlines.running().count() == 1


def test_another_takes_it_over_and_in_whose_place_is_kept(world: World, people: People) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").send("I look at it")
    manager = Visitor(people.max).open(f"/referrals/{referral.ref}/")
    assert "I put it down" not in manager.text
    manager.send("I look at it instead").see("Looked at by: Max Marsh")
    manager.see("Max Marsh looks at it, in the place of Mo Malik")
    mo.send("I put it down").see("This referral changed after you opened the page")
    with pytest.raises(Refused, match="You do not look at this referral now"):
        actions.put_down(referral=referral, by=people.mo, at=AT)
    assert Referral.objects.get().owner == people.max


def test_a_case_that_is_put_down_waits_again_to_be_accepted(world: World, people: People) -> None:
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    referral = actions.send_to_hub(case=world.case(world.child()), **sent)
    running = [clock.clock for clock in referral.deadlines.running()]
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").send("Accept it for the hub")
    assert referral.deadlines.running().count() == len(running) - 1
    mo.send("I put it down").see("Accepted by: nobody yet", "Accept it for the hub")
    assert [clock.clock for clock in referral.deadlines.running()] == running


def test_what_is_decided_is_not_put_down(world: World, people: People) -> None:
    referral = actions.take_on(referral=refer(), by=people.mo, at=AT)
    decide(referral, Decision.NO_ACTION, by=people.mo)
    with pytest.raises(Refused, match="The hub has decided"):
        actions.put_down(referral=referral, by=people.mo, at=AT)


def test_whose_it_is_and_what_to_do_next_stand_before_all_that_is_told(
    world: World, people: People
) -> None:
    """On a telephone the page is one column: nobody scrolls past clocks to reach the buttons."""
    referral = hand_over(refer(), by=people.mo)
    text = Visitor(people.olive).open(f"/referrals/{referral.ref}/").text
    order = ("Looked at by: Mo Malik", "What next", "Accept this child", "Where it stands")
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    entry = referral.children.get()
    actions.accept_child(entry=entry, child=world.child(), because="Gone.", by=people.olive, at=AT)
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Works on the case: Olive Obi")
