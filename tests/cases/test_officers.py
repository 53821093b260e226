"""What each officer has, and who is proposed where a case is given to somebody."""

from datetime import timedelta

import pytest

from onroll.accounts.actions import add_person
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases import actions, queries
from onroll.cases.models import Case
from onroll.clocks.models import Deadline
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Word
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTHING = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
CLEARED = {**NOTHING, "crime": (RiskAnswer.NO, "The charge was dropped.")}
MO = Word("Mo", AT.date())


@pytest.fixture
def lena(people: People) -> User:
    return add_person(email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=AT)


def rows() -> dict[str, queries.Officer]:
    return {row.load.name: row for row in queries.officers(on=TODAY)}


def overdue_by_law(case: Case) -> None:
    Deadline.objects.create(
        child=case.child,
        subject="case",
        subject_id=case.pk,
        clock="excluded_6",
        starts_on=TODAY - 9 * DAY,
        due_on=TODAY - DAY,
    )


def test_figures_are_of_open_cases_by_owner_and_of_those_that_nobody_has(
    world: World, people: People, lena: User
) -> None:
    for name in ("Ann", "Ben"):
        world.case(world.child(name), owner=people.olive)
    overdue_by_law(world.case(world.child("Cem"), owner=people.olive))
    world.case(world.child("Una"))
    assert [row.load.name for row in queries.officers(on=TODAY)] == [
        "Lena Lord",
        "Olive Obi",
        "Nobody yet",
    ]
    load = rows()["Olive Obi"].load
    assert (load.number, load.grave, load.overdue, load.weight) == (3, 0, 1, 4)
    assert rows()["Nobody yet"].load.number == 1
    assert rows()["Lena Lord"].load.weight == 0


def test_a_case_is_urgent_by_its_reason_by_a_group_or_by_the_last_review(
    world: World, people: People
) -> None:
    world.case(world.child("Ann"), reason="gone_missing", owner=people.olive, event_on=TODAY)
    world.case(world.child("Ben", flags=("child_protection",)), owner=people.olive)
    found = world.case(world.child("Cem"), owner=people.olive)
    world.case(world.child("Dee", flags=("bullied",)), owner=people.olive)
    answers = {**NOTHING, "crime": (RiskAnswer.YES, "His brother was charged.")}
    actions.review_risks(case=found, answers=answers, told=MO, by=people.olive, at=AT)
    assert rows()["Olive Obi"].load.grave == 3
    later = AT + 20 * DAY
    actions.review_risks(case=found, answers=CLEARED, by=people.olive, at=later)
    assert rows()["Olive Obi"].load.grave == 2


def test_the_case_longest_not_looked_at_is_named(world: World, people: People) -> None:
    world.at = AT - 9 * DAY
    longest = world.case(world.child("Ann"), owner=people.olive)
    noted = world.case(world.child("Ben"), owner=people.olive)
    actions.add_note(case=noted, text="Rang.", by=people.olive, at=AT)
    row = rows()["Olive Obi"]
    assert (row.ref, row.since) == (longest.ref, AT - 9 * DAY)


def test_who_left_is_still_shown_with_cases_and_never_proposed(
    world: World, people: People, lena: User
) -> None:
    world.case(owner=lena)
    world.case(world.child("Ann"), owner=people.olive)
    world.case(world.child("Ben"), owner=people.olive)
    assert queries.proposed(on=TODAY).startswith("Lena Lord has least: 1 open case,")
    User.objects.filter(pk=lena.pk).update(is_active=False)
    assert "Lena Lord" in rows()
    assert queries.proposed(on=TODAY).startswith("Olive Obi has least")


def test_the_page_of_officers_leads_to_the_cases_of_each(
    world: World, people: People, lena: User
) -> None:
    case = world.case(owner=people.olive)
    page = Visitor(people.max).open("/cases/officers/")
    page.see("What each officer has", "Lena Lord has least: no open case.", case.ref)
    page.follow("Olive Obi").see("1 case", "Sam Example")


def test_who_has_least_is_proposed_where_a_case_is_assigned(
    world: World, people: People, lena: User
) -> None:
    mine, nobodys = world.case(owner=people.olive), world.case(world.child("Una"))
    words = "Lena Lord has least: no open case."
    Visitor(people.olive).open(f"/cases/{mine.ref}/assign/").see(words)
    Visitor(people.olive).open(f"/cases/{nobodys.ref}/").see(words)
    assert words not in Visitor(people.olive).open(f"/cases/{mine.ref}/").text
    actions.assign_case(case=mine, owner=lena, by=people.max, at=AT)
    Visitor(people.olive).open(f"/cases/{mine.ref}/assign/").see("Olive Obi has least")


def test_who_may_not_assign_does_not_see_what_others_have(world: World, people: People) -> None:
    """Access matrix, row 17."""
    for user in (people.cat, people.sam, people.dee, people.ari):
        assert Visitor(user).open("/cases/officers/").status == 403
