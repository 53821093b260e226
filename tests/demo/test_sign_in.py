"""One-click sign-in: there in the demo, and nowhere else."""

import importlib
import re
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse
from django.utils import timezone

from onroll.accounts import actions
from onroll.accounts.roles import ROLES_TO_HOLD
from onroll.accounts.sides import Side, on
from onroll.agencies.models import Code
from onroll.agencies.queries import find_code
from onroll.audit.models import SecurityEvent
from onroll.demo.jobs import JOBS
from onroll.demo.partners import WITH_CODES
from onroll.demo.people import STAFF, WORKS_AT
from onroll.demo.queries import form_to_follow
from onroll.referrals.actions import send_to_hub
from tests.agencies.made import confirmed_agency
from tests.cases.world import build
from tests.people import AT, People
from tests.referrals.made import refer

VIEW = "onroll.demo.views"


@pytest.fixture
def demo(settings) -> Iterator[ModuleType]:
    """Give the page's module as the demo has it, and take it away again."""
    with pytest.raises(NoReverseMatch):
        reverse("demo_sign_in")
    settings.IS_DEMO = True
    module = importlib.import_module(VIEW)
    settings.ROOT_URLCONF = (
        *on(Side.ANYONE, routes=[path("demo/sign-in/", module.sign_in, name="demo_sign_in")]),
        path("", include("onroll.config.urls")),
    )
    yield module
    del sys.modules[VIEW]


def test_a_click_signs_in_as_a_person_of_the_demo(
    client: Client, demo: ModuleType, people: People
) -> None:
    page = client.get("/demo/sign-in/?next=/account/").content.decode()
    assert "Olive Obi" in page
    assert "Children missing education officer" in page
    click = {"email": people.olive.email, "next": "/account/"}
    assert client.post("/demo/sign-in/", click)["Location"] == "/account/"
    assert "Olive Obi" in client.get("/account/").content.decode()
    event = SecurityEvent.objects.get(event="sign_in")
    assert event.about == f"person {people.olive.pk} in the demo"


def test_it_leads_to_no_other_site(client: Client, demo: ModuleType, people: People) -> None:
    click = {"email": people.olive.email, "next": "https://evil.example/"}
    assert client.post("/demo/sign-in/", click)["Location"] == "/"


def test_nobody_else_is_signed_in(client: Client, demo: ModuleType, people: People) -> None:
    actions.disable(user=people.mo, by=None, at=AT)
    for email in (people.mo.email, "nobody@harrow.example", ""):
        assert client.post("/demo/sign-in/", {"email": email}).status_code == 404
    assert "Mo Malik" not in client.get("/demo/sign-in/").content.decode()


def test_a_page_that_was_loaded_in_the_demo_still_refuses_elsewhere(
    client: Client, demo: ModuleType, people: People, settings
) -> None:
    settings.IS_DEMO = False
    assert client.get("/demo/sign-in/").status_code == 404
    assert client.post("/demo/sign-in/", {"email": people.olive.email}).status_code == 404


def test_it_says_in_a_line_what_each_is_there_to_do(
    client: Client, demo: ModuleType, people: People
) -> None:
    page = client.get("/demo/sign-in/").content.decode()
    assert "Looks at what people tell the council" in page
    assert set(STAFF) == set(JOBS)


def test_each_role_that_has_an_account_has_a_person() -> None:
    assert {role for _, role, _ in STAFF.values()} == set(ROLES_TO_HOLD)
    assert len(WORKS_AT["mat"]) > 1


def test_without_an_account_one_follows_a_form_that_a_neighbour_sent(
    client: Client, demo: ModuleType, people: People
) -> None:
    assert "Open a neighbour" not in client.get("/demo/sign-in/").content.decode()
    assert client.post("/demo/sign-in/", {"try": "link"}).status_code == 404
    refer("345-678-9AB", at=AT, relation="relative")
    case = build().case()
    send_to_hub(case=case, ref="456-789-ABC", worry="x", urgent_why="", by=people.olive, at=AT)
    assert "Open a neighbour" not in client.get("/demo/sign-in/").content.decode()
    refer(at=AT)
    referral = form_to_follow()
    assert referral is not None
    assert referral.ref == "234-567-89A"
    page = client.post("/demo/sign-in/", {"try": "link"}, follow=True)
    assert page.request["PATH_INFO"].startswith("/refer/status/")
    assert page.status_code == 200


def test_without_an_account_one_asks_by_a_code_of_an_agency(
    client: Client, demo: ModuleType, people: People
) -> None:
    assert client.post("/demo/sign-in/", {"try": "code"}).status_code == 404
    confirmed_agency(next(iter(WITH_CODES)), by=people.olive, at=timezone.now())
    assert code_on(Client()) == ""
    first = client.post("/demo/sign-in/", {"try": "code"}, follow=True)
    assert first.request["PATH_INFO"] == "/demo/sign-in/"
    for walker in (client, Client(), Client()):
        code = code_on(walker)
        assert find_code(code, at=timezone.now()) is not None
    Code.objects.update(ended_at=timezone.now(), ended_by=people.olive)
    assert code_on(client) == ""
    client.post("/demo/sign-in/", {"try": "code"})
    assert code_on(client) not in ("", code)


def code_on(client: Client) -> str:
    """Return the code that the demo's page tells whoever opens it; "" for none."""
    page = client.get("/demo/sign-in/").content.decode()
    code = re.search(r"health visitor: <strong>([\dA-Z-]{23})</strong>", page)
    return code[1] if code else ""
