"""The front page and *Where do I start?* in other languages (decision 28)."""

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from onroll.config import catalogues
from onroll.govuk.languages import COOKIE, ENGLISH, NAMES, RIGHT_TO_LEFT
from onroll.rules.front_door import DOORS
from onroll.rules.policy_file import HARROW
from onroll.rules.referral import End
from tests.people import People

pytestmark = pytest.mark.django_db
OTHERS = [code for code in NAMES if code != ENGLISH]
OTHER_SCRIPTS = ("ar", "gu", "ta")
LEGAL = ("/privacy/", "/accessibility/", "/policy-and-law/")
UNCHECKED = "No person has checked this translation yet."
PHONE = re.compile(r"020 \d{4} \d{4}")
THREE_WORDS = re.compile(r"(?:[A-Za-z’']+,? ){2,}[A-Za-z’']+")


def paths() -> Iterator[str]:
    """Yield the front page, and each page of each door, ends too."""
    yield from ("/", "/start/")
    for asker, door in DOORS.items():
        for question in door.values():
            here = f"/start/{asker}/{question.code.replace('_', '-')}/"
            yield here
            ends = [a.code for a in question.answers if isinstance(a.leads, End)]
            yield from (f"{here}{code.replace('_', '-')}/" for code in ends)


def reader(code: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = code
    return client


def page_of(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def english(page: html.HtmlElement) -> str:
    """Return what a translated page says in English, and take it from the page."""
    parts = page.xpath("//*[@lang='en-GB' or @lang='en-gb']")
    told = " ".join(words(part) for part in parts)
    for part in [*parts, *page.xpath("//script|//nav[1]//li")]:
        part.drop_tree()
    return told


NAMES_OF_TEAMS = sorted(
    (
        str(value)
        for field in fields(HARROW)
        if isinstance(value := getattr(HARROW, field.name), str)
    ),
    key=len,
    reverse=True,
)
FRAGMENTS = {
    fragment.strip()
    for string in catalogues.strings()
    for fragment in re.split(r"%\(\w+\)s|\{[\w.]+\}|<[^>]*>|\0", string)
    if len(fragment.strip()) >= 12
}


@pytest.mark.parametrize("code", OTHERS)
def test_each_page_is_in_the_language_with_what_matters_for_life_in_english_too(code: str) -> None:
    client, wrong = reader(code), []
    for path in paths():
        page = page_of(client, path)
        assert page.get("lang") == code
        assert page.get("dir") == ("rtl" if code in RIGHT_TO_LEFT else None)
        told = english(page)
        assert "If a child is in danger now, ring 999" in told
        assert UNCHECKED in told
        assert "If you are worried about a child" in told
        assert {HARROW.mash_phone, HARROW.out_of_hours_phone} <= set(PHONE.findall(told))
        assert "999" in words(page)
        said = words(page)
        there = (f for f in FRAGMENTS if f in said)
        wrong += [(path, f) for f in there if re.search(rf"\b{re.escape(f)}", said)]
    assert wrong == []


@pytest.mark.parametrize("code", OTHER_SCRIPTS)
def test_nothing_in_latin_letters_is_left_but_names(code: str) -> None:
    client, left = reader(code), []
    for path in paths():
        page = page_of(client, path)
        english(page)
        said = words(page)
        for name in NAMES_OF_TEAMS:
            said = said.replace(name, "")
        said = re.sub(r"\([^()]*\)", "", said)
        left += [(path, match[0]) for match in THREE_WORDS.finditer(said)]
    assert left == []


@pytest.mark.parametrize(
    "path", ["/start/anyone/gone-missing/yes/", "/start/school/gone-missing/yes/"]
)
def test_what_to_do_about_a_child_in_danger_stands_in_english_as_well(path: str) -> None:
    """P19."""
    alone = words(page_of(Client(), path).find(".//ol[@class]"))
    beside = page_of(reader("ta"), path).find(".//main").xpath(".//div[@lang='en-GB']//ol")
    assert [words(steps) for steps in beside] == [alone]


def test_a_question_left_open_is_asked_again_in_the_language() -> None:
    page = page_of(reader("pl"), "/start/anyone/own-child/?sent=yes")
    assert page.find(".//title").text.startswith("Błąd:")
    assert "Wystąpił problem" in words(page)
    assert "Wybierz odpowiedź" in words(page)


@pytest.mark.parametrize("path", LEGAL)
def test_a_notice_of_law_stays_english_under_a_sentence_in_the_language(path: str) -> None:
    page = page_of(reader("ro"), path)
    assert page.get("lang") == "en-GB"
    (cover,) = page.xpath("//p[@lang='ro']")
    assert "numai în engleză" in cover.text
    assert page.xpath("//p[@lang]") == [cover]
    assert page_of(Client(), path).xpath("//p[@lang]") == []


def test_the_choice_leads_to_the_same_page_and_stands_in_a_cookie(client: Client) -> None:
    answer = client.get("/start/anyone/own-child/?language=ar")
    assert answer["Location"] == "/start/anyone/own-child/"
    cookie = client.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ar", True, "Lax")
    assert cookie["max-age"] == ""
    (english_link,) = page_of(client, answer["Location"]).xpath("//a[@hreflang='en-gb']")
    back = client.get(f"/start/anyone/own-child/{english_link.get('href')}", follow=True)
    assert b'<html lang="en-GB"' in back.content
    assert client.cookies[COOKIE].value == ""


@pytest.mark.parametrize("code", ["xx", "../ro", "//elsewhere.example", ""])
def test_a_language_that_is_not_offered_is_english(client: Client, code: str) -> None:
    assert client.get("/", {"language": code}).status_code == 200
    client.cookies[COOKIE] = code
    assert page_of(client, "/").get("lang") == "en-GB"


def test_each_language_is_offered_in_its_own_name() -> None:
    (nav,) = page_of(reader("gu"), "/").xpath("//nav[@aria-label='ભાષા']")
    offered = {link.get("hreflang"): (link.get("lang"), words(link)) for link in nav.iter("a")}
    assert offered == {code: (code, name) for code, name in NAMES.items() if code != "gu"}
    (current,) = nav.xpath(".//*[@aria-current='true']")
    assert words(current) == NAMES["gu"]


def test_people_with_an_account_read_english(people: People) -> None:
    client = reader("ro")
    client.force_login(people.olive)
    page = page_of(client, "/start/")
    assert page.get("lang") == "en-GB"
    assert page.xpath("//*[@hreflang]") == []
    assert client.get("/start/?language=ar").status_code == 200
    assert client.cookies[COOKIE].value == "ro"


@pytest.mark.parametrize("path", ["/", "/start/", "/start/anyone/gone-missing/yes/"])
def test_a_translated_page_asks_the_database_no_more(path: str) -> None:
    counts = []
    for code in (ENGLISH, "ta"):
        client = reader(code)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts[1] <= counts[0]
