"""What came of a visit is written down at once: enquiry, addresses, child (P31, P66)."""

from typing import Any

import pytest
from django.utils import timezone

from onroll.cases.models import Case, Sighting
from onroll.children.actions import AddressFacts
from onroll.children.models import Address
from onroll.enquiries import actions
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.rules.enquiry_log import Act, EnquiryStage, Lead, Result
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
HOMES = [
    AddressFacts(lines=(f"{number} Made-up Road",), town="Harrow", postcode=f"HA{number} 1AA")
    for number in (1, 2)
]


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child with two addresses; Olive has it, and a visit is planned."""
    case = world.case(world.child("Rowan", "Merlinton", addresses=HOMES), owner=people.olive)
    actions.plan_enquiries(case=case, steps=["home_visit"], by=people.olive, at=AT)
    return case


def visit_of(case: Case) -> str:
    return f"/cases/{case.ref}/enquiries/visit/record/"


def home(case: Case, postcode: str) -> str:
    """Return how the form calls an address."""
    return f"home_{Address.objects.get(child=case.child, postcode=postcode).pk}"


def told(case: Case, **answers: str) -> dict[str, Any]:
    """Return what somebody writes down who met the mother at the first address."""
    return {
        **day("on", timezone.localdate()),
        "time": "4:15pm",
        "seen_by": "Ama Boateng",
        "role": "education welfare officer",
        "where": home(case, "HA1 1AA"),
        "spoken_to": "Efua Merlinton",
        "relation": "the mother",
        "words": "Says they move to Luton at Christmas.",
        "seen": "alone",
        "is_safe": "yes",
        "wishes": "To stay with her friends.",
        "fostering": "no",
        "result": "lead:school",
        **answers,
    }


def test_a_visit_is_one_save_under_one_reference(case: Case, people: People) -> None:
    """P31, P66."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/").follow("Write down a visit")
    olive.send(
        "Save the visit",
        **told(
            case,
            second=home(case, "HA2 1AA"),
            second_words="An empty flat.",
            next_step="council_tax",
        ),
    )
    enquiry = Enquiry.objects.get(step="home_visit")
    olive.see(f"The visit is kept as enquiry {enquiry.ref}", "Efua Merlinton, the mother")
    assert enquiry.stage == EnquiryStage.ANSWERED
    second, first = enquiry.entries.order_by("pk")
    assert (first.address.postcode, first.method) == ("HA1 1AA", "visit")
    assert (second.address.postcode, second.words) == ("HA2 1AA", "An empty flat.")
    sighting = Sighting.objects.get()
    assert (sighting.enquiry, sighting.address) == (enquiry.ref, first.address)
    assert sighting.wishes == "To stay with her friends."
    assert Enquiry.objects.filter(step="council_tax", stage="planned").exists()
    assert Enquiry.objects.filter(step="next_authority", stage="planned").exists()
    olive.open(f"/cases/{case.ref}/enquiries/").see("1 Made-up Road", "2 Made-up Road")
    olive.open(f"/cases/{case.ref}/").see("Last seen").follow(f"visit {enquiry.ref}")
    olive.see("Says they move to Luton at Christmas.")


def test_where_one_part_cannot_be_kept_nothing_is(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(visit_of(case))
    olive.send("Save the visit", **told(case, wishes=""))
    olive.see("Enter what the child says they want", "Says they move to Luton at Christmas.")
    assert not EnquiryEntry.objects.exists()
    assert not Sighting.objects.exists()
    olive.send("Save the visit", **told(case, relation=""))
    olive.see("Enter who they are to the child")
    olive.send("Save the visit", **told(case, second=home(case, "HA1 1AA"), second_words="No."))
    olive.see("Select another address than the one above")
    assert not EnquiryEntry.objects.exists()


def test_a_visit_where_nobody_opened_and_none_was_planned(world: World, people: People) -> None:
    child = world.child("Ash", "Merlinton", addresses=HOMES)
    case = world.case(child, owner=people.olive)
    olive = Visitor(people.olive).open(visit_of(case))
    nobody = {"seen": "no", "is_safe": "", "wishes": "", "fostering": "not_asked"}
    elsewhere = {"where": "elsewhere", "elsewhere": "7 Canal Side", "spoken_to": "", "relation": ""}
    olive.send("Save the visit", **told(case, result="nothing_known", **nobody, **elsewhere))
    olive.see("The visit is kept", "Nobody was spoken to", "7 Canal Side")
    assert Sighting.objects.get().seen == "no"
    olive.open(visit_of(case))
    olive.send("Save the visit", **told(case, result="nothing_known", **nobody, **elsewhere))
    olive.see("the very same already")
    assert Enquiry.objects.count() == 1


def test_a_child_who_is_not_safe_leads_to_the_case(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(visit_of(case))
    olive.send("Save the visit", **told(case, is_safe="no", unsafe_words="A bruise."))
    olive.see("Not known to be safe", "A bruise.")
    assert olive.address == f"/cases/{case.ref}/"


@pytest.mark.parametrize(
    ("elsewhere", "is_answered"),
    [("111 Thistlebank Grove, Leeds", False), ("5 nowhere road", True), ("15 Nowhere Road", False)],
)
def test_a_visit_to_another_address_leaves_the_one_that_a_lead_asks_for(
    world: World, people: People, elsewhere: str, is_answered: bool
) -> None:
    """P31."""
    case = world.case(world.child("Ash", "Merlinton", addresses=HOMES), owner=people.olive)
    lead = EntryFacts(
        on=timezone.localdate(),
        method="telephone",
        words="They moved to 5 Nowhere Road, Leeds.",
        result=Result.LEAD,
        lead=Lead.ADDRESS,
    )
    actions.record_enquiry(
        on_cases=[case], step="neighbours", entries={Act.ANSWER: lead}, by=people.olive, at=AT
    )
    planned = case.enquiries.get(step="home_visit")
    olive = Visitor(people.olive).open(visit_of(case))
    answers = told(case, where="elsewhere", elsewhere=elsewhere, result="nothing_known")
    olive.send("Save the visit", **answers).see("The visit is kept")
    planned.refresh_from_db()
    assert (planned.stage == EnquiryStage.ANSWERED) is is_answered


def test_what_an_answer_needs_is_not_called_optional(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/add/").see("How?")
    assert "How? (optional)" not in olive.text
    assert "What was it, if it is on no list? (optional)" not in olive.text


@pytest.mark.parametrize(
    "page", ["enquiries/visit/record/", "enquiries/add/", "seen/", "letters/write/first/"]
)
def test_an_address_that_two_sources_cut_into_lines_is_offered_once(
    world: World, people: People, page: str
) -> None:
    homes = [
        AddressFacts(lines=lines, town="Harrow", postcode="HA2 2JV")
        for lines in (("Flat 9, 112 Cloverley Lane",), ("Flat 9", "112 Cloverley Lane"))
    ]
    case = world.case(world.child("Rowan", "Merlinton", addresses=homes), owner=people.olive)
    text = Visitor(people.olive).open(f"/cases/{case.ref}/{page}").text
    assert text.count("112 Cloverley Lane") == 1
