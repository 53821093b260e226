"""Anything in an address or in the fields of a form: an answer, never a fault of ours."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import crawler, routes
from tests.fuzz.examples import examples
from tests.receipts.forms import FORMS, fill_in

pytestmark = pytest.mark.django_db
LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("\0\r\n\u202e<>&'\"%"))
TEXTS = st.text(LETTERS, max_size=40) | st.sampled_from(
    ["", "0", "-1", "9" * 30, "31", "2026", "true", "[]", "{}", "1e9", "x" * 5000]
)
RARELY = 4
"""One answer in so many is another than somebody would give."""


@pytest.fixture(scope="module")
def pages() -> list[crawler.Page]:
    return [page for page in crawler.pages() if page.arguments]


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


@pytest.fixture
def olive(world: routes.World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people.olive)
    return client


@examples(150)
@given(data=st.data())
def test_addresses(data, world, olive, pages):
    page = data.draw(st.sampled_from(pages))
    route = routes.ROUTES[page.name]
    arguments = route.never or route.seen(world, world.people.olive) or {}
    path = crawler.path_of(page, arguments)
    for value in map(str, arguments.values()):
        if data.draw(st.booleans()):
            path = path.replace(f"/{value}/", f"/{quote(data.draw(TEXTS), safe='')}/", 1)
    asked = data.draw(st.dictionaries(st.sampled_from(["page", "list", "stage", "words"]), TEXTS))
    with transaction.atomic():
        answer = olive.get(path, asked)
        transaction.set_rollback(True)
    assert answer.status_code < 500, path


def test_forms(world):
    """Each form that changes something, filled in as somebody would but for some of its fields."""
    for route in FORMS:
        with transaction.atomic():
            send_oddly(world, route)
            transaction.set_rollback(True)


def send_oddly(world: routes.World, route: str) -> None:
    visitor, form = fill_in(world, route)
    visitor.client.raise_request_exception = False
    usual = st.one_of(*[st.just(None)] * (RARELY - 1), TEXTS, st.lists(TEXTS, max_size=2))
    fields = sorted(set(form.data) - {"csrfmiddlewaretoken"})

    @examples(8)
    @given(st.fixed_dictionaries(dict.fromkeys(fields, usual)))
    def send(answers: dict[str, Any]) -> None:
        odd = {name: said for name, said in answers.items() if said is not None}
        with transaction.atomic():
            answer = visitor.client.post(form.address, {**form.whole(), **odd})
            transaction.set_rollback(True)
        assert answer.status_code < 500, (route, odd)

    send()
