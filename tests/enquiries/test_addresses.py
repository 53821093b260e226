"""Addresses that were tried: which, when, what came of it, and who lives there now (P31)."""

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts
from onroll.children.models import Address, Child
from onroll.enquiries import actions, queries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import EnquiryEntry
from onroll.rules.enquiry_log import Act, Result
from onroll.rules.refusal import Refused
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
HOME = AddressFacts(lines=("1 Made-up Road",), town="Harrow", postcode="HA1 1AA")
NEW = AddressFacts(lines=("9 Far Road",), town="Harrow", postcode="HA3 3AA")
ON = day("on", TODAY)


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child with two addresses on record; Olive has it."""
    child = world.child("Rowan", "Merlinton", addresses=[HOME, NEW])
    world.at_school(child)
    return world.case(child, owner=people.olive)


def home_of(case: Case) -> Address:
    return Address.objects.get(child=case.child, postcode=HOME.postcode)


def visit(case: Case, people: People, **more: object) -> None:
    said: dict[str, object] = {"method": "visit", "words": "Nobody opened."}
    facts = EntryFacts(on=TODAY, result=Result.NOTHING_KNOWN, **{**said, **more})
    actions.record_enquiry(
        on_cases=[case], step="home_visit", entries={Act.ANSWER: facts}, by=people.olive, at=AT
    )


def test_a_visit_says_at_which_address_and_who_lives_there_now(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/")
    assert "Addresses already tried" not in olive.text
    olive.follow("Record an enquiry").see("9 Far Road, Harrow, HA3 3AA")
    given = {"state": "answered", "result": "nothing_known", "method": "visit", **ON}
    olive.send(
        "Save",
        step="home_visit",
        address=str(home_of(case).pk),
        words="A woman opened.",
        lives_there="A family with another name",
        **given,
    )
    olive.see("At which address", "1 Made-up Road, Harrow, HA1 1AA", "A family with another name")
    olive.open(f"/cases/{case.ref}/enquiries/").see(
        "Addresses already tried",
        "1 Made-up Road, Harrow, HA1 1AA",
        "A woman opened.",
        "A family with another name",
    )
    assert "9 Far Road" not in olive.text
    read = AccessEvent.objects.filter(page="case: enquiries", actor=people.olive.email)
    assert ["addresses" in event.fields for event in read.order_by("id")] == [False, True]


def test_one_address_is_one_row_with_the_last_time_and_what_was_typed_is_one_too(
    case: Case, people: People
) -> None:
    home = home_of(case)
    visit(case, people, address=home, lives_there="Nobody")
    visit(case, people, address=home, words="The blinds are down.")
    visit(case, people, contact="4 Typed Lane", method="letter")
    visit(case, people, contact="020 7946 0000", method="telephone", words="Rang before.")
    facts = EntryFacts(on=TODAY, method="email", words="They moved.", result=Result.NOTHING_KNOWN)
    actions.record_enquiry(
        on_cases=[case], step="housing", entries={Act.ANSWER: facts}, by=people.olive, at=AT
    )
    rows = queries.addresses_tried(case, people.olive, queries.log_of(case)).tried
    shown = {(row.address, row.last.words, row.lives_there) for row in rows}
    assert shown == {
        ("1 Made-up Road, Harrow, HA1 1AA", "The blinds are down.", "Nobody"),
        ("4 Typed Lane", "Nobody opened.", ""),
    }


def test_what_is_withdrawn_was_not_tried(case: Case, people: People) -> None:
    visit(case, people, address=home_of(case))
    (row,) = case.enquiries.all()
    wrong = EntryFacts(on=TODAY, words="It was another child.")
    actions.add_entry(enquiry=row, act=Act.WITHDRAW, facts=wrong, by=people.olive, at=AT)
    assert queries.addresses_tried(case, people.olive, queries.log_of(case)).tried == []


def test_an_address_that_becomes_protected_is_shown_nowhere(case: Case, people: People) -> None:
    """Access matrix, row 8; one that was typed may be the same."""
    home = home_of(case)
    visit(case, people, address=home, lives_there="The aunt")
    visit(case, people, contact="1 Made-up Road")
    Address.objects.filter(pk=home.pk).update(is_protected=True)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/")
    olive.see("Addresses that may be the protected one are not shown here.")
    table = olive.text.partition("Addresses already tried")[2]
    assert table == ""
    for entry in EnquiryEntry.objects.filter(address=home):
        page = olive.open(f"/cases/{case.ref}/enquiries/{entry.enquiry.ref}/").text
        assert "Made-up Road" not in page
        assert "The aunt" not in page
    olive.open(f"/cases/{case.ref}/enquiries/add/").see("9 Far Road")
    assert "Made-up Road" not in olive.text


def test_of_a_protected_child_no_address_is_offered_or_shown(case: Case, people: People) -> None:
    visit(case, people, address=home_of(case))
    Child.objects.filter(pk=case.child_id).update(is_protected=True)
    case = Case.objects.get(pk=case.pk)
    assert queries.addresses_to_try(case, people.olive) == []
    found = queries.addresses_tried(case, people.olive, queries.log_of(case))
    assert (found.tried, found.has_hidden) == ([], True)


def test_of_brothers_and_sisters_each_has_its_own_address(
    case: Case, world: World, people: People
) -> None:
    sister = world.case(world.child("Wren", "Merlinton", addresses=[HOME]), owner=people.olive)
    other = world.case(world.child("Lark", "Merlinton", addresses=[NEW]), owner=people.olive)
    facts = EntryFacts(
        on=TODAY, words="Nobody opened.", address=home_of(case), result=Result.NOTHING_KNOWN
    )
    actions.record_enquiry(
        on_cases=[case, sister, other],
        step="home_visit",
        entries={Act.ANSWER: facts},
        by=people.olive,
        at=AT,
    )
    addresses = [entry.address for entry in EnquiryEntry.objects.order_by("pk")]
    assert addresses == [home_of(case), home_of(sister), None]


def test_a_step_at_no_address_asks_for_none(case: Case, people: People) -> None:
    """A telephone call to housing has nothing to do with where somebody knocks."""
    for step, is_asked in (("housing", False), ("neighbours", True)):
        (row,) = actions.record_enquiry(
            on_cases=[case], step=step, entries={}, by=people.olive, at=AT
        )
        olive = Visitor(people.olive).open(f"/cases/{case.ref}/enquiries/{row.ref}/answer/")
        for question in ("At which address of the child?", "Who lives at that address now?"):
            assert (question in olive.text) is is_asked


def test_who_reads_no_addresses_sees_none_and_a_school_neither(case: Case, people: People) -> None:
    """Access matrix, row 7."""
    visit(case, people, address=home_of(case))
    found = queries.addresses_tried(case, people.ada, queries.log_of(case))
    assert found.tried == ()
    sam = Visitor(people.sam).open(f"/school/enquiries/add/{case.ref}/")
    assert "Made-up Road" not in sam.text


def test_nothing_is_left_out_of_a_plan_without_a_word(case: Case, people: People) -> None:
    with pytest.raises(Refused, match="Say why the others are left out"):
        actions.plan_enquiries(
            case=case, steps=[], left_out=["housing"], left_out_why=" ", by=people.olive, at=AT
        )
    assert case.enquiries.count() == 0
