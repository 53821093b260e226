"""Who works at several schools of a trust sees at each row which it is, and lists one alone."""

import pytest
from django.utils import timezone

from onroll.intake.actions import receive_file
from onroll.intake.models import Transfer
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral
from onroll.schools import actions as schools
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import refer

pytestmark = pytest.mark.django_db
WHY = {"reason": "no_school_named", "worry": "Gone.", "whereabouts": "no"}
URGENT = {**WHY, "danger": "yes", "danger_why": "We heard shouting."}


@pytest.fixture
def staff(world: World, people: People) -> People:
    """Let Mat work at both schools of the trust, and Sam at one."""
    for user, school in (
        (people.mat, world.st_anns),
        (people.mat, world.mill_lane),
        (people.sam, world.st_anns),
    ):
        schools.add_staff(user=user, school=school, on=timezone.localdate())
    refer("222-222-222", children=(named("Merlinton"),), school=world.st_anns.pk)
    refer("333-333-333", children=(named("Heronby"),), school=world.mill_lane.pk)
    return people


def named(surname: str) -> ChildWords:
    return ChildWords(forename="Rowan", surname=surname)


def rows(visitor: Visitor) -> dict[str, str]:
    """Return the words of each row of a list by its first cell."""
    found = visitor.page.xpath("//main//tbody/tr")
    return {
        " ".join(row[0].text_content().split()): " ".join(row.text_content().split())
        for row in found
    }


def test_each_referral_names_its_school_and_one_school_is_listed_alone(
    staff: People, world: World
) -> None:
    mat = Visitor(staff.mat).open("/our-referrals/")
    mat.see(f"{world.mill_lane.name}, {world.st_anns.name}")
    assert world.st_anns.name in rows(mat)["222-222-222"]
    assert world.mill_lane.name in rows(mat)["333-333-333"]
    mat.open(f"/our-referrals/?school={world.mill_lane.number}")
    assert set(rows(mat)) == {"333-333-333"}
    assert mat.page.xpath("//span[@class='govuk-caption-l']/text()") == [world.mill_lane.name]
    (chosen,) = mat.page.xpath("//select[@name='school']/option[@selected]/@value")
    assert chosen == world.mill_lane.number


def test_a_school_that_is_not_theirs_narrows_nothing_and_shows_nothing(
    staff: People, world: World
) -> None:
    for user in (staff.mat, staff.sam):
        visitor = Visitor(user)
        whole = set(rows(visitor.open("/our-referrals/")))
        for number in ("9999999", "x", world.mill_lane.number if user == staff.sam else ""):
            assert set(rows(visitor.open(f"/our-referrals/?school={number}"))) == whole


def test_who_works_at_one_school_chooses_none_and_reads_its_name(
    staff: People, world: World
) -> None:
    sam = Visitor(staff.sam)
    for address in ("/our-referrals/", "/school/", "/school/refer/"):
        sam.open(address).see(world.st_anns.name)
        assert not sam.page.xpath("//select[@name='school']")


def test_the_first_page_heads_several_schools_and_names_that_of_each_file(
    staff: People, world: World
) -> None:
    for school, name in ((world.st_anns, "one.csv"), (world.mill_lane, "two.csv")):
        received = receive_file(content=name.encode(), name=name, how="upload", at=AT)
        Transfer.objects.filter(pk=received.transfer.pk).update(sender=school)
    mat = Visitor(staff.mat).open("/school/")
    mat.see("Your schools", f"{world.mill_lane.name}, {world.st_anns.name}")
    assert len(rows(mat)) == 2
    mat.open(f"/school/?school={world.st_anns.number}")
    (row,) = rows(mat).values()
    assert "one.csv" in row
    assert world.st_anns.name in row


def test_the_children_looked_for_are_listed_by_school(staff: People, world: World) -> None:
    for surname, school in (("Merlinton", world.st_anns), ("Heronby", world.mill_lane)):
        child = world.child("Rowan", surname)
        world.at_school(child, school)
        world.case(child, school=school)
    mat = Visitor(staff.mat).open("/school/children/")
    assert len(rows(mat)) == 2
    (only,) = rows(mat.open(f"/school/children/?school={world.mill_lane.number}")).values()
    assert world.mill_lane.name in only


def test_a_child_in_no_file_is_referred_by_the_school_that_is_answered(
    staff: People, world: World
) -> None:
    mat = Visitor(staff.mat).open("/school/refer/new/").send("Continue", **URGENT)
    mat.see("Which of your schools refers the child?")
    mat.send("Continue").see("Select the school that refers the child")
    mat.send("Continue", our_school=world.mill_lane.number)
    mat.send("Continue", forename="Rowan", surname="Finch", sex="M")
    mat.open(mat.address.split("/form/")[0] + "/form/" + mat.address.split("/")[5] + "/you/")
    mat.send("Check and send now", referrer_contact="020 7946 0001").send("Send")
    sent = Referral.objects.exclude(ref__in=["222-222-222", "333-333-333"]).get()
    assert sent.school == world.mill_lane


def test_who_works_at_one_school_is_not_asked_which(staff: People) -> None:
    sam = Visitor(staff.sam).open("/school/refer/new/").send("Continue", **URGENT)
    assert "Which of your schools" not in sam.text
