"""The pages of lists, and of what they show."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.cases.models import Case
from onroll.intake.models import Transfer
from onroll.lists.models import Finding
from tests.lists.world import NOOR, SAM, later, listed
from tests.people import People
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_an_officer_sees_the_evidence_and_answers(people: People, client: Client) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    client.force_login(people.olive)
    page = Page(client.get("/review/?list=findings").content).text
    assert "Sam" in page
    assert "no leaver’s file had come" in page
    where = f"/review/findings/{Finding.objects.get().pk}/"
    assert "St Ann's School" in Page(client.get(where).content).text
    for nothing in ("x", "N/A", "?"):
        refused = Page(client.post(where, {"answer": "missing", "why": nothing}).content)
        assert f"“{nothing}” tells nobody anything" in refused.text
    assert not Case.objects.exists()
    answered = client.post(where, {"answer": "missing", "why": "The school says she left."})
    assert answered.headers["Location"] == f"/cases/{Case.objects.get().ref}/"
    answer = Page(client.get(where).content)
    assert "This finding is answered." in answer.text
    assert "The school says she left." in answer.text
    assert "Save this answer" not in answer.buttons


def test_an_officer_brings_a_list_and_says_what_it_is(people: People, client: Client) -> None:
    client.force_login(people.olive)
    day = {"on_day": "20", "on_month": "11", "on_year": "2026"}
    said = {"kind": "health", **day, "file": SimpleUploadedFile("gp.csv", b"Surname\nExample\n")}
    assert client.get("/files/compare/").status_code == 200
    assert client.post("/files/compare/", said).status_code == 302
    assert Transfer.objects.get().list_kind == "health"
    said["file"] = SimpleUploadedFile("gp.xml", b"<a/>")
    assert "is not a list" in Page(client.post("/files/compare/", said).content).text
