"""NUL (U+0000) in what people type or their browsers send: dropped, and nothing else is."""

import pytest
from django.test import Client

from onroll.cases.models import Case, Note
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(world: World, people: People) -> Case:
    """Give a case that Olive works on."""
    return world.case(owner=people.olive)


def test_a_note_with_nul_is_kept_without_it(taken: Case, people: People) -> None:
    visitor = Visitor(people.olive).open(f"/cases/{taken.ref}/note/")
    visitor.send("Save", text="She said: \0“We moved.”\0 So they did.")
    assert Note.objects.get().text == "She said: “We moved.” So they did."
    visitor.see("The note is added.")


def test_a_search_with_nul_finds_as_one_without(taken: Case, people: People) -> None:
    visitor = Visitor(people.olive).open("/cases/")
    visitor.send("Search", words=f"\0{taken.child.surname}\0")
    visitor.see(taken.child.surname)


@pytest.mark.parametrize(
    "answers",
    [
        {"login": "olive@harrow.example\0", "password": "made up for a test"},
        {"login": "olive@harrow.example", "password": "made up\0 for a test"},
        {"login\0": "olive@harrow.example", "password\0": "made up"},
    ],
)
def test_signing_in_with_nul_is_answered_with_the_form(
    client: Client, people: People, answers: dict[str, str]
) -> None:
    assert client.post("/account/login/", answers).status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "csrftoken"])
def test_a_cookie_with_nul_is_one_that_nobody_knows(client: Client, db: None, name: str) -> None:
    client.cookies[name] = "\0" * 32
    assert client.get("/account/login/").status_code == 200
    assert client.post("/account/login/", {"login": "a@b.example"}).status_code == 200
