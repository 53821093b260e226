"""A parent rings a school about a place; Admissions and the lead officer know at once (P18)."""

import pytest

from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def test_a_school_tells_of_a_family_and_sees_who_has_taken_note(people: People) -> None:
    """P18."""
    sam = Visitor(people.sam).follow("Families that ask about places").follow("Tell us of a family")
    sam.send(
        "Send",
        adult="Fay Madeup",
        phone="020 7946 0005",
        how="telephone",
        forename_1="Rowan",
        surname_1="Merlinton",
        born_1_day="4",
        born_1_month="5",
        born_1_year="2016",
        forename_2="Kim",
        surname_2="Merlinton",
    )
    sam.see("Admissions and the lead officer see it now.", "born 4 May 2016", "birthday not known")
    ref = sam.address.strip("/").split("/")[-1]

    ada = Visitor(people.ada).open("/today/").follow("family that asks about places")
    ada.follow("Fay Madeup").see("Rowan Merlinton", "020 7946 0005", "Told by", "Sam")
    ada.send("I take note of this", remark="Sent the form.").see("Your name stands as the receipt.")
    olive = Visitor(people.olive).open("/today/").follow("family that asks about places")
    olive.see("Admissions").follow("Fay Madeup").send("I take note of this", remark="")

    sam.open(f"/families/{ref}/").see(people.ada.name, "Sent the form.", people.olive.name)
    assert "family that asks about places" not in Visitor(people.ada).open("/today/").text
