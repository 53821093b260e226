"""The sheet for a visit to the home: where to, who may be met, what to ask, space to write."""

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts, AdultFacts
from onroll.children.models import Address
from onroll.enquiries import actions
from onroll.enquiries.actions import EntryFacts
from onroll.rules.enquiry_log import Act, Result
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
HOMES = [
    AddressFacts(lines=(f"{number} Made-up Road",), town="Harrow", postcode=f"HA{number} 1AA")
    for number in (1, 2, 3)
]
MOTHER = AdultFacts(forename="Efua", surname="Merlinton")


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child with three addresses on record; Olive has it."""
    child = world.child("Rowan", "Merlinton", addresses=HOMES, adults=[MOTHER])
    return world.case(child, owner=people.olive)


def sheet_of(case: Case) -> str:
    return f"/cases/{case.ref}/enquiries/visit/"


def test_the_sheet_says_where_to_go_whom_to_meet_and_what_to_ask(
    case: Case, people: People
) -> None:
    home = Address.objects.get(child=case.child, postcode="HA3 1AA")
    facts = EntryFacts(
        on=TODAY,
        method="visit",
        address=home,
        lives_there="A family with another name",
        words="Nobody opened.",
        result=Result.NOTHING_KNOWN,
    )
    made = actions.record_enquiry(
        on_cases=[case], step="home_visit", entries={Act.ANSWER: facts}, by=people.olive, at=AT
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/")
    olive.follow("Print a sheet for a visit").see(case.ref, "3 Made-up Road", "2 Made-up Road")
    assert "1 Made-up Road" not in olive.text
    olive.see("A family with another name", "1 day, the last", "Efua Merlinton")
    olive.see("What does the child say they want?", "no parent and no close relative")
    olive.see("Was the child seen?", "Who was spoken to", "Who they are to the child")
    olive.see("Tell a colleague where you go", "ring 999")
    assert olive.page.get("lang") == "en-GB"
    assert "Merlinton" not in olive.title
    read = AccessEvent.objects.latest("at")
    assert read.page == "case: sheet for a visit"
    assert {"addresses", "contacts"} <= set(read.fields)
    olive.see("ring the duty officer of the team", "Ring again within 60 minutes")
    olive.follow("write down the visit").see("Is the child safe?")
    olive.open(f"/cases/{case.ref}/enquiries/{made[0].ref}/")
    olive.follow("write down the visit").see("Is the child safe?")


@pytest.mark.parametrize("is_identity", [True, False])
def test_a_protected_address_is_never_printed(
    case: Case, people: People, is_identity: bool
) -> None:
    """Access matrix, row 8: paper is left behind."""
    if is_identity:
        case.child.is_protected = True
        case.child.save()
    else:
        case.child.addresses.update(is_protected=True)
    cases.add_member(case=case, user=people.max, by=people.max, at=AT)
    for person in (people.olive, people.max):
        page = Visitor(person).open(sheet_of(case)).see("That address is never printed here")
        assert "Made-up Road" not in page.text
        assert "Efua" not in page.text


def test_who_may_not_record_enquiries_has_no_sheet(case: Case, people: People) -> None:
    for person in (people.cat, people.dee, people.sam):
        assert Visitor(person).open(sheet_of(case)).status in (403, 404)
