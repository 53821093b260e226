"""Who is weighed at all, where names are common (matching.md 6.6): those who share most."""

from datetime import date, timedelta

import pytest

from onroll.children.actions import AddressFacts
from onroll.children.candidates import CANDIDATE_LIMIT
from onroll.children.models import Child
from onroll.children.queries import find_candidate_ids, find_candidates
from onroll.matching import Person
from tests.cases import world as worlds
from tests.cases.world import World

pytestmark = pytest.mark.django_db
BORN = date(2015, 3, 4)
HOME = AddressFacts(lines=("1 Made-up Road",), postcode="HA9 9ZZ")
COMMON = ("Aisha", "Bilal", "Dawud", "Faisal", "Hamza", "Jamila", "Layla", "Nadia", "Omar",
          "Rashid", "Salma", "Tariq", "Usman", "Wahida", "Yasmin", "Zara")  # fmt: skip


@pytest.fixture
def world() -> World:
    return worlds.build()


def crowd(world: World) -> None:
    """Children of one birthday and one surname, more than are weighed."""
    for forename in COMMON:
        world.child(forename, "Khan", BORN)


def asked(forename: str, born: date | None = BORN, postcode: str = "") -> Person:
    return Person(
        forenames=frozenset({forename}),
        surnames=frozenset({"Khan"}),
        born=born,
        postcodes=frozenset({postcode} if postcode else ()),
    )


def found(record: Person) -> list[Child]:
    keys = [person.key for person in find_candidates([record])[0]]
    children = Child.objects.in_bulk(keys)
    return [children[key] for key in keys]


def test_in_a_crowd_those_who_share_most_are_weighed(world: World) -> None:
    crowd(world)
    mistyped = world.child("Mohammed", "Kahn", BORN)
    a_day_off = world.child("Mohammed", "Khan", BORN + timedelta(days=1))
    near = found(asked("Mohammed"))
    assert near[:2] == [mistyped, a_day_off]
    assert len(near) == CANDIDATE_LIMIT


def test_a_record_of_a_crowd_keeps_the_children_of_its_home(world: World) -> None:
    crowd(world)
    twin = world.child("Maryam", "Khan", BORN, addresses=[HOME])
    assert twin in found(asked("Mohammed", postcode="HA9 9ZZ"))


def test_records_asked_together_find_what_each_finds_alone(world: World) -> None:
    crowd(world)
    world.child("Mohammed", "Khan", None)
    records = [asked("Mohammed"), asked("Zara"), asked("Mohammed", None), asked("Nobody", None)]
    together = [[person.key for person in some] for some in find_candidates(records)]
    assert together == [[person.key for person in find_candidates([one])[0]] for one in records]
    assert [len(some) > 0 for some in together] == [True, True, True, False]


def test_somebody_who_looks_is_given_as_many_as_asked_for(world: World) -> None:
    crowd(world)
    assert [len(ids) for ids in find_candidate_ids([asked("Mohammed")], most=100)] == [len(COMMON)]
    [[first]] = find_candidate_ids([asked("Zara")], most=1)
    assert Child.objects.get(pk=first).forename == "Zara"
