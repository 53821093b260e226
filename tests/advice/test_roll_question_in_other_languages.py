"""The question by a code in other languages; what is stored stays the same (P60)."""

import re

import pytest
from django.test import Client
from lxml import html

from onroll.advice.models import RollQuestion
from onroll.agencies import actions as agencies
from onroll.config import catalogues
from onroll.govuk.languages import COOKIE, RIGHT_TO_LEFT
from tests.advice.test_roll_question import DAY, FORM, pupil
from tests.agencies.made import confirmed_agency
from tests.cases.world import AT
from tests.people import People

pytestmark = pytest.mark.django_db
PAGE = "/on-roll/code/"


def reader(code: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = code
    return client


def code_of(people: People) -> str:
    agency = confirmed_agency("Health visitors", by=people.olive, at=AT - DAY)
    person = "Hetty Visitor"
    return agencies.make_code(agency=agency, person=person, by=people.olive, at=AT - DAY)[1]


def said(content: bytes) -> str:
    """Return what a page says that is not marked as English."""
    page = html.document_fromstring(content)
    for part in page.xpath("//*[@lang='en-GB' or @lang='en-gb']|//script|//nav[1]//li"):
        part.drop_tree()
    return " ".join("".join(page.itertext()).split())


def left_in_english(content: bytes) -> list[str]:
    """Return the sentences of the catalogues that a page says in English all the same."""
    words = said(content)
    long = (string for string in catalogues.strings() if len(string) >= 12)
    there = (string for string in long if string in words)
    return [string for string in there if re.search(rf"\b{re.escape(string)}", words)]


@pytest.mark.parametrize("code", catalogues.files())
def test_question_refusal_and_answer_are_in_the_language(code: str, people: People) -> None:
    pupil("Rowan")
    client, key = reader(code), code_of(people)
    asked = client.get(PAGE).content
    refused = client.post(PAGE, {**FORM, "code": "wrong", "born_year": "1980"}).content
    wrong = client.post(PAGE, {**FORM, "code": "wrong"}).content
    answered = client.post(PAGE, {**FORM, "code": key}, follow=True).content
    for content in (asked, refused, wrong, answered):
        page = html.document_fromstring(content)
        assert page.get("lang") == code
        assert page.get("dir") == ("rtl" if code in RIGHT_TO_LEFT else None)
        assert left_in_english(content) == []
        told = " ".join(" ".join(map(str, page.xpath("//*[@lang='en-GB']//text()"))).split())
        assert "If a child is in danger now, ring 999" in told
    question = RollQuestion.objects.get()
    assert (question.purpose, question.reply) == ("health", "yes")


def test_romanian(people: People) -> None:
    pupil("Rowan")
    client, key = reader("ro"), code_of(people)
    answered = client.post(PAGE, {**FORM, "code": key}, follow=True)
    assert ">Da</h1>" in answered.content.decode()
    for _ in range(9):
        client.post(PAGE, {**FORM, "code": key})
    often = said(client.post(PAGE, {**FORM, "code": key}).content)
    assert "Ați întrebat într-o oră despre 10 copii" in often
    assert "Puteți întreba din nou" in often
