"""What a manager watches over: each number as the register and Today count it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.cases import actions
from onroll.clocks.tasks import raise_all
from onroll.rules import pathway
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db


def fill(world: World, people: People, *, names: str) -> None:
    for name in names:
        world.case(world.child(name, flags=("child_protection",)), owner=people.olive)
        world.case(world.child(f"No{name}"))
        lost = world.case(world.child(f"Un{name}"), owner=people.olive)
        for move in (pathway.START, pathway.GIVE_UP):
            lost = actions.move_case(case=lost, move=move, why="x", at=AT, by=people.olive)
        actions.ask_manager(case=lost, text=f"What of {name}?", by=people.olive, at=AT)
    raise_all(AT)


def test_each_number_leads_to_its_list_of_as_many(world: World, people: People) -> None:
    fill(world, people, names="AB")
    manager = Visitor(people.max).open("/").follow("Manager")
    manager.see("Referrals passed on to you", "Cases to review as their manager")
    for words, number in (
        ("Cases with a question to the manager", 2),
        ("Open cases of high risk", 2),
        ("Open cases without an owner", 2),
        ("Children not traced after the enquiries", 2),
    ):
        manager.open("/manager/").follow(words).see(f"{number} cases")


def test_the_page_asks_as_much_of_the_database_however_much_waits(
    world: World, people: People
) -> None:
    client = Client()
    client.force_login(people.max)
    asked = []
    for names in ("A", "BCDE"):
        fill(world, people, names=names)
        client.get("/manager/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/manager/").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12


def test_an_officer_has_no_such_page(people: People) -> None:
    """Access matrix, row 39."""
    olive = Visitor(people.olive).open("/")
    assert "/manager/" not in olive.content.decode()
    assert olive.open("/manager/").status == 403
