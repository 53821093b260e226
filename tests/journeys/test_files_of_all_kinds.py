"""Files as schools send them: twice, broken, under an old number, with a claim to be confirmed.

Trust.md 1.9; files.md 6.3 and 11; policy P03, P14, P53.
"""

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.demo.upns import with_letter
from onroll.intake.models import Transfer
from onroll.schools.actions import record_former_number
from tests import files
from tests.journeys.visitor import Visitor
from tests.proof import as_form, confirmed

CML = "3102001_CML_310LLLL_001.xml"


def leaver(world, **said) -> bytes:
    facts = {
        "surname": "Ferrywell",
        "forename": "Ash",
        "born": world.born,
        "upn": with_letter("310200125021"),
        "entry_on": world.ago(40),
        "left_on": world.ago(1),
        "reason": "UK",
    }
    return files.cml(files.pupil(**(facts | said)), made=world.today)


@pytest.fixture
def olive(world) -> Visitor:
    return Visitor(world.people.olive)


def take_in(olive: Visitor, work, content: bytes, name: str = CML) -> str:
    olive.open("/files/upload/").send("Upload", files={name: content})
    work()
    return olive.address


@pytest.mark.shows("readme.kept")
def test_a_file_that_came_twice_is_shown_as_the_first_and_does_nothing_twice(world, olive, work):
    first = take_in(olive, work, leaver(world))
    again = take_in(olive, work, leaver(world), "copy of leavers.xml")
    assert again == first
    olive.open(first).see("copy of leavers.xml")
    assert (Transfer.objects.count(), Child.objects.count(), Case.objects.count()) == (1, 1, 1)


@pytest.mark.shows("readme.kept")
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda whole: b"<!DOCTYPE x [<!ENTITY e 'e'>]>" + whole.split(b"?>", 1)[1], "DOCTYPE"),
        (lambda whole: whole[: whole.index(b"<DOB>")], "end"),
        (lambda _whole: b"<html><body>Please sign in</body></html>", "web page"),
    ],
    ids=["entities", "cut off", "a web page"],
)
def test_a_file_that_cannot_be_read_is_kept_and_refused_in_words(world, olive, work, spoil, words):
    content = spoil(leaver(world))
    file = take_in(olive, work, content)
    transfer = Transfer.objects.get()
    assert transfer.stage == "refused"
    olive.open(file).see("Could not be read", transfer.refused_because, "kept as it came")
    assert words.lower() in transfer.refused_because.lower()
    assert olive.open(f"{file}as-it-came/").content == content
    assert not Child.objects.exists()
    olive.open("/files/").follow("Refused, or could not be read").see(CML)


def test_a_file_with_nothing_in_it_is_refused_at_the_door(world, olive):
    olive.open("/files/upload/").send("Upload", files={CML: b""}).see("There is a problem", "empty")
    assert not Transfer.objects.exists()


def test_a_file_under_a_school_s_old_number_is_from_the_school_of_today(world, olive, work):
    record_former_number(school=world.st_anns, la_code="310", establishment="2999")
    pupil = files.pupil(
        surname="Ferrywell",
        forename="Ash",
        born=world.born,
        estab="2999",
        left_on=world.ago(1),
        reason="UK",
    )
    content = files.cml(pupil, made=world.today, estab="2999")
    file = take_in(olive, work, content, "3102999_CML_310LLLL_001.xml")
    olive.open(file).see("Leavers (CML) from St Ann’s School")
    assert Case.objects.get().school == world.st_anns


def test_a_school_not_on_file_holds_its_records_until_it_is(world, olive, work):
    content = files.cml(
        files.pupil(
            surname="Ferrywell",
            forename="Ash",
            born=world.born,
            estab="2998",
            left_on=world.ago(1),
            reason="UK",
        ),
        made=world.today,
        estab="2998",
    )
    take_in(olive, work, content, "3102998_CML_310LLLL_001.xml")
    olive.open("/review/?list=held").see("FERRYWELL, Ash", "not on file").follow("FERRYWELL, Ash")
    record_former_number(school=world.st_anns, la_code="310", establishment="2998")
    olive.send("Try").see("being tried again")
    work()
    olive.open(olive.address).see("Case opened")
    assert Case.objects.get().school == world.st_anns


@pytest.mark.shows("policy.home_education")
def test_home_education_is_a_claim_and_only_a_doubt_makes_a_case(world, olive, work):
    """P14, P44: education at home is not of itself missing education; a doubt makes a case."""
    take_in(olive, work, leaver(world, reason="EL", ground="F"))
    assert not Case.objects.exists()
    olive.open("/review/?list=claims").see("FERRYWELL, Ash").follow("FERRYWELL, Ash")
    olive.see("educated at home", "A parent must have written so", "Regs 2024 reg 9(1)(f)")
    olive.send("Save this answer", answer="case").see(
        "Enter what they said, or what speaks against it"
    )
    olive.send("Save this answer", answer="case", why="The mother says she never wrote so.")
    case = Case.objects.get()
    assert olive.address == f"/cases/{case.ref}/"
    olive.see("A case is open for the child.", "The mother says she never wrote so.")
    olive.open("/review/?list=claims").see("Nothing that schools say waits")


def test_home_education_that_is_confirmed_needs_no_case(world, olive, work):
    take_in(olive, work, leaver(world, reason="EL", ground="F"))
    olive.open("/review/?list=claims").follow("FERRYWELL, Ash")
    letter = {"answer": "as_said", "why": "Hal holds the parents’ letter."}
    olive.send("Save this answer", **letter).see("Enter the day of the notice")
    stated = as_form(confirmed("home_education", on=world.today))
    olive.send("Save this answer", **letter, **stated)
    olive.see("Your answer to record 1 is kept.", "Nothing that schools say waits")
    assert not Case.objects.exists()
