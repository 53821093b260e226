"""An officer writes to a family; a parent without an account answers; the officer reads it."""

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry
from onroll.letters.models import FamilyAnswer, Letter
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.sharing.conftest import case_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None, people: People) -> Case:
    """Give the case of a child who left St Ann's; Olive has it."""
    return case_of(worlds.build(), people, "Rowan", "Merlinton")


def link_of(officer: Visitor) -> str:
    """Return the address in the text of the letter, as who got it types it."""
    officer.follow("The text to copy")
    text = str(officer.page.xpath("string(//textarea)"))
    address = next(line for line in text.splitlines() if "/letter/" in line)
    return "/letter/" + address.split("/letter/")[1]


def test_from_the_letter_through_the_answer_to_today(case: Case, people: People) -> None:
    """P62: what they gave, and when, is kept and shown."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Letters")
    olive.follow("First letter").send("Make the letter", way="post")
    letter = Letter.objects.get()
    parent = Visitor(None).open(link_of(olive))
    for known in ("Rowan", "Merlinton", "Alder Walk", case.ref):
        assert known not in parent.text

    born = case.child.born_on
    assert born is not None
    parent.send("Send", told_by="Dana Merlinton", where="moved")  # what lacks is said, all stays
    parent.see("Enter your child’s date of birth", "Write this, so that we know what you mean")
    parent.send(
        "Send",
        home="9 Far Road, Leeds",
        phone="07700 900123",
        born_day=str(born.day),
        born_month=str(born.month),
        born_year=str(born.year),
    )
    answer = FamilyAnswer.objects.get()
    parent.see("We have your answer", answer.ref)
    assert (answer.letter, answer.told_on) == (letter, timezone.localdate())

    olive.open("/today/").see("The family told us", "Read it").follow("Read it")
    olive.see("9 Far Road, Leeds", "07700 900123", "Moved, to a new address")
    olive.send("I have read what is new")
    visit = Enquiry.objects.get(case=case, step="home_visit")
    assert (visit.stage, visit.by) == ("planned", None)
    olive.open("/enquiries/").see("Visit to the home")
    olive.open(f"/cases/{case.ref}/chronology/").see("The family says: moved, to a new address")


def test_the_parent_reads_the_page_in_romanian(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/write/first/")
    parent = Visitor(None).open(link_of(olive.send("Make the letter", way="post")))
    parent.open(f"{parent.address}?language=ro").see("Spuneți-ne despre copilul dumneavoastră")
    born = case.child.born_on
    assert born is not None
    parent.send(
        parent.page.xpath("string((//main//form//button)[last()])").strip(),
        told_by="Dana",
        where="home_educated",
        born_day=str(born.day),
        born_month=str(born.month),
        born_year=str(born.year),
    )
    parent.see("Avem răspunsul dumneavoastră")
    assert FamilyAnswer.objects.get().language == "ro"
