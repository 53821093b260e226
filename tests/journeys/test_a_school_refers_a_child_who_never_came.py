"""A school refers a child who never attended it, and whose name was never on its roll."""

import pytest

from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import KNOWN, WHY, day, rest, risk

pytestmark = pytest.mark.django_db
CHILD = {"forename": "Rowan", "surname": "Merlinton", "sex": "M"}


@pytest.fixture
def world(db: None) -> World:
    return build()


def at_the_page_school(world: World, reason: str) -> Visitor:
    """Fill in the form for a child whom no file of the school holds, up to the page School."""
    sam = Visitor(world.people.sam).open("/school/refer/new/")
    sam.send("Continue", **{**WHY, "reason": reason}, whereabouts="no").send("Continue", **CHILD)
    sam.send("Continue", home="12 Elm Road").send("Continue").send("Continue")
    return sam.see("Did the child ever attend your school?")


@pytest.mark.parametrize("reason", ["never_enrolled", "offer", "moved_in"])
def test_it_says_that_the_child_never_came_and_is_asked_no_day(world: World, reason: str) -> None:
    sam = at_the_page_school(world, reason)
    sam.send("Continue", attended="no", off_roll="never").see("Who works with the family")
    sam.send("Continue", **KNOWN)
    for answers in risk():
        sam.send("Continue", **answers)
    rest(sam.send("Continue"), {"referrer_contact": "office@st-anns.example"})
    sam.see("No, the child never attended here", "The name was never on our roll")
    sam.send("Send", missing_why="It cannot wait.").see("We have your form")
    referral = Referral.objects.get()
    assert referral.answers["off_roll"] == "never"
    assert not referral.answers.get("attended_on")
    hub = Visitor(world.people.mo).open(f"/referrals/{referral.ref}/")
    hub.see("No, the child never attended here", "The name was never on our roll")


def test_it_is_asked_for_the_last_day_of_a_child_who_came_alone(world: World) -> None:
    """A day under “never” is forgotten."""
    sam = at_the_page_school(world, "never_enrolled")
    sam.send("Continue").see("Select whether the child ever attended your school")
    sam.send("Continue", attended="yes", off_roll="no")
    sam.see("Enter the last day on which the child attended")
    sam.send("Continue", attended="no", off_roll="no", **day("attended_on", world.ago(3)))
    sam.see("Who works with the family")
