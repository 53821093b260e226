"""Letters to several families at once: each by itself, one file to print (P62)."""

from datetime import timedelta
from io import BytesIO
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.demo.correspondence import Correspondent
from onroll.enquiries.models import Enquiry
from onroll.letters.models import FamilyAnswer, Letter, Mailing
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.sharing.conftest import case_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(world: World, people: People) -> list[Case]:
    """Give three cases of Olive's, of children at three addresses."""
    names = (("Rowan", "Merlinton"), ("Ivy", "Okonedo"), ("Bay", "Lindqvist"))
    cases = [case_of(world, people, *name) for name in names]
    for number, case in enumerate(cases):
        Address.objects.filter(child=case.child).update(lines=[f"{number} Alder Walk"])
    return cases


def to_write(cases: list[Case]) -> str:
    """Return the page to which the ticks of the register lead."""
    return "/letters/new/?" + "&".join(f"case={case.ref}" for case in cases)


def test_ticked_families_have_a_letter_each_and_one_file_to_print(
    three: list[Case], people: People
) -> None:
    olive = Visitor(people.olive).open("/cases/").see("Write to the families of the ticked cases")
    olive.open(to_write(three)).see("0 Alder Walk", "1 Alder Walk", "Rowan Merlinton")
    olive.send("Make the letters").see("Select which letter")
    olive.send("Make the letters", kind="first").see("3 letters are made", "No answer yet")
    mailing = Mailing.objects.get()
    assert Enquiry.objects.filter(step="letter", stage="asked").count() == 3
    olive.open(f"/letters/{mailing.ref}/pdf/")
    pages = [page.extract_text() for page in PdfReader(BytesIO(olive.content)).pages]
    assert len(pages) == 3
    for number, page in enumerate(pages):
        assert [f"{other} Alder Walk" in page for other in range(3)] == [
            other == number for other in range(3)
        ]
    olive.open("/letters/").see(mailing.ref, "Olive Obi")
    assert Visitor(people.ada).open(f"/letters/{mailing.ref}/").status in (403, 404)


def test_a_protected_family_is_left_out_and_said_and_never_printed_later(
    three: list[Case], people: People
) -> None:
    """Access matrix, row 8: neither in what is made nor in what is printed afterwards."""
    Address.objects.filter(child=three[0].child).update(is_protected=True)
    olive = Visitor(people.olive).open(to_write(three)).see("No letter can go there")
    assert "0 Alder" not in olive.text
    olive.send("Make the letters", kind="first").see("2 letters are made", f"{three[0].ref}: The")
    Address.objects.filter(child=three[1].child).update(is_protected=True)
    mailing = Mailing.objects.get()
    olive.open(f"/letters/{mailing.ref}/").see("1 of these cannot be printed any more")
    olive.open(f"/letters/{mailing.ref}/pdf/")
    assert "1 Alder" not in PdfReader(BytesIO(olive.content)).pages[0].extract_text()
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"lines": ["Quillfield Crescent"], "country": ""}, "Quillfield Crescent"),
        ({"postcode": "", "country": ""}, "0 Alder Walk"),
    ],
)
def test_no_letter_goes_to_a_part_of_an_address_and_that_is_no_problem(
    three: list[Case], people: People, part: dict[str, object], place: str
) -> None:
    Address.objects.filter(child=three[0].child).update(**part)
    olive = Visitor(people.olive).open(to_write(three)).see(place, "a part of the address is")
    olive.send("Make the letters", kind="first")
    olive.see("2 letters are made", f"{three[0].ref}: A part of the address is missing")
    assert "There is a problem" not in olive.text
    assert not Letter.objects.filter(case=three[0]).exists()


def test_the_same_letters_again_add_nothing(three: list[Case], people: People) -> None:
    for _ in range(2):
        olive = Visitor(people.olive).open(to_write(three)).send("Make the letters", kind="first")
    olive.see("This letter was made today")
    assert (Letter.objects.count(), Mailing.objects.count()) == (3, 1)


def test_pages_ask_as_much_for_three_as_for_one(three: list[Case], people: People) -> None:
    olive = Visitor(people.olive)
    numbers = []
    for some in (three[:1], three):
        olive.open(to_write(some))
        with CaptureQueriesContext(connection) as captured:
            olive.open(to_write(some))
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_nothing_ticked_leads_back(people: People, world: World) -> None:
    Visitor(people.olive).open("/letters/new/").see("No case to whose family you may write")


def test_made_up_officers_write_and_families_answer(three: list[Case], people: People) -> None:
    correspondent = Correspondent(Random(4))
    for day in range(60):
        correspondent.work(at=AT + timedelta(days=day))
    assert {"first"} <= set(Letter.objects.values_list("kind", flat=True))
    assert FamilyAnswer.objects.exists() or Letter.objects.filter(deliveries__isnull=False).exists()
