"""The home on record of a child whom a referral certainly means, where it gives none itself."""

import pytest

from onroll.audit.models import AccessEvent
from onroll.children.actions import AddressFacts
from onroll.children.models import Address, Child
from onroll.formats.onspd import PostcodeRow
from onroll.postcodes.actions import load_postcodes
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, ReferredChild
from onroll.rules.school_reports import Concern
from onroll.schools.models import Authority
from tests.cases.world import BORN, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, passed, refer

pytestmark = pytest.mark.django_db
HOME = AddressFacts(lines=("12 Elm Road",), town="Wembley", postcode="HA9 0WS")
UPN = "H310200121001"
SAM = ChildWords(forename="Sam", surname="Example", born_on=BORN)
BESIDE = "On record, not in the referral"
AS_SHOWN = ("12 Elm Road", "HA9 0WS", BESIDE, "Lies in E09000005")


@pytest.fixture
def child(world: World) -> Child:
    load_postcodes(rows=[PostcodeRow("HA9 0WS", "E09000005", "E05000103")])
    return world.child(upn=UPN, addresses=[HOME])


def test_the_hub_sees_the_home_of_whom_it_certainly_is_and_where_that_lies(
    child: Child, people: People
) -> None:
    """Name and birth agree and nobody else's do; the look at the address is kept."""
    referral = refer(children=(SAM,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(*AS_SHOWN, "Lives elsewhere")
    assert "addresses" in AccessEvent.objects.latest("pk").fields
    mo.follow("Decide").see(*AS_SHOWN)


@pytest.mark.parametrize(
    ("authority", "decision", "words"),
    [
        ("E09000005", "lead_officer", "lies in another authority"),
        ("E09000015", "other_authority", "lies in our own authority"),
    ],
)
def test_the_home_on_record_contradicts_a_decision_as_one_that_was_told(
    child: Child, people: People, authority: str, decision: str, words: str
) -> None:
    """P16: the sentence says that the record knows it, not the referral."""
    load_postcodes(rows=[PostcodeRow("HA9 0WS", authority, "E05000103")])
    Authority.objects.create(code="304", name="Brent", status="live")
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=(SAM,)).ref}/decide/")
    answers = {**CHECKED, "decision": decision, "authority": "304", **passed(decision)}
    mo.send("Save the decision", **answers, why="He moves.")
    mo.see(f"but the home on record, as the referral gives none, {words} (policy page 9")
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", contradicts_why="The aunt says so.").see("Decided.")
    assert HubDecision.objects.get().contradicts_why == "The aunt says so."


def test_and_of_the_pupil_whom_the_school_chose(child: Child, people: People) -> None:
    chosen = ChildWords(forename="Samira", surname="Example", upn=UPN, record=child.pk)
    referral = refer(children=(chosen,))
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see(*AS_SHOWN)
    assert child.pk in AccessEvent.objects.latest("pk").child_ids


@pytest.mark.parametrize(
    ("home", "is_shown"), [("Not known", True), ("No fixed abode", False), ("4 Oak Lane", False)]
)
def test_a_home_that_was_told_stands_alone(
    child: Child, people: People, home: str, *, is_shown: bool
) -> None:
    """Words for none are no home; no fixed abode is what somebody told.

    The home on record stands beside the child on record, whom this may be.
    """
    told = ChildWords(forename="Sam", surname="Example", born_on=BORN, home=home)
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=(told,)).ref}/").see(home)
    assert (BESIDE in mo.text) is is_shown


def test_of_whom_it_only_may_be_no_home_stands_as_that_of_the_referral(
    world: World, child: Child, people: People
) -> None:
    unsure = refer(children=(ChildWords(forename="Sam", surname="Example"),))
    assert BESIDE not in Visitor(people.mo).open(f"/referrals/{unsure.ref}/").text
    world.child(upn="H310200121002")
    of_two = refer("234-567-89B", children=(SAM,))
    assert BESIDE not in Visitor(people.mo).open(f"/referrals/{of_two.ref}/").text


@pytest.mark.parametrize("protected", ["address", "identity"])
@pytest.mark.parametrize("is_chosen", [False, True])
def test_what_is_protected_is_shown_to_nobody(
    child: Child, people: People, protected: str, *, is_chosen: bool
) -> None:
    """Access matrix, row 8: not by an older address either, which is not protected itself."""
    if protected == "identity":
        Child.objects.filter(pk=child.pk).update(is_protected=True)
    else:
        Address.objects.update(is_protected=True)
        source = Address.objects.get().source
        Address.objects.create(child=child, lines=["12 Elm Road"], source=source)
    words = ChildWords(forename="Sam", born_on=BORN, record=child.pk) if is_chosen else SAM
    referral = refer(children=(words,), concerns=frozenset({Concern.HOME_EDUCATION}))
    hal = Visitor(people.hal).open(f"/home-education/reports/{referral.ref}/")
    hal.send("I have received it").see("Home Not known")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Home Not known")
    assert "12 Elm" not in hal.text + mo.text


def test_home_education_sees_it_once_somebody_has_received_the_report(
    child: Child, people: People
) -> None:
    """As the page promises; before that, and to others, nothing of the home."""
    referral = refer(children=(SAM,), concerns=frozenset({Concern.HOME_EDUCATION}))
    path = f"/home-education/reports/{referral.ref}/"
    hal = Visitor(people.hal).open(path).see("you see where the child lives")
    assert "12 Elm" not in hal.text
    hal.send("I have received it").see(*AS_SHOWN)
    seen = AccessEvent.objects.latest("pk")
    assert (seen.child_ids, seen.fields) == ([child.pk], ["name", "addresses"])
    assert "12 Elm" not in Visitor(people.olive).open(path).text


def test_a_postcode_that_the_home_has_in_any_spelling_is_not_added_to_it() -> None:
    """It stood three times on the page of a referral."""
    home = ReferredChild(home="12 Elm Road, ha90ws", postcode="HA9 0WS")
    assert home.home_words == "12 Elm Road, ha90ws"
    assert ReferredChild(home="12 Elm Road", postcode="HA9 0WS").home_words.endswith("HA9 0WS")
