"""A family answers by the private link, or an officer types in what they said (P62)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.letters.keys import key_of
from onroll.letters.models import FamilyAnswer, FamilyFile, Letter
from onroll.letters.queries import NoLetter, find_by_key
from tests.cases.world import AT, World
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.letters.test_a_letter import write
from tests.people import People
from tests.plain import grade, texts_of, too_long

pytestmark = pytest.mark.django_db
BORN = {"born_day": "14", "born_month": "3", "born_year": "2014"}
SCHOOL = {
    "told_by": "Dana Merlinton",
    "where": "school",
    "school_name": "Far Hill Primary, Leeds",
    "starts_on_day": "1",
    "starts_on_month": "12",
    "starts_on_year": "2026",
    "phone": "07700 900123",
}


@pytest.fixture
def link(case: Case, people: People) -> str:
    """Give the address of the private link of a letter to the family."""
    write(case, people)
    return f"/letter/{key_of(Letter.objects.get().ref)}/"


def born_as(case: Case) -> dict[str, str]:
    """Return the date of birth of the child as somebody types it."""
    born = case.child.born_on
    assert born is not None
    return {"born_day": str(born.day), "born_month": str(born.month), "born_year": str(born.year)}


def test_an_answer_is_kept_and_stands_on_today_with_the_next_step(
    link: str, case: Case, people: People
) -> None:
    """P62: what they gave, and when, is kept and shown; the lead puts the next step on the list."""
    parent = Visitor(None).open(link).see("Tell us about your child")
    parent.send("Send").see("Select an answer to “Where is your child now?”")
    parent.send("Send", **SCHOOL, **born_as(case))
    answer = FamilyAnswer.objects.get()
    parent.see("We have your answer", answer.ref)
    assert answer.is_birth_right
    enquiry = Enquiry.objects.get(step="letter")
    assert enquiry.stage == "answered"
    assert not enquiry.deadlines.running().exists()
    assert Enquiry.objects.get(step="next_authority").stage == "planned"

    olive = Visitor(people.olive).open("/today/").see("The family told us").follow("Read it")
    olive.see("Far Hill Primary, Leeds", "1 December 2026", "07700 900123", answer.ref)
    olive.send("I have read what is new").see("Your name stands beside what is new")
    assert "The family told us" not in olive.open("/today/").text
    olive.open(f"/cases/{case.ref}/chronology/").see("The family says: at another school")
    olive.open(f"/cases/{case.ref}/letters/").see("Answered", "By the private link", answer.ref)


def test_the_page_shows_nothing_of_the_record_before_or_after(link: str, case: Case) -> None:
    """Whether the date of birth is right is told to nobody: the page that follows is the same."""
    pages = []
    Visitor(None).open(link).send("Send", **SCHOOL, **BORN)
    for born in (BORN, born_as(case)):
        parent = Visitor(None).open(link)
        text = parent.text
        parent.send("Send", **SCHOOL, **born)
        pages.append((text, parent.text.replace(FamilyAnswer.objects.last().ref, "REF")))
    assert pages[0] == pages[1]
    for known in ("Rowan", "Merlinton", "Alder", "St Ann", case.ref, "Olive"):
        assert known not in "".join(pages[0])


def test_who_opens_the_link_again_reads_that_an_answer_came_and_nothing_of_it(link: str) -> None:
    parent = Visitor(None).open(link)
    assert "An answer came" not in parent.text
    parent.send("Send", **SCHOOL, **BORN)
    again = Visitor(None).open(link).see("An answer came on", "You can add something here.")
    assert not [said for said in ("Far Hill", "Dana", "07700") if said in again.text]


def test_a_wrong_date_of_birth_is_kept_with_a_warning_and_plans_nothing(
    link: str, case: Case, people: People
) -> None:
    Visitor(None).open(link).send("Send", **SCHOOL, **BORN)
    assert not FamilyAnswer.objects.get().is_birth_right
    assert not Enquiry.objects.filter(step="next_authority").exists()
    olive = Visitor(people.olive).open("/today/").follow("Read it")
    olive.see("The date of birth that they gave is not the one on record.")


@pytest.mark.parametrize(
    ("where", "given", "step"),
    [
        ("moved", {"home": "9 Far Road, Leeds"}, "home_visit"),
        ("home_educated", {}, "education_records"),
        ("abroad", {"country": "Ireland"}, "abroad"),
        ("not_listed", {"words": "With her aunt"}, ""),
    ],
)
def test_each_answer_asks_for_its_next_step(
    link: str, case: Case, where: str, given: dict[str, str], step: str
) -> None:
    told = {"told_by": "Dana", "where": where, **given, **born_as(case)}
    Visitor(None).open(link).send("Send", **told).see("We have your answer")
    planned = Enquiry.objects.filter(stage="planned").values_list("step", flat=True)
    assert list(planned) == ([step] if step else [])


def test_an_address_and_words_are_asked_for_where_they_are_needed(link: str, case: Case) -> None:
    parent = Visitor(None).open(link)
    for where in ("moved", "not_listed"):
        parent.send("Send", where=where, told_by="Dana", **born_as(case))
        parent.see("Write this, so that we know what you mean")
    assert not FamilyAnswer.objects.exists()


def test_files_are_kept_for_who_may_open_them(link: str, case: Case, people: People) -> None:
    client = Client()
    pages = [open_file("letter.pdf"), open_file("photo.pdf")]
    page = client.post(link, {**SCHOOL, **born_as(case), "files": pages})
    assert page.status_code == 302, texts_of(page.content)
    assert FamilyFile.objects.count() == 2
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/").see("letter.pdf", "photo.pdf")
    row = FamilyFile.objects.first()
    assert olive.open(f"/cases/{case.ref}/letters/files/{row.pk}/").status == 200
    assert Visitor(people.ada).open(f"/cases/{case.ref}/letters/files/{row.pk}/").status != 200


def open_file(name: str) -> SimpleUploadedFile:
    """Return a small PDF as a browser sends it."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def test_an_answer_after_the_case_is_closed_is_kept_and_still_on_today(
    link: str, case: Case, people: People
) -> None:
    """No answer is lost: who had the case reads it."""
    close(case)
    Visitor(None).open(link).send("Send", **SCHOOL, **born_as(case)).see("We have your answer")
    olive = Visitor(people.olive).open("/today/").see("The family told us").follow("Read it")
    olive.send("I have read what is new").see("Your name stands beside what is new")
    assert not Enquiry.objects.filter(step="next_authority").exists()


def close(case: Case) -> None:
    """Close a case as the database has it."""
    rows = Case.objects.filter(pk=case.pk)
    rows.update(stage="closed", closed_on=AT.date(), outcome="on_roll", is_outcome_proved=True)


def test_a_link_ends_after_its_days_and_a_wrong_one_opens_nothing(link: str) -> None:
    wrong = Visitor(None).open(f"/letter/{'2222-' * 3}2222/").see("This page is not open")
    assert wrong.status == 404
    assert Visitor(None).open(link.replace("-", "").lower()).status == 200  # as somebody types it
    letter = Letter.objects.get()
    key, until = key_of(letter.ref), letter.sent_on + timedelta(days=28)
    assert find_by_key(key, on=until) == letter
    with pytest.raises(NoLetter):
        find_by_key(key, on=until + timedelta(days=1))


def test_looks_and_answers_are_limited(link: str, case: Case) -> None:
    client = Client()
    for _ in range(20):
        assert client.get(link).status_code == 200
    assert client.get(link).status_code == 429


def test_the_page_can_be_read(link: str, case: Case) -> None:
    texts = texts_of(Client().get(link).content)
    parent = Visitor(None).open(link).send("Send", **SCHOOL, **born_as(case))
    for part in (texts, texts_of(parent.content)):
        assert grade(part) <= 6.0
        assert too_long(part) == []


def test_an_officer_types_in_what_a_parent_said_on_the_telephone(
    case: Case, people: People
) -> None:
    """P62: by telephone or on a visit, in the same fields; it answers the letter that waits."""
    write(case, people)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/")
    olive.follow("Write down what the family told you").send("Save").see("Select")
    olive.send("Save", means="telephone", told_by="Dana, mother", where="moved", home="9 Far Road")
    answer = FamilyAnswer.objects.get()
    olive.see(f"kept as answer {answer.ref}", "9 Far Road", "By telephone", "Olive Obi")
    assert Enquiry.objects.get(step="letter").stage == "answered"
    assert Enquiry.objects.get(step="home_visit").stage == "planned"
    assert "The family told us" not in olive.open("/today/").text
    assert not EnquiryEntry.objects.filter(is_news=True).exists()


def test_what_was_said_on_a_visit_answers_the_visit(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(reverse("letters:heard", args=[case.ref]))
    olive.send("Save", means="visit", told_by="Dana", where="abroad", country="Ireland")
    assert set(Enquiry.objects.values_list("step", "stage")) == {
        ("home_visit", "answered"),
        ("abroad", "planned"),
    }


def test_who_may_not_see_addresses_sees_that_they_answered_and_no_more(
    link: str, case: Case, people: People, world: World
) -> None:
    """Access matrix, rows 7 and 8."""
    told = {"told_by": "Dana", "where": "moved", "home": "9 Far Road", **born_as(case)}
    Visitor(None).open(link).send("Send", **told)
    mo = Visitor(people.mo).open(f"/cases/{case.ref}/letters/").see("Moved, to a new address")
    assert mo.status == 200
    Address.objects.update(is_protected=True)
    max_ = Visitor(people.max).open(f"/cases/{case.ref}/letters/")
    assert "9 Far Road" not in max_.text
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/letters/")
    assert olive.status in (200, 302)
