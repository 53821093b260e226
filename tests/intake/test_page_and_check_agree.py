"""A school's page, an officer's page and `onroll check` take the same and say the same of it."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from onroll.accounts.models import User
from onroll.formats import Audience
from onroll.formats.check import main as check
from onroll.intake.models import Transfer
from onroll.intake.tasks import process
from onroll.rules import policy
from onroll.schools.actions import add_staff
from onroll.schools.queries import our_policy
from tests import files
from tests.intake.world import LEFT_ON, TODAY, going_to, pupil, schools
from tests.people import People
from tests.reading import Page, plain, spoken

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
ROLL = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission\n"
SAM = "310,2001,J310200025001,Example,Sam,04/03/2015,F,02/09/2020\n"
LEAVER = files.cml(pupil(left_on=LEFT_ON, reason="UK", ground="I"), made=TODAY)


def spoilt(old: str, new: str, content: bytes = LEAVER) -> bytes:
    text = content.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inside in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), inside)
    return content.getvalue()


def excel(*rows: list[Any]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


MADE: dict[str, bytes] = {
    "leavers.xml": LEAVER,
    "joiners.xml": files.cmj(pupil(), made=TODAY, estab="2001"),
    "ctf.xml": files.ctf(pupil(later=going_to("3102002")), made=TODAY, to="3102002"),
    "lost.xml": files.lost(pupil(left_on=LEFT_ON, reason="MI"), made=TODAY),
    "wrong_date.xml": spoilt("2015-03-04", "04/03/2015"),
    "short_year.xml": spoilt("2015-03-04", "04/03/15"),
    "no_date.xml": spoilt("2015-03-04", "2015-02-30"),
    "three_faults.xml": spoilt(
        "<Sex>F<", "<Sex>Q<", spoilt("2015-03-04", "04/03/2015", spoilt("J3102", "Z3102"))
    ),
    "twice.xml": files.cml(*[pupil(left_on=LEFT_ON, reason="UK")] * 2, made=TODAY),
    "no_pupils.xml": files.cml(made=TODAY),
    "cut_off.xml": LEAVER[:900],
    "changed.xml": spoilt("</Forename>", ""),
    "bare_sign.xml": spoilt("Made-up School", "Bell & Book"),
    "wrong_encoding.xml": spoilt("Example", "Exämple").decode().encode("cp1252"),
    "utf16.xml": LEAVER.decode().replace("utf-8", "utf-16").encode("utf-16"),
    "doctype.xml": spoilt("<CTfile>", "<!DOCTYPE CTfile []><CTfile>"),
    "another.xml": b"<Register><Header/></Register>",
    "headless.xml": b"<CTfile><CTFpupilData/></CTfile>",
    "really_xml.csv": LEAVER.replace(b"Sam", b"Sal"),
    "roll.csv": (ROLL + SAM).encode(),
    "roll_with_faults.csv": (ROLL + SAM.replace("04/03/2015", "04/03/15") + SAM).encode(),
    "open_quotation.csv": (ROLL + SAM.replace("Example", '"Example')).encode(),
    "nobody.csv": ROLL.encode(),
    "two_columns_alike.csv": b"Surname,Surname,Forename,DOB\na,b,c,04/03/2015\n",
    "roll.xlsx": excel(ROLL.strip().split(","), SAM.strip().split(",")),
    "really_excel.csv": excel(ROLL.strip().split(","), SAM.replace("Sam", "Sal").split(",")),
    "two.zip": zipped(a_xml=LEAVER.replace(b"Sam", b"Sid"), b_xml=LEAVER[:800]),
    "damaged.zip": zipped(a_xml=LEAVER)[:60],
    "nothing.zip": zipped(),
    "list_too.zip": zipped(
        a_xml=LEAVER.replace(b"Sam", b"Sol"), **{"b.csv": (ROLL + SAM).encode()}
    ),
}
AT_THE_DOOR: dict[str, bytes] = {
    "empty.xml": b"",
    "blank.csv": b" \n\n",
    "letter.docx": zipped(word__document_xml=b"<a/>"),
    "letter.pdf": b"%PDF-1.7 made up",
    "photo.png": b"\x89PNG\r\n",
    "old.xls": b"\xd0\xcf\x11\xe0 made up",
    "words.xml": b"Surname,Forename\n",
    "data.json.txt": b'{"pupils": []}',
}
KEPT = sorted([*MADE, *(f"cases/{path.name}" for path in (SAMPLES / "cases").iterdir())])
UPLOAD = {"school": "/school/files/upload/", "council": "/files/upload/"}
KEPT.append("dfe_atf15_official_example.xml")


@pytest.fixture(autouse=True)
def _schools(people: People) -> None:
    st_anns, _ = schools()
    add_staff(user=people.sam, school=st_anns, on=TODAY)


@pytest.fixture(params=["school", "council"])
def audience(request: pytest.FixtureRequest) -> Audience:
    who: Audience = request.param
    return who


def content_of(name: str) -> bytes:
    return (
        {**MADE, **AT_THE_DOOR}[name]
        if "." in name and name in {**MADE, **AT_THE_DOOR}
        else (SAMPLES / name).read_bytes()
    )


def said_by_check(path: Path, audience: Audience) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    status = check([path], as_json=True, out=out, on=timezone.localdate(), audience=audience)
    return status, json.loads(out.getvalue())["files"]


def words_of(page: bytes) -> str:
    return spoken(Page(page).tree)


def sent(people: People, audience: Audience, name: str, content: bytes) -> tuple[Client, str]:
    """Send a file as the school or an officer, have it read, and return the page it leads to."""
    user: User = people.sam if audience == "school" else people.olive
    client = Client()
    client.force_login(user)
    answer = client.post(
        UPLOAD[audience], {"files": SimpleUploadedFile(name, content)}, follow=True
    )
    for transfer in Transfer.objects.filter(stage__in=["received", "read"]).order_by("pk"):
        process(transfer.pk)
    return client, answer.request["PATH_INFO"]


def pages_of(client: Client, audience: Audience) -> Iterator[tuple[Transfer, str]]:
    for transfer in Transfer.objects.order_by("pk"):
        start = "/school/files" if audience == "school" else "/files"
        answer = client.get(f"{start}/{transfer.ref}/")
        assert answer.status_code == 200
        yield transfer, words_of(answer.content)


def test_verdict_kind_problems_and_words_are_the_same(
    people: People, audience: Audience, tmp_path: Path
) -> None:
    found = []
    for name in KEPT:
        with transaction.atomic():
            found += list(differences(people, audience, tmp_path, name))
            transaction.set_rollback(True)
    assert found == []


def differences(
    people: People, audience: Audience, folder: Path, name: str
) -> Iterator[tuple[str, object, object]]:
    """Yield in what the page and the command differ about a file."""
    content = content_of(name)
    path = folder / Path(name).name
    path.write_bytes(content)
    _, checked = said_by_check(path, audience)
    if audience == "school":
        checked = [_as_the_page_knows_who_sends(one) for one in checked]
    client, _ = sent(people, audience, path.name, content)
    pages = list(pages_of(client, audience))
    assert len(pages) == len(checked)
    for (transfer, page), said in zip(pages, checked, strict=True):
        rows = transfer.rows.count()
        held = transfer.rows.filter(stage="held").count()
        is_read = not _is_unreadable(said)
        told = [one["message"] for one in said["problems"] if one["message"] not in page]
        for ours, theirs in (
            (transfer.stage, "applied" if is_read else "refused"),
            (transfer.kind, said["kind"]),
            (rows, said["pupils"]),
            (transfer.problems.count(), len(said["problems"])),
            (told, []),
            (_is_said_how_it_went(page, said, held=held), True),
        ):
            if ours != theirs:
                yield name, ours, theirs


def _as_the_page_knows_who_sends(said: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the command warns of because it cannot know whose file it is."""
    problems = [one for one in said["problems"] if one["rule"] != "list-no-school"]
    return {**said, "problems": problems}


def _is_unreadable(said: dict[str, Any]) -> bool:
    return not said["pupils"] and "pupils-none" not in {one["rule"] for one in said["problems"]}


def _is_said_how_it_went(page: str, said: dict[str, Any], *, held: int) -> bool:
    if _is_unreadable(said):
        return "This file could not be read" in page and "Nothing in it was used" in page
    number = sum(one["severity"] != "info" for one in said["problems"])
    things = f"{number} thing{'s' if number > 1 else ''} to put right" if number else ""
    all_right = "" if number or held else "all right"
    pupils = f"{said['pupils']} pupil{'s' if said['pupils'] != 1 else ''}"
    return all(words in page for words in (f"Read: {pupils}", things, all_right))


def test_what_is_not_taken_is_refused_in_the_same_words(
    people: People, audience: Audience, tmp_path: Path
) -> None:
    for name, content in AT_THE_DOOR.items():
        path = tmp_path / name
        path.write_bytes(content)
        status, (said,) = said_by_check(path, audience)
        client, where = sent(people, audience, name, content)
        assert (status, where) == (2, UPLOAD[audience])
        upload = {"files": SimpleUploadedFile(name, content)}
        page = words_of(client.post(UPLOAD[audience], upload).content)
        assert "There is a problem" in page
        assert said["problems"][0]["message"] in page
        assert name in page
        assert not Transfer.objects.exists()


def test_what_is_not_read_in_a_zip_stops_no_other(
    people: People, audience: Audience, tmp_path: Path
) -> None:
    """The good leaver of a zip is read; of the letter beside it is said why it is not."""
    letter = zipped(word__document_xml=b"<a/>")
    content = zipped(leavers_xml=LEAVER, **{"readme.docx": letter})
    (tmp_path / "week.zip").write_bytes(content)
    status, (good, other) = said_by_check(tmp_path / "week.zip", audience)
    assert (status, good["kind"], good["pupils"], other["name"]) == (2, "CML", 1, "readme.docx")
    (problem,) = other["problems"]
    assert "readme.docx is not a file Onroll reads. It looks like a Word doc" in problem["message"]
    client, where = sent(people, audience, "week.zip", content)
    (transfer,) = Transfer.objects.all()  # nothing is kept of what is not read
    assert (transfer.name, transfer.stage, transfer.rows.count()) == ("leavers.xml", "applied", 1)
    assert problem["message"] in words_of(client.get(where).content)


def test_a_file_too_large_is_refused_by_both(
    people: People, tmp_path: Path, settings: Any, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(our_policy.cache_clear)
    content = spoilt("<Pupil>", f"{' ' * 1024**2}<Pupil>")
    ours = Path(policy.__file__).with_name("harrow.toml").read_text("utf-8")
    small = ours.replace("largest_file_megabytes = 50", "largest_file_megabytes = 1")
    (tmp_path / "policy.toml").write_text(small, "utf-8")
    settings.POLICY = str(tmp_path / "policy.toml")
    our_policy.cache_clear()
    path = tmp_path / "large.xml"
    path.write_bytes(content)
    out = io.StringIO()
    assert check([path], as_json=False, out=out, on=TODAY, most=1024**2) == 2
    client = Client()
    client.force_login(people.sam)
    upload = {"files": SimpleUploadedFile("large.xml", content)}
    page = words_of(client.post("/school/files/upload/", upload).content)
    for words in (page, plain(out.getvalue())):
        assert "The file is larger than 1 MB. Export fewer pupils at a time" in words
    assert not Transfer.objects.exists()
