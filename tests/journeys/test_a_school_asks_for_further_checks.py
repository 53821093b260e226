"""A school asks before it decides anything, and reads the answer (P61)."""

import pytest
from django.utils import timezone

from onroll.advice.models import FurtherCheck
from onroll.schools.actions import add_staff
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.world import school

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_school(people: People) -> People:
    for person, number in ((people.sam, "3102001"), (people.tess, "3102002")):
        add_staff(user=person, school=school(number, f"School {number}"), on=timezone.localdate())
    return people


def test_a_school_asks_and_is_answered_and_nobody_else_sees_it(at_school: People) -> None:
    """P61."""
    sam = Visitor(at_school.sam).follow("Further checks before you decide")
    sam.follow("Ask for further checks of a pupil who is not in them")
    sam.see("If a child is in danger now, ring 999.")
    sam.send(
        "Send",
        forename="Rowan",
        surname="Merlinton",
        born_day="4",
        born_month="5",
        born_year="2016",
        last_attended_day="27",
        last_attended_month="11",
        last_attended_year="2026",
        wanted=["new_school", "new_address"],
        account="The mother said they moved to Leeds. The school she named does not know him.",
    )
    sam.see("The answer comes to this page.", "Waits for an answer", "It is due on")
    ref = FurtherCheck.objects.get().ref
    assert Visitor(at_school.tess).open(f"/school/checks/{ref}/").status == 404

    olive = Visitor(at_school.olive).open("/today/").follow("school that asks for further checks")
    olive.follow(ref).see("moved to Leeds", "Where the child lives now")
    olive.send("Answer the school", outcome="not_found", why="Leeds does not know him.")
    olive.see("Answered. The school sees it now.", "We could not find the child")
    assert not FurtherCheck.objects.get().deadlines.running().exists()

    sam.open("/school/checks/").follow(ref).see("We could not find the child: refer now")
    sam.see("Leeds does not know him.", "Olive Obi", "Keep the name on the roll")
    sam.send("Refer the child").see("Why you refer the child")
