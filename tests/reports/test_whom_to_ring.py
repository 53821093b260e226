"""Whom to ring is a line that somebody answers at that moment, on every page (P19)."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from lxml import html

import onroll
from onroll.config.views import server_error
from onroll.rules.hours import ENGLAND
from onroll.rules.policy_file import HARROW
from tests.people import People

pytestmark = pytest.mark.django_db
OPEN = datetime(2026, 11, 27, 16, 59, tzinfo=ENGLAND)
CLOSED = datetime(2026, 11, 27, 17, 0, tzinfo=ENGLAND)
PAGES = (
    "/",
    "/start/",
    "/accessibility/",
    "/privacy/",
    "/policy-and-law/",
    "/account/login/",
    "/no-such/",
)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Give a function that sets the clock."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


def words(content: bytes) -> str:
    page: html.HtmlElement = html.fromstring(content)
    return " ".join(page.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_whom_to_ring_now(client: Client, at, path: str) -> None:
    """P19: within the hub's hours its number, at other times that of who answers then."""
    at(OPEN)
    assert "Telephone: 020 8901 2690" in words(client.get(path).content)
    at(CLOSED)
    shown = words(client.get(path).content)
    assert "Telephone: 020 8424 0999" in shown
    assert only_as_closed(shown)


def test_the_hubs_email_is_offered_only_while_somebody_reads_it(client: Client, at) -> None:
    at(OPEN)
    assert HARROW.mash_email in words(client.get("/").content)
    at(CLOSED)
    shown = words(client.get("/").content)
    assert HARROW.mash_email not in shown
    assert "Ring rather than write" in shown


def test_a_page_of_who_is_signed_in_and_a_refusal_say_it_too(
    client: Client, people: People, at
) -> None:
    at(CLOSED)
    client.force_login(people.olive)
    for path in ("/today/", "/audit/", "/cases/222-222-222/"):
        shown = words(client.get(path).content)
        assert "Telephone: 020 8424 0999" in shown
        assert only_as_closed(shown)


def test_the_page_of_a_fault_says_it_with_no_database(at) -> None:
    at(CLOSED)
    shown = words(server_error(RequestFactory().get("/")).content)
    assert "020 8424 0999" in shown
    assert only_as_closed(shown)


@pytest.mark.parametrize("moment", [OPEN, CLOSED])
def test_danger_comes_first(client: Client, at, moment: datetime) -> None:
    at(moment)
    for path in ("/", "/start/", "/no-such/"):
        shown = words(client.get(path).content)
        first_number = re.search(r"\b999\b|020 \d{4} \d{4}", shown)
        assert first_number is not None
        assert first_number.group() == "999"


def only_as_closed(shown: str) -> bool:
    """Say whether the hub's number stands only where the sentence before says it is closed."""
    sentences = re.split(r"(?<=[.?!]) |Telephone: |Email: ", shown)
    of_hub = [n for n, said in enumerate(sentences) if HARROW.mash_phone in said]
    return all(f"{HARROW.mash_name} is closed" in sentences[n - 1] for n in of_hub)


def test_what_a_search_hides_is_asked_of_who_answers_now(
    client: Client, people: People, at
) -> None:
    """Find a child says the line that its own footer says."""
    client.force_login(people.olive)
    for moment, number in ((OPEN, HARROW.mash_phone), (CLOSED, HARROW.out_of_hours_phone)):
        at(moment)
        where = client.post("/children/find/", {"surname": "Nobody"})["Location"]
        shown = words(client.get(where).content)
        assert re.search(rf"To ask, ring the [^.]+, {number}\.", shown)
        assert f"Telephone: {number}" in shown


def test_the_hubs_number_is_taken_from_nowhere_but_its_hours() -> None:
    """Whatever names the hub's telephone asks the hours which number answers."""
    root = Path(onroll.__file__).parent
    files = [*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]
    own = {root / "rules" / name for name in ("hours.py", "policy.py", "policy_file.py")}
    used = re.compile(r"\b(?:mash|out_of_hours)_(?:phone|email)\b")
    naming = {file for file in files if used.search(file.read_text("utf-8"))}
    assert naming - own == set()
