"""Whose a list is, and what may be asked of who made it (P53, P54): schools and other services."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.cases.models import CaseReason
from onroll.children.actions import ChildFacts, add_child, add_source
from onroll.children.models import Child, SourceKind
from onroll.formats.check import CLEAN
from onroll.formats.check import main as check
from onroll.intake.models import ListKind, Problem, Row, Transfer
from onroll.intake.tasks import process
from onroll.lists import actions as lists
from onroll.lists.models import Finding
from onroll.schools.actions import add_staff
from onroll.schools.models import School
from tests import files
from tests.intake.test_pages import page_at
from tests.intake.world import AT, LEFT_ON, TODAY, pupil, sam, schools
from tests.lists.world import listed
from tests.people import People
from tests.reading import Page, spoken

pytestmark = pytest.mark.django_db
NO_NUMBER = "UPN,Surname,Forename,Date of Birth,Sex,Date of Admission\n"
SAM = "J310200025001,Example,Sam,04/03/2015,F,02/09/2020\n"
HEALTH = "Surname,Forename,Date of Birth\n"


@pytest.fixture
def both(people: People) -> tuple[School, School]:
    st_anns, mill_lane = schools()
    add_staff(user=people.sam, school=st_anns, on=TODAY)
    return st_anns, mill_lane


def send(user: Any, content: str | bytes, name: str = "roll.csv") -> tuple[Transfer, str]:
    """Send a file as a person does, and return it and what its page says."""
    client = Client()
    client.force_login(user)
    start = "/school/files" if user.role == "sch" else "/files"
    data = content.encode() if isinstance(content, str) else content
    client.post(f"{start}/upload/", {"files": SimpleUploadedFile(name, data)})
    transfer = Transfer.objects.latest("pk")
    process(transfer.pk)
    transfer.refresh_from_db()
    page = Page(client.get(f"{start}/{transfer.ref}/").content)
    return transfer, spoken(page.main).partition(page.headings[0])[2]


def checked(tmp_path: Path, content: str) -> tuple[int, list[str]]:
    path, out = tmp_path / "roll.csv", io.StringIO()
    path.write_text(content)
    status = check([path], as_json=True, out=out, on=TODAY)
    return status, [one["rule"] for one in json.loads(out.getvalue())["files"][0]["problems"]]


def test_a_list_without_a_school_number_is_of_the_school_that_sends_it(
    people: People, both: tuple[School, School], tmp_path: Path
) -> None:
    transfer, page = send(people.sam, NO_NUMBER + SAM)
    assert transfer.sender == both[0]
    assert "Read: 1 pupil, all right" in page
    assert sam().places.get().school == both[0]
    assert checked(tmp_path, NO_NUMBER + SAM) == (CLEAN, ["list-no-school"])


def test_from_an_officer_it_is_nobodys_and_all_say_so(
    people: People, both: tuple[School, School]
) -> None:
    transfer, page = send(people.olive, NO_NUMBER + SAM)
    assert transfer.sender is None
    assert "The list does not say which school it is of" in page
    words = Row.objects.get().effect_words
    assert words.startswith("The list does not say which school the child is at")
    assert "no school, which was not on file" not in words
    client = Client()
    client.force_login(people.olive)
    record = page_at(client, f"/files/{transfer.ref}/records/1/")
    assert "Nothing is wrong with this record" not in record.text


def test_of_who_sends_for_two_schools_nobody_guesses_which(
    people: People, both: tuple[School, School]
) -> None:
    add_staff(user=people.sam, school=both[1], on=TODAY)
    transfer, page = send(people.sam, NO_NUMBER + SAM)
    assert transfer.sender is None
    assert "The list does not say which school it is of" in page


def test_a_number_that_nobody_has_is_not_taken_for_the_senders_own(
    people: People, both: tuple[School, School]
) -> None:
    rows = "LA,Estab,Surname,Forename,Date of Birth\n310,9999,Example,Sam,04/03/2015\n"
    transfer, _ = send(people.sam, rows)
    assert transfer.sender is None
    assert Row.objects.get().stage == "held"
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roll.csv", "LA,Estab,Surname,Forename,Date of Birth\n310,2002,Example,Sam,04/03/2015\n"),
        (
            "3102002_CML_310LLLL_001.xml",
            files.cml(pupil(left_on=LEFT_ON, estab="2002"), made=TODAY, estab="2002"),
        ),
    ],
)
def test_a_file_of_another_school_was_read_and_is_refused(
    people: People, both: tuple[School, School], name: str, content: str | bytes
) -> None:
    transfer, page = send(people.sam, content, name)
    assert transfer.stage == "refused"
    assert "This file was refused" in page
    assert "You send files for St Ann" in page
    assert "Refused: of another school" in page
    assert "could not be read" not in page.lower()
    client = Client()
    client.force_login(people.sam)
    assert "ould not be read" not in page_at(client, "/school/").text


# Lists of others


@pytest.mark.parametrize(
    "kind", [ListKind.HEALTH, ListKind.HOUSING, ListKind.HOME_EDUCATION, ListKind.OFFERS]
)
def test_who_is_no_school_is_not_asked_for_a_pupil_number(
    both: tuple[School, School], kind: ListKind
) -> None:
    listed("Example,Sam,04/03/2015\n", "Sample,Noor,05/04/16\n", kind=kind, headings=HEALTH)
    assert set(Problem.objects.values_list("rule", flat=True)) == {"dob-short-year"}


def test_a_school_is_asked_for_it(both: tuple[School, School]) -> None:
    rows = "LA,Estab,Surname,Forename,Date of Birth\n310,2001,Example,Sam,04/03/2015\n"
    listed(headings=rows)
    assert list(Problem.objects.values_list("rule", flat=True)) == ["upn-missing-mover"]


def one_name(**said: Any) -> Child:
    source = add_source(kind=SourceKind.OFFICER, said_by="Olive", said_on=TODAY, at=AT)
    return add_child(facts=ChildFacts(**said), source=source)


@pytest.mark.parametrize("row", ["Zorbaxi,,04/03/2015\n", ",Zorbaxi,04/03/2015\n", "Zorbaxi,,\n"])
@pytest.mark.parametrize("box", ["forename", "surname"])
def test_a_row_with_one_name_is_a_question_where_a_child_bears_it(
    both: tuple[School, School], row: str, box: str
) -> None:
    """practice.md 7: one name may stand in either column."""
    child = one_name(**{box: "Zorbaxi"}, born_on=TODAY.replace(2015, 3, 4))
    listed(row, kind=ListKind.HEALTH, headings=HEALTH)
    asked = Row.objects.get()
    assert asked.stage == "unsure"
    assert [one["child"] for one in asked.candidates] == [child.pk]
    assert list(Child.objects.all()) == [child]


def test_a_row_with_one_name_and_another_birthday_is_another_child(
    both: tuple[School, School],
) -> None:
    one_name(surname="Zorbaxi", born_on=TODAY.replace(2012, 6, 7))
    listed("Zorbaxi,,04/03/2015\n", kind=ListKind.HEALTH, headings=HEALTH)
    assert Child.objects.count() == 2


def test_what_an_officer_typed_ends_before_the_list_speaks(
    people: People, both: tuple[School, School]
) -> None:
    listed("Example,Sam,04/03/2015\n", kind=ListKind.HEALTH, headings=HEALTH)
    lists.answer_finding(
        finding=Finding.objects.get(), why="rang the surgery", by=people.olive,
        at=AT,
    )  # fmt: skip
    because = CaseReason.objects.get().because
    assert because.startswith("rang the surgery. On the health list of")
