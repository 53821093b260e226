"""A referral from its sending to its end: who decides, who accepts, what is due, what is never."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries import reasons_of
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.clocks.models import Deadline
from onroll.referrals import actions, queries
from onroll.referrals.actions.steps import ACCEPT, DECIDE
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral, ReferralStep, ReferredChild
from onroll.rules.refusal import Changed, Refused
from tests.cases.world import AT, TODAY, World
from tests.people import People
from tests.referrals.made import WHY, hand_over, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = AT + 2 * DAY
NEW = ChildFacts(forename="Sam", surname="Example", sex="M")


def due(referral: Referral, clock: str) -> Deadline:
    return referral.deadlines.get(clock=clock)


def accept(
    referral: Referral, *, by: User, child: Child | ChildFacts = NEW, number: int = 1
) -> Case:
    entry = referral.children.get(number=number)
    return actions.accept_child(entry=entry, child=child, because="Not at school.", by=by, at=NEXT)


# Sending


def test_a_referral_sent_twice_is_one(world: World) -> None:
    """P10."""
    first, again = refer(), refer(worry="Other words")
    assert first == again
    assert Referral.objects.get().worry == "He plays outside all day."
    assert ReferredChild.objects.count() == ReferralStep.objects.count() == 1


def test_the_hub_has_one_working_day_and_for_an_urgent_one_the_day_itself(world: World) -> None:
    friday = AT + 2 * DAY
    assert friday.date() == date(2026, 11, 20)
    calm = refer(at=friday)
    urgent = refer("345-678-9AB", at=friday, urgent_why="He was hit.")
    assert due(calm, DECIDE).due_on == date(2026, 11, 23)
    assert due(urgent, DECIDE).due_on == date(2026, 11, 20)
    assert due(calm, DECIDE).child is None


def test_the_queue_has_urgent_ones_first_then_the_oldest(world: World, people: People) -> None:
    """P15."""
    newer = refer("345-678-9AB", at=NEXT)
    older = refer("234-567-89A", at=AT)
    urgent = refer("456-789-ABC", at=NEXT + DAY, urgent_why="He was hit.")
    assert list(queries.queue(people.mo, queries.HUB)) == [urgent, older, newer]
    assert not queries.queue(people.mo, queries.ACCEPT).exists()


def test_only_who_triages_sees_referrals(world: World, people: People) -> None:
    """Access matrix, row 16."""
    refer()
    seeing = {p.role for p in people.all() if Referral.objects.visible_to(p).exists()}
    assert seeing == {"mash", "loc", "mgr"}


def test_the_officer_learns_who_referred_only_with_a_reason(world: World, people: People) -> None:
    """Access matrix, row 10."""
    referral = hand_over(refer(), by=people.mo)
    accept(referral, by=people.olive)
    referral.refresh_from_db()
    sees = queries.sees_referrer
    assert sees(people.mo, referral)
    assert sees(people.max, referral)
    assert not sees(people.olive, referral)
    people.olive.stated_reason = "To ask again"  # type: ignore[attr-defined]  # by the middleware
    assert sees(people.olive, referral)
    referral.accepted_by = people.max
    assert not sees(people.olive, referral)


# Deciding


def test_a_decision_meets_the_clock_and_keeps_who_and_why(world: World, people: People) -> None:
    referral = actions.decide(
        referral=refer(), decision=Decision.NO_ACTION, why="He is 19.", by=people.mo, at=NEXT
    )
    assert (referral.stage, referral.decided_by, referral.decided_why) == (
        "closed", people.mo, "He is 19.",
    )  # fmt: skip
    assert due(referral, DECIDE).met_on == NEXT.date()
    with pytest.raises(Refused, match="The hub has decided"):
        actions.take_on(referral=referral, by=people.mo, at=NEXT)


def test_who_decides_on_an_old_page_overwrites_nothing(world: World, people: People) -> None:
    referral = refer()
    actions.take_on(referral=referral, by=people.max, at=AT, version=0)
    with pytest.raises(Changed):
        actions.decide(
            referral=referral, decision=Decision.ADVICE, why="x", by=people.mo, at=AT, version=0
        )
    assert Referral.objects.get().owner == people.max


def test_a_child_with_an_open_case_joins_it(world: World, people: People) -> None:
    case = world.case(world.child())
    referral = actions.decide(
        referral=refer(), decision=Decision.OPEN_CASE, why=WHY, by=people.mo, at=NEXT, case=case
    )
    assert referral.stage == "closed"
    assert referral.children.get().case == case
    assert Case.objects.count() == 1
    joined = reasons_of(case)[-1]
    assert (joined.code, joined.source.said_by) == (
        "referral", "A neighbour, referral 234-567-89A",
    )  # fmt: skip


def test_a_referral_of_two_children_joins_no_case(world: World, people: People) -> None:
    case = world.case(world.child())
    two = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    with pytest.raises(Refused, match="several children"):
        actions.decide(
            referral=two, decision=Decision.OPEN_CASE, why=WHY, by=people.mo, at=AT, case=case
        )


# Accepting


def test_a_hand_over_is_accepted_by_name_and_counts_from_the_day_it_came(
    world: World, people: People
) -> None:
    """P15, and casework 5.2: the clocks count from the first receipt, not from acceptance."""
    referral = hand_over(refer(), by=people.mo)
    assert due(referral, ACCEPT).due_on == TODAY + DAY
    case = accept(referral, by=people.olive)
    referral.refresh_from_db()
    assert (referral.stage, referral.accepted_by) == ("accepted", people.olive)
    assert due(referral, ACCEPT).met_on == NEXT.date()
    assert (case.opened_on, case.owner) == (TODAY, people.olive)
    assert case.deadlines.get(clock="triage_1").starts_on == TODAY
    assert "Nora" not in reasons_of(case)[0].source.said_by


def test_brothers_get_a_case_each_and_the_last_accepts_the_referral(
    world: World, people: People
) -> None:
    two = refer(children=(ChildWords(forename="Sam"), ChildWords(forename="Kim")))
    hand_over(two, by=people.mo)
    first = accept(two, by=people.olive)
    two.refresh_from_db()
    assert two.stage == "handed_over"
    with pytest.raises(Refused, match="cannot go back"):
        actions.turn_back(referral=two, why="x", by=people.olive, at=NEXT)
    with pytest.raises(Refused, match="has case"):
        accept(two, by=people.olive)
    kim = ChildFacts(forename="Kim", surname="Example")
    second = accept(two, by=people.olive, child=kim, number=2)
    two.refresh_from_db()
    assert first != second
    assert two.stage == "accepted"


def test_what_is_turned_back_waits_for_the_hub_again_with_the_reason(
    world: World, people: People
) -> None:
    referral = hand_over(refer(), by=people.mo)
    referral = actions.turn_back(referral=referral, why="Too old.", by=people.olive, at=AT)
    assert (referral.stage, referral.decision, referral.owner) == ("screening", "", people.mo)
    assert due(referral, DECIDE).is_running
    assert not due(referral, ACCEPT).is_running
    step = queries.steps_of(referral)[0]
    assert (step.why, step.by) == ("Too old.", people.olive)
    again = hand_over(referral, by=people.mo)
    assert due(again, ACCEPT).is_running
    with pytest.raises(Refused, match="does not wait"):
        actions.turn_back(
            referral=actions.turn_back(referral=again, why="x", by=people.max, at=AT),
            why="x", by=people.max, at=AT,
        )  # fmt: skip


def test_today_says_what_waits_and_the_chronology_what_happened(
    world: World, people: People
) -> None:
    referral = refer(urgent_why="He was hit.")
    todos = {each.code: each for each in queries.todo(people.mo, on=TODAY, at=AT)}
    assert (todos["referrals_hub"].number, todos["referrals_hub"].meaning) == (1, "late")
    assert todos["referrals_accept"].number == 0
    hand_over(referral, by=people.mo)
    todos = {each.code: each for each in queries.todo(people.olive, on=TODAY, at=AT)}
    assert (todos["referrals_hub"].number, todos["referrals_accept"].number) == (0, 1)
    assert queries.todo(people.cat, on=TODAY, at=AT) == []
    case = accept(referral, by=people.olive)
    words = [event.words for event in queries.events(case, people.olive)]
    assert words[-1] == "Referral 234-567-89A: Came in, from: A neighbour"
    assert f"Referral 234-567-89A: Accepted as case {case.ref}" in words
    assert queries.events(case, people.cat) == []


# What can never be


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"stage": "lost"}, "referral_is_at_a_known_stage"),
        ({"worry": "Nothing"}, "is never changed"),
        ({"is_urgent": True}, "referral_is_urgent_for_a_reason"),
        ({"urgent_why": "x"}, "referral_is_urgent_for_a_reason"),
        ({"stage": "closed"}, "referral_leaves_the_hub_by_somebodys_decision"),
        ({"decision": "advice"}, "referral_leaves_the_hub_by_somebodys_decision"),
        ({"accepted_at": AT}, "referral_is_accepted_by_a_named_person"),
    ],
)
def test_the_database_refuses_a_referral_that_cannot_be(
    world: World, change: dict[str, object], name: str
) -> None:
    refer()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Referral.objects.update(**change)


def test_a_referral_handed_over_cannot_end_without_a_name(world: World, people: People) -> None:
    hand_over(refer(), by=people.mo)
    for change, name in (
        ({"stage": "accepted"}, "referral_is_accepted_by_a_named_person"),
        ({"stage": "closed"}, "referral_to_the_lead_officer_ends_accepted_only"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Referral.objects.update(**change)


def test_a_child_of_whom_nothing_is_said_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError, match="has_a_name_or_a_place"), transaction.atomic():
        refer(children=(ChildWords(age=9),))
    twin = {"referral": refer(), "number": 1, "forename": "Kim"}
    with pytest.raises(IntegrityError, match="has_one_number"), transaction.atomic():
        ReferredChild.objects.create(**twin)


def test_a_referral_without_a_worry_or_by_nobody_in_particular_is_refused(world: World) -> None:
    for facts, name in (
        ({"worry": ""}, "says_what_worries"),
        ({"relation": "boss"}, "says_who_refers"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            refer(**facts)
