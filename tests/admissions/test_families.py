"""A family asks about places: told in a minute, seen at once, taken note of by name (P18)."""

import pytest
from django.db import IntegrityError, transaction

from onroll.admissions import actions, queries
from onroll.admissions.actions import ChildFacts
from onroll.admissions.models import Family, Receiver
from onroll.cases.queries.waiting import counted
from onroll.rules.refusal import Refused
from tests.cases.conftest import world
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

__all__ = ["world"]
pytestmark = pytest.mark.django_db
ASKED = {"adult": "Fay Madeup", "phone": "020 7946 0005", "how": "telephone"}
CHILD = {"forename_1": "Rowan", "surname_1": "Merlinton"}


def tell(people: People, **more: str) -> Family:
    child = ChildFacts("Rowan", "Merlinton")
    return actions.tell_of_family(facts={**ASKED, **more}, children=[child], by=people.tess, at=AT)


def test_both_must_take_note_and_each_once(people: People) -> None:
    """P18."""
    family = tell(people)
    for person, receiver in (
        (people.ada, Receiver.ADMISSIONS),
        (people.max, Receiver.LEAD_OFFICER),
    ):
        assert counted(queries.todo(person, on=AT.date(), at=AT))[0].number == 1
        actions.take_note(family=family, receiver=receiver, remark="", by=person, at=AT)
        assert counted(queries.todo(person, on=AT.date(), at=AT))[0].number == 0
        with pytest.raises(Refused, match="taken note of this family meanwhile"):
            actions.take_note(family=family, receiver=receiver, remark="", by=person, at=AT)


def test_who_told_us_sees_the_receipts_and_nobody_s_families_but_their_own(people: People) -> None:
    family = tell(people)
    actions.take_note(
        family=family, receiver=Receiver.ADMISSIONS, remark="Rang.", by=people.ada, at=AT
    )
    Visitor(people.tess).open(f"/families/{family.ref}/").see("Ada", "Rang.", "nobody yet")
    assert Visitor(people.sam).open(f"/families/{family.ref}/").status == 404
    assert "Fay Madeup" not in Visitor(people.sam).open("/families/").text


def test_a_family_is_reached_somehow_and_each_child_has_both_names(people: People) -> None:
    cat = Visitor(people.cat).open("/families/tell/")
    cat.send("Send", adult="Fay", how="email", **CHILD, forename_2="Kim")
    cat.see("Enter a telephone number or an email, or why", "Enter both names of this child")
    assert not Family.objects.exists()
    assert cat.page.xpath("//input[@name='adult']/@value") == ["Fay"]
    with pytest.raises(IntegrityError, match="can_be_reached_somehow"), transaction.atomic():
        tell(people, phone="")


def test_a_family_with_neither_number_nor_address_is_told_of_with_why(people: People) -> None:
    cat = Visitor(people.cat).open("/families/tell/")
    why = "No telephone yet. They come to the desk on Mondays."
    cat.send("Send", adult="Fay", how="in_person", no_contact_why=why, **CHILD).see(why)
    assert Family.objects.get().no_contact_why == why


def test_an_empty_form_names_each_question_that_lacks_an_answer(people: People) -> None:
    cat = Visitor(people.cat).open("/families/tell/").send("Send")
    cat.see("Enter the forename of the first child", "Enter the surname of the first child")
    assert "This field is required" not in cat.text


def test_a_telephone_number_has_figures(people: People) -> None:
    cat = Visitor(people.cat).open("/families/tell/")
    cat.send("Send", adult="Fay", how="telephone", phone="abc", **CHILD)
    cat.see("Enter a telephone number in figures, like 020 7946 0001")
    assert "Enter a telephone number or an email" not in cat.text
    cat.send("Send", phone="+44 (0)20 7946 0001 ext 3")
    assert Family.objects.get().phone == "+44 (0)20 7946 0001 ext 3"


@pytest.mark.parametrize(("who", "status"), [("mo", 200), ("ola", 200), ("dee", 403), ("ari", 403)])
def test_every_school_and_officer_may_tell_us(people: People, who: str, status: int) -> None:
    assert Visitor(getattr(people, who)).open("/families/tell/").status == status


def test_an_officer_s_family_is_of_no_school(world: World, people: People) -> None:
    officer = actions.tell_of_family(facts=ASKED, children=[], by=people.cat, at=AT)
    assert officer.school is None
    assert officer.teller == people.cat.name


@pytest.mark.parametrize(
    ("who", "says"),
    [("sam", "You have told us of no family yet."), ("ada", "Nobody has told us of a family yet.")],
)
def test_an_empty_list_says_whose_families_it_would_hold(
    people: People, who: str, says: str
) -> None:
    Visitor(getattr(people, who)).open("/families/").see(says)
