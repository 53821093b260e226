"""Lost children keep being looked for in every list."""

from datetime import date, timedelta

import pytest

from onroll.casefile.queries import today
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.cases.words import describe_alert
from onroll.intake import queries
from onroll.intake.models import ListKind
from onroll.rules import pathway
from tests.intake.world import AT, TODAY, joins, leaves, sam, school, take_in
from tests.lists.world import HEADINGS, LATER, NOOR, SAM, WEEK, listed
from tests.people import People
from tests.proof import facts

pytestmark = pytest.mark.django_db


def alerts() -> list[str]:
    return [describe_alert(alert) for alert in Case.objects.get().alerts.filter(kind="lead")]


def test_any_list_that_has_a_lost_child_alerts_the_case() -> None:
    joins(estab="2001", entry_on=date(2020, 9, 2), made=date(2020, 9, 2))
    leaves(reason="UK")
    listed(SAM, kind=ListKind.HEALTH)
    (words,) = alerts()
    assert words.startswith("This child is on record 1 of file")


def test_a_record_that_may_be_a_lost_child_alerts_the_case_and_comes_first_in_review(
    people: People,
) -> None:
    school("3102003", "Third School")
    listed(NOOR)
    other = NOOR.replace("2001", "2003", 1).replace("HA1 1AA", "HA9 9ZZ").replace("Noor", "Nour")
    take_in((HEADINGS + other).encode(), "first.csv")
    leaves(reason="UK")
    joins(upn="", postcode="HA9 9ZZ")
    first = queries.waiting_rows(people.max)[0]
    assert first.said["forename"] == "Sam"
    assert any("may be on record 1" in words for words in alerts())


def test_the_same_leaving_told_again_by_the_same_school_is_no_lead() -> None:
    leaves(reason="UK")
    leaves(reason="UK", made=TODAY - timedelta(1))
    assert alerts() == []


def test_a_school_that_lists_the_child_every_week_alerts_once_until_it_is_settled(
    people: People,
) -> None:
    leaves(reason="UK")
    listed(SAM, kind=ListKind.HEALTH)
    listed(SAM, "\n", kind=ListKind.HEALTH, at=LATER)
    assert len(alerts()) == 1
    alert = Case.objects.get().alerts.get(kind="lead")
    casework.settle_alert(alert=alert, why="Not there.", by=people.olive, at=LATER)
    listed(SAM, "\n\n", kind=ListKind.HEALTH, at=LATER + WEEK)
    assert len(alerts()) == 2


def test_a_child_who_is_not_traced_is_looked_for_too() -> None:
    """P53: the case is open on a cycle of reviews, and every list is held against it."""
    leaves(reason="UK")
    for move in (pathway.START, pathway.GIVE_UP):
        casework.move_case(case=Case.objects.get(), move=move, why="Nobody.", at=LATER, by=None)
    listed(SAM, kind=ListKind.HOUSING)
    assert len(alerts()) == 1


@pytest.mark.parametrize(("years", "number"), [(1, 1), (8, 0)])
def test_who_is_only_believed_to_be_abroad_is_looked_for_while_the_case_is_kept(
    people: People, years: int, number: int
) -> None:
    """Law.md, keeping: closed cases are kept for years; then what they hold is not used."""
    leaves(reason="UK", born=date(2018, 3, 4))
    casework.close_case(
        case=Case.objects.get(), outcome="abroad_believed", why="A ticket.", by=people.max, at=AT,
        facts=facts("abroad_believed", on=AT.date()),
    )  # fmt: skip
    at = AT + years * timedelta(days=366)
    line = SAM.replace("04/03/2015", "04/03/2018")
    listed(line, kind=ListKind.HEALTH, at=at, on=at.date())
    assert len(alerts()) == number
    assert today(people.max, at=at).needs["leads"] == number


def test_nobody_is_looked_for_after_compulsory_school_age() -> None:
    leaves(reason="UK")
    child = sam()
    child.born_on = date(2009, 3, 4)
    child.save()
    listed(SAM.replace("2015", "2009"), kind=ListKind.HEALTH)
    assert alerts() == []
