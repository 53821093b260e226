"""What is to be done on a case: its clock, its list, its end, and that no closing loses it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onroll.accounts.models import User
from onroll.cases import actions, queries
from onroll.cases.actions import ActionFacts, FateFacts
from onroll.cases.models import ActionPoint, Case
from onroll.clocks.models import Deadline
from onroll.rules.action_points import Fate, Origin
from onroll.rules.refusal import Changed, Refused
from tests.cases.world import AT, TODAY, World
from tests.duplicates.pairs import merge, undo
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts

DAY = timedelta(days=1)
MEETING = "234-567-89A"
ACTION = ActionFacts("Look at the tenancy", "Ada Thrushley, housing", TODAY + 7 * DAY)
SCHOOL = "The school’s office says that she has come."


@pytest.fixture
def case(world: World, people: People) -> Case:
    return world.case(owner=people.olive)


@pytest.fixture
def action(case: Case, people: People) -> ActionPoint:
    return add(case, people)


def add(case: Case, people: People, action: ActionFacts = ACTION) -> ActionPoint:
    return actions.add_action_point(
        case=case, origin=Origin.MEETING, ref=MEETING, action=action, by=people.max, at=AT
    )


def finish(action: ActionPoint, by: User, fate: Fate = Fate.DONE, on: date = TODAY) -> ActionPoint:
    return actions.finish_action_point(
        action=action, fate=fate, on=on, result="No tenancy.", by=by, at=AT + DAY
    )


def close(case: Case, people: People, **fates: FateFacts) -> Case:
    return actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=AT.date()),
        why=SCHOOL,
        by=people.olive,
        at=AT,
        fates={ref.replace("_", "-"): fate for ref, fate in fates.items()},
    )


def ask_of(action: ActionPoint, fate: Fate, words: str) -> dict[str, FateFacts]:
    return {action.ref.replace("-", "_"): FateFacts(fate, words)}


def told(case: Case, user: User) -> list[tuple[str, str]]:
    events = queries.events_of([queries], Case.objects.get(pk=case.pk), user)
    return [(event.words, event.why) for event in events if event.source == "Meeting of agencies"]


def waiting(user: User) -> list[ActionPoint]:
    (todo,) = (t for t in queries.todo(user, on=TODAY, at=AT) if t.code == "action_points")
    assert not isinstance(todo.rows, int)
    return [row for row in todo.rows if row.origin == Origin.MEETING]


def test_it_comes_back_on_today_and_in_the_diary_until_somebody_says_what_became_of_it(
    case: Case, action: ActionPoint, people: People
) -> None:
    assert [waiting(who) for who in (people.olive, people.max)] == [[action], [action]]
    assert waiting(people.cat) == []
    coming = queries.coming(people.olive, on=TODAY, until=TODAY + 9 * DAY)
    (row,) = (row for row in coming if "Action point" in row.words)
    assert (row.on, row.ref, row.about) == (ACTION.due_on, case.ref, case.child.name)
    finish(action, people.olive)
    assert waiting(people.olive) == []
    assert Deadline.objects.of(action).get().met_on == TODAY
    with pytest.raises(Changed, match="wrote down meanwhile what came of it: No tenancy"):
        finish(action, people.max)


def test_what_is_given_up_is_not_called_done(
    case: Case, action: ActionPoint, people: People
) -> None:
    finish(action, people.olive, Fate.GIVEN_UP)
    clock = Deadline.objects.of(action).get()
    assert (clock.met_on, clock.ended_why) == (None, "given_up")
    assert told(case, people.olive)[-1] == (
        f"Given up, of the meeting of agencies {MEETING}: Look at the tenancy",
        "No tenancy.",
    )


@pytest.mark.parametrize("days", [-1, 2])
def test_it_ends_on_a_day_that_has_been_and_not_before_it_was_asked_for(
    days: int, action: ActionPoint, people: People
) -> None:
    with pytest.raises(Refused, match="Day: it must be between 18 November 2026"):
        finish(action, people.olive, on=TODAY + days * DAY)


def test_the_same_is_asked_for_once(case: Case, action: ActionPoint, people: People) -> None:
    with pytest.raises(Refused, match="written down minutes ago"):
        add(case, people)
    assert add(case, people, ActionFacts("Ring the school", "Olive", TODAY)).is_open


def test_a_case_does_not_close_while_what_is_to_be_done_is_left_without_a_word(
    case: Case, action: ActionPoint, people: People
) -> None:
    with pytest.raises(Refused, match="still to be done: Look at the tenancy"):
        close(case, people)
    assert Case.objects.get(pk=case.pk).is_open


@pytest.mark.parametrize(
    ("fate", "ended_why"), [(Fate.DONE, ""), (Fate.GIVEN_UP, "given_up"), (Fate.GOES_ON, "")]
)
def test_each_fate_is_kept_and_what_goes_on_still_comes_back(
    fate: Fate, ended_why: str, case: Case, action: ActionPoint, people: People
) -> None:
    close(case, people, **ask_of(action, fate, "Ben Oak, housing"))
    row = ActionPoint.objects.get(pk=action.pk)
    clock = Deadline.objects.of(row).get()
    goes_on = fate is Fate.GOES_ON
    assert (row.is_open, clock.is_running, clock.ended_why) == (goes_on, goes_on, ended_why)
    assert waiting(people.olive) == ([row] if goes_on else [])
    assert row.person == ("Ben Oak, housing" if goes_on else ACTION.whom)
    assert "Ben Oak, housing" in told(case, people.olive)[-1][1]
    if goes_on:
        finish(row, people.olive)
        assert told(case, people.olive)[-1][0].startswith("Done")


def test_the_page_that_closes_asks_of_each_and_keeps_what_was_typed(
    case: Case, action: ActionPoint, people: People
) -> None:
    second = add(case, people, ActionFacts("Ring the school", "Olive", TODAY))
    max_ = Visitor(people.max).open(reverse("cases:close_as", args=[case.ref, "died"]))
    for words in (
        "Still to be done: Look at the tenancy (Ada Thrushley, housing, by 25 November 2026)",
        "Still to be done: Ring the school",
        f"Meeting of agencies {MEETING} asked for it",
    ):
        assert words in max_.text
    typed = {f"fate_{second.pk}": Fate.GOES_ON.value, f"fate_words_{second.pk}": "Olive Obi " * 30}
    max_.send("Close the case", **typed)
    for words in (
        "Select what becomes of this: Look at the tenancy",
        "Say in words what becomes of this: Look at the tenancy",
        "Who goes on with it: at most 200 characters",
    ):
        assert words in max_.text
    assert "Olive Obi Olive Obi" in max_.text
    assert Case.objects.get(pk=case.pk).is_open


def test_the_list_says_which_case_is_closed(
    case: Case, action: ActionPoint, people: People, client: Client
) -> None:
    close(case, people, **ask_of(action, Fate.GOES_ON, "Ben Oak, housing"))
    olive = Visitor(people.olive).open(reverse("cases:action_points"))
    for words in ("Look at the tenancy", "Closed", "Ben Oak, housing", case.child.name):
        assert words in olive.text
    client.force_login(people.cat)
    assert client.get(reverse("cases:action_point", args=[action.ref])).status_code in {403, 404}


def test_its_clock_follows_the_child_of_a_merged_record(world: World, people: People) -> None:
    kept, merged = world.child("Abe"), world.child("Abe")
    world.case(kept)
    action = add(world.case(merged), people)
    joined = merge(kept, merged, people)
    assert Deadline.objects.of(action).get().child_id == kept.pk
    undo(joined, people)
    assert Deadline.objects.of(action).get().child_id == merged.pk
