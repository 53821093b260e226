"""What a page that only reads costs: no session written, and no count made twice in a minute."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.accounts import counts, middleware
from onroll.intake.models import Row
from tests.intake.world import enrolled, going_to, leaves, schools
from tests.reading import Page

pytestmark = pytest.mark.django_db
PATH = "/children/find/"
WRITES = re.compile("(insert|update|delete)", re.IGNORECASE)


@pytest.fixture
def claim():
    """A child who may be at another school: it waits for an officer."""
    schools()
    enrolled()
    return leaves(reason="IM", later=going_to("3102002", "Mill Lane"))


def menu(client, path=PATH) -> str:
    """Return what stands behind *Review* in the menu."""
    entries = Page(client.get(path).content).tree.xpath("//header//nav//a")
    [entry] = [each for each in entries if each.text_content().strip().startswith("Review")]
    return str(entry.text_content().strip().removeprefix("Review").strip())


def statements(client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PATH).status_code == 200
    return [query["sql"] for query in captured]


def used(client, ago: float) -> None:
    """Say that the session was used so many seconds ago."""
    session = client.session
    session[middleware.LAST_SEEN] = time.time() - ago
    session.save()


def test_a_page_that_reads_nobody_s_record_writes_nothing(client, people):
    client.force_login(people.olive)
    statements(client)
    assert [sql for sql in statements(client) if WRITES.match(sql)] == []


def test_that_it_was_used_is_written_down_once_a_minute(client, people):
    client.force_login(people.olive)
    statements(client)
    used(client, ago=middleware.MINUTE - 5)
    assert not any(WRITES.match(sql) for sql in statements(client))
    used(client, ago=middleware.MINUTE + 5)
    assert any(WRITES.match(sql) for sql in statements(client))
    assert time.time() - client.session[middleware.LAST_SEEN] < middleware.MINUTE


def test_the_page_says_how_long_the_session_lasts_from_what_is_kept(client, people):
    client.force_login(people.olive)
    client.get(PATH)
    used(client, ago=40)
    page = Page(client.get(PATH).content)
    (left,) = page.tree.xpath("//dialog/@data-seconds")
    assert 30 * 60 - 45 <= int(left) <= 30 * 60 - 40


def test_the_menu_counts_anew_after_a_minute_and_after_a_form(client, people, claim):
    client.force_login(people.olive)
    assert menu(client) == "(1)"
    Row.objects.filter(pk=claim.pk).update(is_to_confirm=False)
    assert menu(client) == "(1)"  # counted within the minute
    used(client, ago=middleware.MINUTE + 1)
    assert menu(client) == ""
    Row.objects.filter(pk=claim.pk).update(is_to_confirm=True)
    path = f"/review/{claim.transfer.ref}/1/claim/"
    client.post(
        path, {"answer": "as_said", "why": ""}
    )  # refused; yet this person has done something
    assert menu(client) == "(1)"


@pytest.mark.parametrize("path", ["/today/", "/review/"])
def test_a_page_that_counts_for_itself_and_its_menu_say_the_same(client, people, claim, path):
    client.force_login(people.olive)
    assert menu(client) == "(1)"
    Row.objects.filter(pk=claim.pk).update(is_to_confirm=False)
    assert menu(client, path) == ""
    assert menu(client) == ""
    assert client.session[counts.KEY] == {counts.REVIEW: 0}
