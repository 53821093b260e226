"""Who cannot say what makes it true refers the child, and types nothing twice (P10, P14)."""

import pytest

from onroll.drafts.models import Draft
from onroll.referrals.models import Referral, StartRecord
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.referrals.forms import KNOWN, WHY, day, risk
from tests.referrals.pupils import pupil_of

pytestmark = pytest.mark.django_db
CHILD = {"forename": "Rowan", "surname": "Merlinton"}


@pytest.fixture
def world(db: None) -> World:
    return build()


def value(visitor: Visitor, name: str) -> str:
    """Return what stands in a box of the page."""
    return str(
        visitor.page.xpath(f"string(//*[@name='{name}']/@value | //textarea[@name='{name}'])")
    )


def test_an_officer_goes_on_with_what_was_typed(world: World) -> None:
    """P14: the form opens with the child and the answers; record and referral are linked."""
    ada = Visitor(world.people.ada).open("/start/school/left-country-proved/yes/")
    ada.follow("Write it down")
    ada.send("Keep this", **CHILD, **day("born", world.born), country="Malta", not_known="on")
    ada.see("this child is to be referred. What you typed stands in this form.")
    assert not any(word in ada.address for word in ("Rowan", "Merlinton", "Malta"))
    assert "Which country is it? Malta" in value(ada, "worry")
    assert "What have you seen that shows it? Not known." in value(ada, "worry")
    ada.send("Continue", **{**WHY, "worry": value(ada, "worry"), "whereabouts": "no"})
    assert (value(ada, "forename"), value(ada, "surname")) == ("Rowan", "Merlinton")
    assert value(ada, "born_year") == str(world.born.year)
    ada.send("Continue", sex="M")
    for _ in ("home", "adults", "siblings", "school"):
        ada.send("Continue")
    ada.send("Continue", **KNOWN)
    for answers in risk():
        ada.send("Continue", **answers)
    ada.send("Continue")  # groups
    ada.send("Continue")  # enquiries
    assert value(ada, "abroad_country") == "Malta"
    ada.send("Continue").send("Continue").send("Continue", agency="Admissions").see("Malta")
    ada.send("Send", missing_why="They left today.").see("We have your form")
    referral, row = Referral.objects.get(), StartRecord.objects.get()
    assert (row.referral, row.by) == (referral, world.people.ada)
    assert referral.answers["abroad_country"] == "Malta"

    hub = Visitor(world.people.mo).open(f"/referrals/{referral.ref}/")
    hub.see("Began as", "Leaving the United Kingdom", "What have you seen that shows it?")
    hub.follow("What was written down").see("Malta", "Not known", world.people.ada.name)
    hub.follow(f"Referral {referral.ref}").see("Began as")
    assert row.ref not in hub.open("/referrals/").follow("Not referred").text


def test_a_school_is_not_asked_for_a_pupil_of_its_own_again(world: World) -> None:
    """P10: who certainly is meant is shown as the school's files have the child."""
    child = pupil_of(world)
    sam = Visitor(world.people.sam).open("/start-record/admitted-elsewhere/")
    typed = {**CHILD, **day("born", world.born), "school": "Elm School, Leeds", "not_known": "on"}
    sam.send("Keep this", **typed)
    sam.see("Is this the pupil?", "12 Elm Road").send("Continue")
    assert "Which school is it? Elm School, Leeds" in value(sam, "worry")
    sam.send("Continue", **{**WHY, "worry": value(sam, "worry"), "whereabouts": "not_sure"})
    sam.send("Continue").send("Continue").send("Continue")
    assert value(sam, "next_school") == "Elm School, Leeds"
    sam.send("Continue", off_roll="no", attended="yes", **day("attended_on", world.ago(3))).send(
        "Continue", **KNOWN
    )
    for page in risk():
        sam.send("Continue", **page)
    sam.send("Continue").send("Continue").send("Continue", abroad="no").send("Continue")
    sam.send("Continue", referrer_contact="office@st-anns.example")
    sam.send("Send", missing_why="Nobody can go today.").see("We have your form")
    row = StartRecord.objects.get()
    assert row.referral is not None
    assert row.referral.children.get().record == child
    sam.open(f"/start-record/kept/{row.ref}/").see("Not known")
    sam.follow(f"Referral {row.referral.ref}").see("How far it is")


def test_a_form_that_is_deleted_leaves_no_name(world: World) -> None:
    """P14: what was typed stands in the form alone until it is sent."""
    sam = Visitor(world.people.sam).open("/start-record/poor-attendance/")
    sam.send("Keep this", **CHILD, not_known="on").see("Why you refer the child")
    assert Draft.objects.get().offered["child"] == CHILD
    sam.open(sam.address.replace("/worry/", "/delete/")).send("Delete")
    assert not Draft.objects.exists()
    assert not StartRecord.objects.exists()
