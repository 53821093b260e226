"""What closing and opening do to a case's clocks, and how its page shows one that ended."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from onroll.accounts.models import User
from onroll.cases import actions
from onroll.cases.models import Case
from onroll.rules import pathway
from tests.cases.world import AT, TODAY, World
from tests.people import People
from tests.proof import facts
from tests.reading import Page, spoken

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(world: World, people: People) -> Case:
    """Give a case that was looked at and then closed on the same day."""
    case = world.case(owner=people.olive)
    case = actions.move_case(case=case, move=pathway.START, why="So.", at=AT, by=people.olive)
    return actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=TODAY, school=world.mill_lane),
        why="Seen there.",
        by=people.olive,
        at=AT,
    )


def test_closing_ends_what_runs_and_leaves_what_was_done_as_done(closed: Case) -> None:
    assert closed.deadlines.get(clock="triage_1").met_on == TODAY
    ended = closed.deadlines.get(clock="first_enquiries_5")
    assert (ended.met_on, ended.ended_on, ended.ended_why) == (None, TODAY, "case_closed")


def test_a_case_that_is_opened_again_runs_on_and_what_was_done_stays_done(
    closed: Case, people: People
) -> None:
    """What somebody did on the day of closing was taken for what the closing ended."""
    ended = set(closed.deadlines.filter(ended_why="case_closed").values_list("clock", flat=True))
    case = actions.reopen_case(case=closed, why="Not there.", by=people.olive, at=AT)
    assert case.deadlines.get(clock="triage_1").met_on == TODAY
    assert set(case.deadlines.running().values_list("clock", flat=True)) == ended != set()
    review = case.deadlines.get(clock="still_there")
    assert (review.met_on, review.ended_why) == (None, "not_asked")


def test_the_case_shows_what_was_done_as_done_and_what_ended_as_ended(
    closed: Case, people: People, as_: Callable[[User], Client]
) -> None:
    page = Page(as_(people.olive).get(f"/cases/{closed.ref}/").content)
    rows = {
        row.find("th/strong").text: spoken(row.find("td"))
        for row in page.main.iter("tr")
        if row.find("th/strong") is not None
    }
    title = {clock.clock: clock.rule.title for clock in closed.deadlines.all()}
    assert rows[title["triage_1"]].startswith("Done ")
    assert rows[title["first_enquiries_5"]].startswith("Ended Ended: the case closed on ")
    assert not rows[title["still_there"]].startswith(("Done", "Ended"))
    assert set(rows) >= set(title.values())


def test_a_clock_that_ended_offers_nothing_to_do(
    closed: Case, people: People, as_: Callable[[User], Client]
) -> None:
    client = as_(people.olive)
    ended = closed.deadlines.get(clock="first_enquiries_5")
    shown = Page(client.get(f"/cases/{closed.ref}/").content).addresses
    for name in ("meet_clock", "move_clock", "review"):
        address = reverse(f"cases:{name}", args=[closed.ref, ended.pk])
        assert address not in shown
        assert client.get(address).status_code == 404
