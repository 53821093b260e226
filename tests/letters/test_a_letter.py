"""An officer writes to a family: checked, made, asked with its clock, and what became of it."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from onroll.cases.models import Case
from onroll.children.models import Address, Child
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.letters.keys import digest, key_of
from onroll.letters.models import Delivery, Letter
from tests.cases.world import TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.sharing.conftest import case_of
from tests.sharing.tags import tags

pytestmark = pytest.mark.django_db
POST = {"way": "post"}


def write(case: Case, people: People, kind: str = "first", **given: Any) -> Visitor:
    """Make a letter as Olive does."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/write/{kind}/")
    return olive.send("Make the letter", **(POST | given))


def test_a_letter_is_made_and_asked_on_the_case_with_its_clock(case: Case, people: People) -> None:
    """P62: evidence of the new school, address and contacts is asked for, by a day."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Letters")
    olive.see("The family has told us nothing yet.", "Parents will be asked to provide evidence")
    olive.follow("First letter").see("Please tell us about Rowan", "3 Alder Walk", "Dana Merlinton")
    olive.send("Make the letter").see("Select how you send it")
    olive.send("Make the letter", person="Dana Merlinton", **POST)
    letter = Letter.objects.get()
    olive.see(f"Letter {letter.ref} is made and nothing is sent yet.", "3 Alder Walk, Harrow")
    enquiry = Enquiry.objects.get(step="letter")
    assert letter.enquiry == enquiry
    assert enquiry.stage == "asked"
    assert enquiry.deadlines.running().get().due_on == letter.answer_due_on
    assert letter.digest == digest(key_of(letter.ref))
    olive.open(f"/cases/{case.ref}/chronology/").see("Letter or email to the last known address")
    olive.open(f"/cases/{case.ref}/enquiries/").see("3 Alder Walk, Harrow, HA1 1AA")
    olive.open("/diary/").see("Chase the answer: Letter or email")


def test_the_pdf_has_language_title_tags_and_reading_order(case: Case, people: People) -> None:
    """P62: PDF/UA; the same letter again is the same bytes, and its key is stored nowhere."""
    write(case, people)
    letter = Letter.objects.get()
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/{letter.ref}/pdf/")
    content = olive.content
    assert olive.open(f"/cases/{case.ref}/letters/{letter.ref}/pdf/").content == content
    reader = PdfReader(BytesIO(content))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == f"Letter {letter.ref}"
    in_order = [words for kind, words in tags(reader) if kind in ("/H1", "/H2")]
    assert in_order == ["Please tell us about Rowan", "Tell us on this page"]
    assert any(kind == "/Figure" for kind, _ in tags(reader))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    key = key_of(letter.ref)
    places = [words.index(part) for part in ("3 Alder Walk", "Please tell us about", key)]
    assert places == sorted(places)
    assert "Merlinton" not in words  # the first name alone
    assert len(reader.pages) == 1
    assert key not in str(Letter.objects.values())


def test_the_text_says_the_same_and_a_text_message_nothing_of_the_child(
    case: Case, people: People
) -> None:
    write(case, people)
    mail, phone = "parent@home.example", "07700 900123"
    write(case, people, "first", way="email", email=mail)
    write(case, people, "chaser", way="text", phone=phone)
    olive = Visitor(people.olive)
    texts = []
    for letter in Letter.objects.order_by("pk"):
        olive.open(f"/cases/{case.ref}/letters/{letter.ref}/text/")
        texts.append(olive.page.xpath("string(//textarea)"))
        assert key_of(letter.ref) in texts[-1]
    assert "Please tell us where Rowan goes to school now" in texts[0]
    assert "Rowan" not in texts[2]
    assert "Alder" not in texts[0] + texts[1]
    assert [letter.place for letter in Letter.objects.order_by("pk")][1:] == [[mail], [phone]]


def test_a_second_letter_asks_again_and_says_when_the_first_was_sent(
    case: Case, people: People
) -> None:
    write(case, people, "chaser").see("No letter that asks was sent to this family")
    write(case, people)
    write(case, people, "chaser")
    first, second = Letter.objects.order_by("pk")
    assert second.enquiry == first.enquiry
    assert "We wrote to you on" in second.paragraphs[1]
    assert list(EnquiryEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "ask",
        "chase",
    ]


def test_a_visit_notice_says_the_day(case: Case, people: People) -> None:
    day = {"called_on_day": "1", "called_on_month": "9", "called_on_year": str(TODAY.year)}
    write(case, people, "visit", way="hand", **day).see("We called at this address on 1 September")


def test_the_same_letter_again_adds_nothing(case: Case, people: People) -> None:
    write(case, people)
    write(case, people).see("This letter was made today, as")
    assert Letter.objects.count() == Enquiry.objects.count() == 1


def test_a_letter_that_came_back_marks_the_address_tried_and_asks_for_the_next_step(
    case: Case, people: People
) -> None:
    """P62: what was sent, and that it came back, is a fact on the case, with the next step."""
    olive = write(case, people).follow("Say what became of it").send("Save")
    olive.see("Select what became of it")
    olive.send("Save", fate="returned", words="Gone away")
    letter = Letter.objects.get()
    olive.see(f"It is kept with letter {letter.ref}. To be asked next: Visit to the home.")
    olive.see("It came back, or was not delivered", "Gone away")
    asked, planned = Enquiry.objects.order_by("pk")
    assert asked.stage == "answered"
    assert not asked.deadlines.running().exists()
    assert (planned.step, planned.stage) == ("home_visit", "planned")
    olive.open(f"/cases/{case.ref}/enquiries/").see("3 Alder Walk", "Visit to the home")
    olive.open(f"/cases/{case.ref}/chronology/").see("it came back, or was not delivered")
    olive.open(f"/cases/{case.ref}/letters/").see("It came back, or was not delivered")


def test_one_that_was_not_sent_waits_for_no_answer(case: Case, people: People) -> None:
    write(case, people).follow("Say what became of it").send("Save", fate="not_sent")
    assert Enquiry.objects.get().stage == "withdrawn"
    assert Delivery.objects.get().fate == "not_sent"
    write(case, people).see("is made and nothing is sent yet")  # and can be made anew


@pytest.mark.parametrize("protected", ["address", "former", "identity"])
def test_nothing_goes_to_a_protected_child(case: Case, people: People, protected: str) -> None:
    """Access matrix, row 8: no letter to the child of a protected address, not to another one."""
    if protected == "identity":
        Child.objects.update(is_protected=True)
    elif protected == "address":
        Address.objects.update(is_protected=True)
    else:
        old = Address.objects.get()
        Address.objects.create(
            child=case.child,
            lines=["9 Far Road"],
            postcode="LS1 1AA",
            is_protected=True,
            source=old.source,
        )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/write/first/")
    olive.see("or reach who must not know of it")
    assert "Alder" not in olive.text
    assert "Far Road" not in olive.text
    olive.send("Make the letter", way="email", email="x@home.example")
    olive.see("or reach who must not know of it")
    assert not Letter.objects.exists()


def test_nothing_goes_to_an_address_that_is_protected_for_another_child(
    world: World, case: Case, people: People
) -> None:
    other = case_of(world, people, "Ivy", "Merlinton")
    Address.objects.filter(child=other.child).update(is_protected=True)
    write(case, people).see("This address is protected for another child.")
    assert not Letter.objects.exists()


def test_a_letter_is_not_printed_again_once_the_address_is_protected(
    case: Case, people: People
) -> None:
    write(case, people)
    letter = Letter.objects.get()
    Address.objects.update(is_protected=True)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/{letter.ref}/")
    olive.see("is protected now")
    assert "Alder" not in olive.text
    assert olive.open(f"/cases/{case.ref}/letters/{letter.ref}/pdf/").status == 403
    assert olive.open(f"/cases/{case.ref}/letters/{letter.ref}/text/").status == 403


def test_who_may_not_write_reads_no_address(case: Case, people: People) -> None:
    """Access matrix, rows 11, 12 and 15."""
    write(case, people)
    assert Visitor(people.ada).open(f"/cases/{case.ref}/letters/write/first/").status == 403
    assert Visitor(people.dee).open(f"/cases/{case.ref}/letters/").status == 403
    assert Visitor(people.sam).open(f"/cases/{case.ref}/letters/").status == 403


def test_a_letter_whose_link_cannot_be_made_again_says_so(
    case: Case, people: People, settings: Any
) -> None:
    """A new secret of the service: what was sent still opens, and nothing wrong is printed."""
    write(case, people)
    letter = Letter.objects.get()
    settings.SECRET_KEY = "another secret of the service, long enough to be taken as such"
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/{letter.ref}/pdf/")
    olive.see("Its link can no longer be printed. Write a new letter.")
