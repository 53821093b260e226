"""Where a visit went of which a referral tells: to the home that the referral gives (P31)."""

import pytest

from onroll.cases.models import Case
from onroll.children.actions import AddressFacts
from onroll.children.models import Address
from onroll.referrals import actions
from onroll.referrals.facts import ChildWords, EnquiryWords
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import hand_over, refer

pytestmark = pytest.mark.django_db
TRIED = EnquiryWords(step="home_visit", on=TODAY, contact="020 7946 0001", outcome="Nobody opened.")
HOME = AddressFacts(lines=("12 Elm Road",), town="Wembley", postcode="HA9 0WS")


def accepted(world: World, people: People, home: str) -> Case:
    told = ChildWords(forename="Sam", surname="Example", home=home)
    referral = hand_over(refer(children=(told,), enquiries=(TRIED,)), by=people.mo)
    return actions.accept_child(
        entry=referral.children.get(),
        child=world.child(addresses=[HOME]),
        because="Gone.",
        by=people.olive,
        at=AT,
    )


def test_it_is_the_home_that_the_referral_gives(world: World, people: People) -> None:
    """The case says whose word that is, and no telephone number stands for an address."""
    case = accepted(world, people, "4 Oak Lane, Harrow")
    text = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/").text
    tried = text.partition("Addresses already tried")[2]
    assert "4 Oak Lane, Harrow (the home that referral 234-567-89A gives)" in tried
    assert "The address was not written down" not in text


def test_words_for_none_are_no_address(world: World, people: People) -> None:
    case = accepted(world, people, "Not known")
    text = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/").text
    assert "the home that referral" not in text


@pytest.mark.parametrize("who", ["olive", "mo", "max"])
def test_of_a_child_with_a_protected_address_it_is_shown_to_nobody(
    world: World, people: People, who: str
) -> None:
    """Access matrix, row 8: what was told may be the protected one."""
    case = accepted(world, people, "4 Oak Lane, Harrow")
    Address.objects.update(is_protected=True)
    visitor = Visitor(getattr(people, who))
    pages = [visitor.open(f"/cases/{case.ref}/enquiries/").text]
    pages += [
        visitor.open(f"/cases/{case.ref}/enquiries/{row.ref}/").text for row in case.enquiries.all()
    ]
    assert "4 Oak Lane" not in "".join(pages)
