"""Clocks go back to cases and come again (`clocks.0001` and `0002`) on rows that are there."""

from collections.abc import Callable

import psycopg
import pytest

from onroll.cases import actions
from onroll.cases.models import Case
from onroll.children.models import Merge
from onroll.rules import pathway
from tests.cases import world as worlds
from tests.cases.world import AT, TODAY, World
from tests.clocks.test_deadlines import start
from tests.duplicates.pairs import everything, merge, undo
from tests.migrations import undone
from tests.people import People
from tests.proof import facts

BEFORE = [("clocks", "0001_from_cases")]
"""The tables have their new names, and their old columns."""


@pytest.fixture
def back_and_forth(owner_url: str, transactional_db: None) -> Callable[[], list[tuple]]:
    """Give a function that undoes the migration and does it again; it returns the old rows."""

    def go() -> list[tuple]:
        with undone(owner_url, BEFORE), psycopg.connect(owner_url) as old:
            return old.execute(
                "SELECT id, case_id, met_on FROM clocks_deadline ORDER BY id"
            ).fetchall()

    return go


def closed_after_work(world: World, people: People) -> Case:
    """Return a case that was looked at, on which somebody rang, and that closed: all in a day."""
    case = world.case(owner=people.olive)
    case = actions.move_case(case=case, move=pathway.START, why="So.", at=AT, by=people.olive)
    clock = case.deadlines.get(clock="first_enquiries_5")
    actions.meet_deadline(case=case, deadline=clock, why="Rang.", by=people.olive, at=AT)
    return actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=TODAY, school=world.st_anns),
        why="Seen there.",
        by=people.olive,
        at=AT,
    )


def test_clocks_go_back_and_come_again_as_they_were(
    people: People, back_and_forth: Callable[[], list[tuple]]
) -> None:
    """The chronology tells what was done from what ended; a merge can still be undone.

    Only a clock that is of no case cannot go back.
    """
    world = worlds.build()
    closed, child = closed_after_work(world, people), world.child("Lena")
    done = set(closed.deadlines.filter(met_on=TODAY).values_list("clock", flat=True))
    assert done == {"triage_1", "first_enquiries_5"}
    running = closed.deadlines.running().get().pk
    kept, merged = world.child("Abe"), world.child("Abe")
    world.case(kept)
    world.case(merged)
    before = everything()
    joined = merge(kept, merged, people)
    now = everything()
    start(child)

    old = [row for row in back_and_forth() if row[1] == closed.pk]

    assert {pk for pk, _, met_on in old if met_on is None} == {running}
    assert len(old) == closed.deadlines.count() > 3
    assert everything() == now
    again = Merge.objects.get()
    assert again.moved == joined.moved
    undo(again, people)
    assert everything() == before
