"""Every form that changes something is sent twice with its key, and done once."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from lxml import html

from onroll.receipts.repeats import REPEATABLE
from tests import crawler, routes
from tests.receipts.forms import FORMS, fill_in

MAY_CHANGE = {Session._meta.db_table}


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def test_each_form_that_is_sent_twice_is_done_once(world: routes.World) -> None:
    found = []
    for route in FORMS:
        with transaction.atomic():
            found += _faults(world, route)
            transaction.set_rollback(True)
    assert found == []


def _faults(world: routes.World, route: str) -> list[str]:
    """Send a form, and again, and say what is not as it was."""
    visitor, form = fill_in(world, route)
    before = state()
    first = visitor.client.post(form.address, form.whole())
    if first.status_code != 302:
        return [f"{route} was not taken: {first.status_code}, {_sentences(first.content)}"]
    done = state()
    if done == before:
        return [f"{route} changed nothing."]
    again = visitor.client.post(form.address, form.whole())
    answers = [(each.status_code, each.headers.get("Location")) for each in (first, again)]
    wrong = [f"{route} was answered otherwise: {answers}."] if answers[0] != answers[1] else []
    tables = sorted(name for name, n in state().items() if n != done.get(name, 0))
    return [*wrong, *([f"{route} was done twice: {tables}."] if tables else [])]


def _sentences(content: bytes) -> list[str]:
    """Return what a page says is wrong with a form."""
    found = html.fromstring(content).xpath("//*[contains(@class, 'govuk-error-summary')]//li")
    return [each.text_content().strip() for each in found]


def state() -> dict[str, int]:
    """Return how often this transaction has written to each table, the audit trail's too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return {name: n for name, n in cursor.fetchall() if n and name not in MAY_CHANGE}


OF_ALLAUTH = ("account_", "mfa_")


def test_every_address_that_takes_a_form_is_tried(world: routes.World) -> None:
    taking = {page.name for page in crawler.pages() if _takes_forms(page, world)}
    assert {name for name in taking if not name.startswith(OF_ALLAUTH)} - set(FORMS) == {
        name for name in REPEATABLE if not name.startswith(OF_ALLAUTH) and name in taking
    }
    assert set(FORMS) <= taking


def test_what_may_be_done_each_time_is_an_address_that_exists_and_no_other_is_tried() -> None:
    names = {page.name for page in crawler.pages()}
    assert set(REPEATABLE) - names <= {"demo_sign_in"}
    assert not set(REPEATABLE) & set(FORMS)


def _takes_forms(page: crawler.Page, world: routes.World) -> bool:
    """Say whether an address answers otherwise than "405" to a form of somebody who may send it."""
    who = next((u for u in world.people.all() if crawler.may(page, u)), world.people.olive)
    route = routes.ROUTES.get(page.name, crawler.NEW_ROUTE)
    crawler.session_of(who)
    arguments = route.seen(world, who) or route.never or {}
    return (
        crawler.ask(who, "POST", crawler.path_of(page, arguments), {}).response.status_code != 405
    )
