"""A record that may be of a child we know waits for a person, whose answer holds from then on.

DESIGN.md section 4 (Row, Decision); policy P42; matching.md 6.3.
"""

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.demo.upns import with_letter
from tests import files
from tests.journeys.visitor import Visitor

UPN = with_letter("310200125011")
SURNAME, FORENAME = "Quillby", "Rowan"


def joined(world, **said) -> str:
    facts = {
        "surname": SURNAME,
        "forename": FORENAME,
        "born": world.born,
        "estab": "2002",
        "entry_on": world.ago(1),
    }
    return files.pupil(**(facts | said))


def left_st_anns(world) -> bytes:
    pupil = joined(
        world, upn=UPN, estab="2001", entry_on=world.ago(40), left_on=world.ago(3), reason="UK"
    )
    return files.cml(pupil, made=world.today)


def swapped(day):
    """Return a date with day and month the other way round, as a tired hand types it."""
    return day.replace(day=day.month, month=day.day)


def one_file(olive: Visitor, work, name: str, content: bytes) -> str:
    olive.open("/files/upload/").send("Upload", files={name: content})
    work()
    return olive.address


@pytest.mark.shows("readme.files")
def test_an_unsure_record_is_settled_once_and_never_asked_again(world, work):
    """P42: a leaver who is found by a record that a person had to settle."""
    olive = Visitor(world.people.olive)
    one_file(olive, work, "3102001_CML_310LLLL_001.xml", left_st_anns(world))
    case = Case.objects.get()
    first = files.cmj(joined(world, born=swapped(world.born)), made=world.today)
    file = one_file(olive, work, "3102002_CMJ_310LLLL_001.xml", first)

    olive.open(file).see("Being dealt with")
    olive.open("/review/").see("QUILLBY, Rowan", "Mill Lane School").follow("QUILLBY, Rowan")
    olive.see("The file says", "Child 1", "Nearly", "day and month the other way round")
    olive.send("Save this answer", answer="0").see("Enter how you know")
    olive.send("Save this answer", answer="0", why="The school looked at the passport.")
    olive.see("Settled.", "No record waits")
    assert Child.objects.count() == 1
    olive.open(f"/cases/{case.ref}/").see("Whereabouts known", "is on the roll of Mill Lane School")
    assert "may be on record" not in olive.text
    olive.open(file).follow("QUILLBY, Rowan").see("The school looked at the passport.", "Olive Obi")

    again = files.cmj(
        joined(world, born=swapped(world.born), entry_on=world.ago(0)), made=world.today
    )
    file = one_file(olive, work, "3102002_CMJ_310LLLL_002.xml", again)
    olive.open("/review/").see("No record waits")
    olive.open(file).follow("QUILLBY, Rowan").see("Settled by Olive Obi")
    assert Child.objects.count() == 1


def test_none_of_these_makes_a_new_child_and_leaves_the_case_alone(world, work):
    olive = Visitor(world.people.olive)
    one_file(olive, work, "3102001_CML_310LLLL_001.xml", left_st_anns(world))
    other = files.cmj(joined(world, born=swapped(world.born)), made=world.today)
    one_file(olive, work, "3102002_CMJ_310LLLL_001.xml", other)
    olive.open("/review/").follow("QUILLBY, Rowan")
    olive.send("Save this answer", answer="none", why="Cousins; the school knows both.")
    case = Case.objects.get()
    assert (Child.objects.count(), case.stage) == (2, "reported")
    third = files.cmj(
        joined(world, born=swapped(world.born), entry_on=world.ago(0)), made=world.today
    )
    one_file(olive, work, "3102002_CMJ_310LLLL_002.xml", third)
    olive.open("/review/").see("No record waits")
    assert Child.objects.count() == 2
    assert Case.objects.get().stage == "reported"
