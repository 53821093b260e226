"""A child is seen, is not known to be safe, and the hub hears of it; then the case ends (P66)."""

from typing import Any

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None, people: People) -> Case:
    """Give the case of a child whom nobody has seen yet; Olive has it."""
    borough = worlds.build()
    return borough.case(borough.child("Rowan", "Merlinton"), owner=people.olive)


def told(**answers: str) -> dict[str, Any]:
    """Return what Olive writes down of a day."""
    return {
        **day("on", timezone.localdate()),
        "seen_by": "Ama Boateng",
        "role": "social worker, Harrow",
        "where": "school",
        "school": "St Ann's School",
        "fostering": "not_asked",
        **answers,
    }


def test_who_saw_the_child_and_whether_safe_is_a_fact_of_its_own(
    case: Case, people: People
) -> None:
    """P66: by whom, when and where; what worries stands first, goes to the hub, and is answered."""
    page = f"/cases/{case.ref}/"
    olive = Visitor(people.olive).open(page).see("Not seen yet")
    olive.follow("Write down that the child was seen")
    olive.send(
        "Save",
        **told(seen="alone", is_safe="no", unsafe_words="A bruise.", wishes="To stay with Gran."),
    )
    olive.see("Not known to be safe", "A bruise.", "at St Ann's School", case.ref)
    olive.follow("Send this case to the hub, with what was seen")
    olive.send("Send to the hub", urgent="yes", urgent_why="A bruise, seen today.")
    olive.see("It waits until somebody at the hub accepts it")
    Visitor(people.mo).open(olive.address).see("A bruise.", "Ama Boateng, social worker, Harrow")

    olive.open(page).follow("Say what was done")
    olive.send("Save", why="Mo Malik at the hub, 2pm.").see("Mo Malik at the hub, 2pm.")
    assert "Not known to be safe" not in olive.text

    olive.open(f"{page}seen/")
    olive.send("Save", **told(seen="with", company="Gran", is_safe="yes", wishes="To stay there."))
    olive.see("Last seen", "by Ama Boateng, social worker, Harrow", "The child is safe")
    olive.open(f"{page}chronology/").see("The child was seen on")
    olive.open(f"{page}close/on-roll/").see("Last seen", "The child is safe")
