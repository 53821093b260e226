"""Whom to ring if a child is in danger now stands first on every public page (P14)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import html

from onroll.advice.models import RollQuestion
from onroll.advice.views.roll_question import SALT
from onroll.agencies import actions as agencies
from onroll.referrals import actions
from onroll.rules.policy_file import HARROW
from onroll.rules.roll_question import Purpose, Reply
from tests.agencies.made import confirmed_agency
from tests.people import People
from tests.referrals.made import refer
from tests.referrals.walk import CHILD, WORRY, YOU, reader
from tests.routes.sides import PUBLIC

pytestmark = pytest.mark.django_db
OF_FORMS = {name for name in PUBLIC if name.startswith(("referrals:", "drafts:", "advice:"))}
LINES = (HARROW.mash_phone, HARROW.out_of_hours_phone)


def of_front_door(client: Client) -> Iterator[Any]:
    yield client.get("/start/")
    yield client.get("/start/anyone/gone-missing/")
    yield client.get("/start/anyone/gone-missing/yes/")


def of_forms(client: Client) -> Iterator[Any]:
    for first in ("/refer/", "/refer/professional/"):
        yield client.get(first, follow=True)
        page = client.post(first, WORRY)["Location"]
        yield client.get(page)
        draft = page.rsplit("/", 2)[0]
        yield client.get(f"{draft}/form/")
        yield client.get(f"{draft}/delete/")
        yield from of_link(client, draft)
    yield client.get("/refer/form/222-222-222/worry/")


def of_link(client: Client, draft: str) -> Iterator[Any]:
    """Yield the page of a draft's link, to who has the draft, to another, and after it is gone."""
    address = client.post(f"{draft}/link/")["Location"]
    yield client.get(address)
    other = reader(client.cookies["language"].value)
    yield other.get(address)
    yield other.get(f"{address[:-2]}/")


def of_sent(client: Client) -> Iterator[Any]:
    address = client.post("/refer/", WORRY)["Location"]
    for answers in (CHILD, YOU):
        address = client.post(address, answers)["Location"]
    yield client.get(address)
    received = client.post(address, {})["Location"]
    yield client.get(received)
    status = received.replace("received", "status")
    yield client.get(status)
    yield client.get(f"{status}add/")
    for _ in range(20):
        client.get(status)
    yield client.get(status)
    yield client.get("/refer/status/nothing/")


def of_owed_risk(client: Client) -> Iterator[Any]:
    facts = {"depth": "professional", "urgent_why": "She was taken.", "missing": ("risk",)}
    now = timezone.localtime()
    key = actions.make_link(referral=refer(at=now, **facts), at=now)
    yield client.get(f"/refer/status/{key}/risk/")


def of_link_lost(client: Client) -> Iterator[Any]:
    yield client.get("/refer/lost-link/")
    yield client.post("/refer/lost-link/", {"reference": "222-222-222"}, follow=True)


def of_roll_question(client: Client) -> Iterator[Any]:
    yield client.get("/on-roll/code/")
    for question in RollQuestion.objects.all():
        key = signing.dumps(question.ref, salt=SALT)
        yield client.get(f"/on-roll/answer/{key}/")


def ask_all(people: People) -> None:
    """Let a question be answered with each of the three answers."""
    now = timezone.localtime()
    agency = confirmed_agency("Health visitors", by=people.olive, at=now - timedelta(days=1))
    code, _ = agencies.make_code(agency=agency, person="Hetty", by=people.olive, at=now)
    for reply in Reply:
        RollQuestion.objects.create(
            asked_at=now, code=code, purpose=Purpose.HEALTH.value, reply=reply.value, mark="x"
        )


@pytest.mark.parametrize("language", ["en-gb", "ar"])
def test_999_and_then_the_hub_stand_before_the_heading_of_every_public_page(
    people: People, settings: Any, language: str
) -> None:
    settings.SENDER_DRAFTS = 100
    cache.clear()
    ask_all(people)
    client, seen = reader(language), set()
    for pages in (of_front_door, of_forms, of_sent, of_owed_risk, of_link_lost, of_roll_question):
        for page in pages(client):
            seen.add(page.resolver_match.view_name)
            first = before_heading(page.content)
            assert "999" in first, page.request["PATH_INFO"]
            assert any(line in first for line in LINES), page.request["PATH_INFO"]
            assert "If a child is in danger now, ring 999." in first, page.request["PATH_INFO"]
    assert seen == OF_FORMS


def before_heading(content: bytes) -> str:
    """Return what a page says in its main part before its first heading."""
    said = []
    for each in html.fromstring(content).find(".//main").iter():
        if each.tag == "h1":
            break
        if each.get("class") == "govuk-warning-text":
            said.append(" ".join(each.text_content().split()))
    return " ".join(said)
