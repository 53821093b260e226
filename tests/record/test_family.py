"""What the family was told, or why not, is written down and stays."""

import pytest

from onroll.cases.models import Case
from tests.cases.world import today
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_what_the_family_was_told_or_not_is_kept_and_in_the_chronology(
    case: Case, people: People
) -> None:
    on = today()
    day = {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/record/")
    olive.follow("Write down what the family was told").send("Save")
    olive.see("Select whether the family was told", "Enter the day")
    olive.send("Save", was_told="yes", **day, words="That we look for Rowan.")
    olive.see("Enter who was told", "Select how they were told")
    olive.send("Save", whom="Dana, mother", method="letter")
    olive.see("Kept on the case", "The family was told, by letter", "That we look for Rowan.")
    olive.follow("Write down what the family was told")
    olive.send("Save", was_told="no", **day, words="It would put Rowan in danger.")
    olive.see("The family was not told", "It would put Rowan in danger.")
    olive.open(f"/cases/{case.ref}/chronology/?kind=family").see("4 of ", "Dana, mother")


def test_a_day_to_come_and_the_same_twice_are_refused(case: Case, people: People) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/record/told/")
    ahead = {"on_day": "1", "on_month": "1", "on_year": "2099"}
    olive.send("Save", was_told="no", **ahead, words="Danger.").see("must be on or before")
