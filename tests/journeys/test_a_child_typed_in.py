"""An officer types a child in, page by page, and is called away (P10)."""

import pytest

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.drafts.models import Draft
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db
WHY = {
    "reason": "referral",
    "because": "A neighbour rang.",
    "said_by": "A neighbour",
}
CARER = {"carer_kind": "PAM", "carer_is_responsible": ""}


def half_way(people) -> Visitor:
    """Look for a child nobody knows, and answer two pages of five."""
    olive = Visitor(people.olive).open("/cases/new/")
    olive.send("Look for the child", forename="Amina", surname="Quillworth")
    olive.follow("Add a new child")
    olive.send("Continue", sex="F")
    return olive.send("Continue", address="12 Made-up Road\nHarrow", postcode="HA1 1AA")


def test_what_was_begun_is_finished_after_signing_out(people):
    half_way(people).client.logout()
    olive = Visitor(people.olive).open("/today/")
    olive.see("form you have not finished, deleted 28 days after you last saved it", "Oldest")
    assert "Quillworth" not in olive.text
    olive.follow("form you have not finished")
    olive.see("Add a new child: Amina Quillworth").follow("Go on")
    olive.see("Who is the child?Completed", "Why does the child go on the register?Not yet")
    olive.follow("Where did the child last live?").see("12 Made-up Road")
    olive.send("Continue").send("Continue", **CARER | {"carer_forename": "Kamala"})
    olive.send("Continue").send("Continue", **WHY)
    assert olive.title.startswith("Check your answers")
    olive.see("Amina", "Female", "12 Made-up Road", "Kamala", "A neighbour rang.", "Not given")
    assert not Child.objects.exists()
    olive.send("Add the child and open the case").see("is on the register.")
    assert Case.objects.get().child.name == "Amina Quillworth"
    assert "not finished" not in olive.open("/today/").text


def test_an_answer_is_changed_and_leads_back_to_all_of_them(people):
    olive = half_way(people)
    for answers in (CARER, {}, WHY):
        olive.send("Continue", **answers)
    check = olive.address
    olive.follow("Change Surname").send("Continue", surname="Quillworthy")
    assert olive.address == check
    olive.see("Quillworthy")
    olive.open("/forms/unfinished/").see("Add a new child: Amina Quillworthy")


def test_an_answer_that_makes_a_later_one_wrong_leads_there(people):
    """A last day at school before the new date of birth."""
    olive = half_way(people)
    left = {"left_on_day": "6", "left_on_month": "11", "left_on_year": "2020"}
    for answers in (CARER, left, WHY):
        olive.send("Continue", **answers)
    born = {"born_day": "4", "born_month": "3", "born_year": "2021"}
    olive.follow("Change Date of birth").send("Continue", **born)
    olive.see("Last day there: this is before the date of birth")
    assert olive.page.xpath("//input[@name='left_on_year']/@value") == ["2020"]


def test_who_came_on_record_meanwhile_is_looked_at_before_a_second_record_is_made(people):
    """Two forms about one child: the second is told of the first, and asked once."""
    first, second = half_way(people), half_way(people)
    for olive in (first, second):
        for answers in (CARER, {}, WHY):
            olive.send("Continue", **answers)
    assert "Put on record after you began" not in second.text
    first.send("Add the child and open the case").see("is on the register.")
    second.send("Add the child and open the case")
    second.see("Look there first", "Put on record after you began", "Amina Quillworth")
    assert Child.objects.count() == 1
    seen = AccessEvent.objects.latest("pk")
    assert seen.child_ids == [Child.objects.get().pk]
    second.send("Add the child and open the case").see("is on the register.")
    assert Child.objects.count() == 2


def test_of_somebody_elses_form_nobody_learns_anything(people):
    half_way(people)
    ref = Draft.objects.get().ref
    max_ = Visitor(people.max).open("/today/")
    assert "not finished" not in max_.text
    assert "Amina" not in max_.open("/forms/unfinished/").text
    for page in ("form", "who", "check", "delete"):
        assert max_.open(f"/cases/new/form/{ref}/{page}/").status == 404


def test_what_is_not_wanted_any_more_is_deleted_after_a_question(people):
    olive = half_way(people).send("Save and finish later")
    olive.see("Saved. You can finish this form later.").follow("Delete this form")
    olive.see("“Add a new child: Amina Quillworth” was not sent.")
    olive.send("Delete the form").see("The form is deleted. Nothing was sent.", "There are none.")
    assert not Draft.objects.exists()
    assert not Child.objects.exists()
