"""What public pages say of the service, tried as their reader or its user would."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as the_settings
from django.test import Client
from django.urls import reverse
from lxml import html

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.drafts.authors import COOKIE
from onroll.govuk import languages
from onroll.rules.departures import DEPARTURES
from onroll.schools.queries import our_policy
from tests.entry import enter
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.reading import Page, spoken
from tests.reports.world import World

pytestmark = pytest.mark.django_db
PAGES = ("/", "/privacy/", "/accessibility/", "/policy-and-law/")
PASSWORD = "a long made-up password of Olive's"


@pytest.mark.shows("privacy.cookies")
def test_there_are_five_cookies_each_set_only_when_it_is_needed(people: People) -> None:
    User.objects.filter(pk=people.olive.pk).update(password="")
    people.olive.set_password(PASSWORD)
    people.olive.save(update_fields=["password"])
    client = Client(enforce_csrf_checks=True)
    for path in PAGES:
        client.get(path)
    assert set(client.cookies) == set()
    [form] = Page(client.get("/account/login/").content).main.forms
    said = {**dict(form.form_values()), "login": people.olive.email, "password": PASSWORD}
    assert client.post("/account/login/", said).status_code == 302
    for path in ("/today/", "/cases/", "/cases/new/", "/files/upload/"):
        client.get(path)
    both = {the_settings.SESSION_COOKIE_NAME, the_settings.CSRF_COOKIE_NAME}
    assert set(client.cookies) == both
    neighbour = Client(enforce_csrf_checks=True)
    neighbour.get("/refer/", follow=True)
    assert set(neighbour.cookies) == {the_settings.CSRF_COOKIE_NAME, COOKIE}
    reader = Client()
    reader.get("/?language=ro")
    assert set(reader.cookies) == {languages.COOKIE}


@pytest.mark.shows("accessibility.drawings")
def test_every_drawing_has_a_table(people: People, world: World) -> None:
    max_ = Visitor(people.max)
    drawn = 0
    for path in ("/today/", "/reports/weekly/so-far/", f"/cases/{world.closed.ref}/"):
        for svg in max_.open(path).page.iter("svg"):
            if svg.get("role") == "img":
                figure = next(svg.iterancestors("figure"))
                assert figure.findall(".//table//td"), path
                drawn += 1
    assert drawn > 3


@pytest.mark.shows("policy.four_examples")
@pytest.mark.parametrize(
    "reason", ["never_started", "never_arrived", "ceased_to_attend", "unknown_destination"]
)
def test_a_case_can_be_opened_for_each_example_of_the_policy(
    client: Client, people: People, reason: str
) -> None:
    """Policy p.3: never started, a move not completed, ceased to attend, removed to nowhere."""
    client.force_login(people.olive)
    child = {"forename": "Made", "surname": "Upwell"}
    handle = client.post(reverse("casefile:add_first"), child)["Location"].split("/")[-2]
    report = {"reason": reason, "because": "So it is.", "said_by": "A neighbour", "sex": "U"}
    assert enter(client, handle, child | report).status_code == 302
    assert Case.objects.get().reason == reason


@pytest.fixture
def other_authority(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Have the policy file of another authority."""
    shipped = (files("onroll.rules") / "harrow.toml").read_text(encoding="utf-8")
    changed = shipped.replace("London Borough of Harrow", "Elsewhere Council").replace(
        '"020 8396 4515"', '"020 7946 0123"'
    )
    path = tmp_path / "policy.toml"
    path.write_text(changed, encoding="utf-8")
    settings.POLICY = str(path)
    our_policy.cache_clear()
    yield
    our_policy.cache_clear()


@pytest.mark.shows("readme.policy")
@pytest.mark.usefixtures("other_authority")
def test_another_authority_is_one_file(client: Client) -> None:
    for path in PAGES:
        shown = Page(client.get(path).content)
        assert "Elsewhere Council" in shown.title
        assert "020 7946 0123" in spoken(shown.tree)
        assert "London Borough of Harrow" not in shown.source


def test_what_is_not_built_is_said_beside_each_difference(client: Client) -> None:
    page: html.HtmlElement = html.fromstring(client.get("/policy-and-law/").content)
    rows = {
        row[0].text_content().strip(): row[-1].text_content().strip()
        for row in page.iter("tr")
        if row.find("td") is not None
    }
    assert set(rows) == {departure.title for departure in DEPARTURES}
    assert all(rows.values())
    assert rows["What a school attendance order is"] == "Not built yet: school attendance orders."
    assert "commencement" not in page.text_content()
