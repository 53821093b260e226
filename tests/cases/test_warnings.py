"""Warnings on a child or an address: at the head of the case, before a visit, looked at again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.actions.reviews import keep_reviews
from onroll.cases.models import Case, WarningNote
from onroll.children.actions import AddressFacts
from onroll.clocks.actions import end
from onroll.clocks.models import Deadline, Ended
from onroll.rules.refusal import Refused
from onroll.rules.warnings import WARNING_REVIEW
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import day

pytestmark = pytest.mark.django_db
HOME = AddressFacts(lines=("1 Made-up Road",), town="Harrow", postcode="HA1 1AA")
PAIRS = "Visit in pairs: the duty desk says so."
WEEK = timedelta(weeks=1)


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child with an address; Olive has it."""
    return world.case(world.child("Rowan", "Merlinton", addresses=[HOME]), owner=people.olive)


def warn(case: Case, by: User, text: str = PAIRS, **more: Any) -> WarningNote:
    """Write down a warning that is looked at in a week."""
    given = {"review_on": timezone.localdate() + WEEK, "address": None, **more}
    return cases.add_warning(case=case, text=text, by=by, at=timezone.localtime(), **given)


def clock_of(case: Case) -> Deadline:
    """Return the running clock of the warnings of a case."""
    return case.deadlines.running().get(clock=WARNING_REVIEW)


def test_a_warning_stands_at_the_head_and_before_a_visit_until_it_is_ended(
    case: Case, people: People
) -> None:
    page, soon = f"/cases/{case.ref}/", timezone.localdate() + timedelta(days=2)
    home = case.child.addresses.get()
    olive = Visitor(people.olive).open(page).follow("Add a warning")
    olive.send("Add the warning", about=f"home_{home.pk}", text=PAIRS, **day("review_on", soon))
    olive.see("stands at the head of case", PAIRS, "1 Made-up Road", "Olive Obi")
    assert olive.text.index(PAIRS) < olive.text.index("Why this case")
    for address in ("enquiries/visit/", "enquiries/visit/record/", "enquiries/add/"):
        olive.open(f"{page}{address}").see("Warning", PAIRS)
    assert clock_of(case).due_on == soon
    olive.open("/diary/").see("Does the warning still hold?")
    olive.open(page).follow("Look at the warnings").follow("Say whether it still holds")
    later = timezone.localdate() + timedelta(days=30)
    olive.send("Save", holds="yes", **day("review_on", later)).see("The answer is kept")
    assert clock_of(case).due_on == later
    olive.follow("Say whether it still holds")
    olive.send("Save", holds="no", why="").see("Say why it is over")
    olive.send("Save", holds="no", why="They moved out.").see(
        "No warning holds.", "They moved out."
    )
    assert not case.deadlines.running().filter(clock=WARNING_REVIEW).exists()
    assert PAIRS not in olive.open(page).text
    olive.open(f"{page}chronology/").see("Warning added", "Warning ended")
    assert PAIRS not in olive.text


def test_a_warning_is_read_only_by_who_may_read_of_safety(case: Case, people: People) -> None:
    """Access matrix, row 9."""
    warn(case, people.olive)
    cases.add_member(case=case, user=people.cat, by=people.olive, at=timezone.localtime())
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/").see("Ask who has the case.")
    assert PAIRS not in cat.text
    assert PAIRS not in cat.open(f"/cases/{case.ref}/warnings/").text
    for person in (people.sam, people.dee, people.cat):
        visitor = Visitor(person).open(f"/cases/{case.ref}/warnings/add/")
        assert visitor.status in (403, 404)


def test_a_warning_of_an_address_holds_for_another_child_there_unless_it_is_protected(
    case: Case, world: World, people: People
) -> None:
    sister = world.child("Ash", "Merlinton", addresses=[HOME])
    of_sister = world.case(sister, owner=people.olive)
    warn(case, people.olive, address=case.child.addresses.get())
    olive = Visitor(people.olive).open(f"/cases/{of_sister.ref}/").see(PAIRS)
    olive.open(f"/cases/{of_sister.ref}/warnings/").see("the case of another child at this address")
    case.child.addresses.update(is_protected=True)
    assert PAIRS not in olive.open(f"/cases/{of_sister.ref}/").text
    olive.open(f"/cases/{case.ref}/").see(PAIRS)


def test_the_clock_runs_to_the_first_of_several_and_on_the_next_case(
    case: Case, world: World, people: People
) -> None:
    first = warn(case, people.olive)
    warn(case, people.olive, text="A dog is loose.", review_on=timezone.localdate() + 2 * WEEK)
    assert clock_of(case).due_on == first.review_on
    at = timezone.localtime()
    cases.end_warning(warning=first, on_case=case, why="It was a mistake.", by=people.max, at=at)
    assert clock_of(case).due_on == timezone.localdate() + 2 * WEEK
    with pytest.raises(Refused, match="Max Marsh"):
        cases.end_warning(warning=first, on_case=case, why="Again.", by=people.olive, at=at)
    clocks = case.deadlines.filter(clock=WARNING_REVIEW)
    end(clocks=clocks, on=timezone.localdate(), why=Ended.CASE_CLOSED)
    keep_reviews(on=timezone.localdate(), at=at)
    assert clock_of(case).due_on == timezone.localdate() + 2 * WEEK


@pytest.mark.parametrize("review_on", [date(2020, 1, 1), timezone.localdate()])
def test_the_next_look_is_ahead(case: Case, people: People, review_on: date) -> None:
    with pytest.raises(Refused, match="after today"):
        warn(case, people.olive, review_on=review_on)
    warn(case, people.olive)
    with pytest.raises(Refused, match="very warning"):
        warn(case, people.olive)
