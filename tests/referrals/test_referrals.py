"""A referral from its sending to its end: who decides, who accepts, what is due, what is never."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries import events_of, reasons_of
from onroll.cases.queries.waiting import counted, oldest
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.clocks.models import Deadline
from onroll.referrals import actions, queries
from onroll.referrals.actions.steps import HUB_KNOWS
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords, GroupWords
from onroll.referrals.models import HubDecision, Referral, ReferralStep, ReferredChild
from onroll.rules.refusal import Changed, Refused
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, decide, hand_over, refer

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SAM_AND_KIM = (ChildWords(forename="Sam"), ChildWords(forename="Kim"))
NEXT = AT + 2 * DAY
NEW = ChildFacts(forename="Sam", surname="Example", sex="M")


def due(row: Referral | HubDecision, clock: str = "referral_decision_1") -> Deadline:
    return row.deadlines.get(clock=clock)


def handed_over(referral: Referral, number: int = 1) -> HubDecision:
    return HubDecision.objects.filter(entry__referral=referral, entry__number=number).latest("pk")


def turn_back(referral: Referral, *, by: User, why: str = "Too old.", number: int = 1) -> Referral:
    entry = referral.children.get(number=number)
    return actions.turn_back(entry=entry, why=why, by=by, at=AT)


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
    assert due(calm).due_on == date(2026, 11, 23)
    assert due(urgent, "referral_decision_urgent").due_on == date(2026, 11, 20)
    assert due(calm).child is None


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

    def sees(user: User) -> bool:
        return queries.sees_referrer(user, queries.children_of(referral), on=TODAY)

    assert sees(people.mo)
    assert sees(people.max)
    assert not sees(people.olive)
    people.olive.stated_reason = "To ask again"  # type: ignore[attr-defined]  # by the middleware
    assert sees(people.olive)
    HubDecision.objects.update(accepted_by=people.max)
    Case.objects.update(owner=people.max)
    assert not sees(people.olive)


# Deciding


def test_a_decision_meets_the_clock_and_keeps_who_and_why(world: World, people: People) -> None:
    referral = decide(refer(), Decision.NO_ACTION, why="He is 19.", by=people.mo, at=NEXT)
    decision = handed_over(referral)
    assert (referral.stage, decision.by, decision.why) == ("closed", people.mo, "He is 19.")
    assert due(referral).met_on == NEXT.date()
    with pytest.raises(Refused, match="The hub has decided"):
        actions.take_on(referral=referral, by=people.mo, at=NEXT)


def test_who_decides_on_an_old_page_overwrites_nothing(world: World, people: People) -> None:
    referral = refer()
    actions.take_on(referral=referral, by=people.max, at=AT, version=0)
    with pytest.raises(Changed):
        decide(referral, Decision.ADVICE, by=people.mo, version=0)
    assert Referral.objects.get().owner == people.max


def test_a_child_with_an_open_case_joins_it(world: World, people: People) -> None:
    case = world.case(world.child())
    referral = decide(refer(), Decision.OPEN_CASE, by=people.mo, at=NEXT, case=case)
    assert referral.stage == "closed"
    assert referral.children.get().case == case
    assert Case.objects.count() == 1
    joined = reasons_of(case)[-1]
    assert (joined.code, joined.source.said_by) == (
        "referral", "A neighbour, referral 234-567-89A",
    )  # fmt: skip


def test_brothers_may_go_different_ways(world: World, people: People) -> None:
    """P15: a decision a child; the referral leaves the hub with the last."""
    case = world.case(world.child())
    two = decide(refer(children=SAM_AND_KIM), Decision.OPEN_CASE, by=people.mo, case=case, only=[1])
    assert two.stage == "screening"
    assert due(two).is_running
    with pytest.raises(Refused, match="has decided"):
        decide(two, Decision.ADVICE, by=people.mo, only=[1])
    two = decide(two, by=people.mo, only=[2])
    assert two.stage == "handed_over"
    assert due(two).met_on == TODAY
    accept(two, by=people.olive, child=ChildFacts(forename="Kim", surname="Example"), number=2)
    two.refresh_from_db()
    assert two.stage == "accepted"


# Accepting


def test_a_hand_over_is_accepted_by_name_and_counts_from_the_day_it_came(
    world: World, people: People
) -> None:
    """P15, and casework 5.2: the clocks count from the first receipt, not from acceptance."""
    referral = hand_over(refer(), by=people.mo)
    clock = due(handed_over(referral), "referral_acceptance_1")
    assert (clock.due_on, clock.due_at) == (TODAY + DAY, None)
    case = accept(referral, by=people.olive)
    referral.refresh_from_db()
    assert (referral.stage, handed_over(referral).accepted_by) == ("accepted", people.olive)
    clock.refresh_from_db()
    assert clock.met_on == NEXT.date()
    assert (case.opened_on, case.owner) == (TODAY, people.olive)
    look = case.deadlines.get(clock="triage_1")
    assert (look.starts_on, look.met_on) == (TODAY, NEXT.date())
    step = case.steps.get(what="Done: Looked at by an officer")
    assert (step.by, step.why) == (people.olive, "Who accepts a referral by name has looked at it.")
    assert "Nora" not in reasons_of(case)[0].source.said_by


def test_an_urgent_hand_over_is_due_in_two_hours(world: World, people: People) -> None:
    """P15: a setting, two hours unless a council says otherwise; offices do not matter."""
    late = AT.replace(hour=23)
    referral = hand_over(refer(urgent_why="He was hit."), by=people.mo, at=late)
    clock = due(handed_over(referral), "referral_acceptance_urgent")
    assert clock.due_at == late + timedelta(hours=2)
    assert clock.due_on == TODAY + DAY


def test_brothers_get_a_case_each_and_the_last_accepts_the_referral(
    world: World, people: People
) -> None:
    two = hand_over(refer(children=SAM_AND_KIM), by=people.mo)
    first = accept(two, by=people.olive)
    two.refresh_from_db()
    assert two.stage == "handed_over"
    with pytest.raises(Refused, match="does not wait"):
        accept(two, by=people.olive)
    kim = ChildFacts(forename="Kim", surname="Example")
    second = accept(two, by=people.olive, child=kim, number=2)
    two.refresh_from_db()
    assert first != second
    assert two.stage == "accepted"


def test_one_brother_may_go_back_while_the_other_is_accepted(world: World, people: People) -> None:
    two = hand_over(refer(children=SAM_AND_KIM), by=people.mo)
    accept(two, by=people.olive)
    two = turn_back(two, by=people.olive, number=2)
    assert (two.stage, two.decided_at) == ("screening", None)
    two = decide(two, Decision.NO_ACTION, by=people.mo)
    assert two.stage == "accepted"


def test_what_is_turned_back_waits_for_the_hub_again_with_the_reason(
    world: World, people: People
) -> None:
    referral = hand_over(refer(), by=people.mo)
    first = handed_over(referral)
    referral = turn_back(referral, by=people.olive)
    assert (referral.stage, referral.owner) == ("screening", people.mo)
    assert due(referral).is_running
    assert not due(first, "referral_acceptance_1").is_running
    first.refresh_from_db()
    assert (first.turned_back_by, first.turned_back_why) == (people.olive, "Too old.")
    step = queries.steps_of(referral)[0]
    assert (step.why, step.by) == ("Too old.", people.olive)
    again = hand_over(referral, by=people.mo)
    assert due(handed_over(again), "referral_acceptance_1").is_running
    with pytest.raises(Refused, match="does not wait"):
        turn_back(turn_back(again, by=people.max), by=people.max)


def test_today_says_what_waits_and_the_chronology_what_happened(
    world: World, people: People
) -> None:
    referral = refer(urgent_why="He was hit.")
    todos = {each.code: each for each in counted(queries.todo(people.mo, on=TODAY, at=AT))}
    assert (todos["referrals_hub"].number, todos["referrals_hub"].meaning) == (1, "late")
    assert oldest(todos["referrals_hub"], at=AT) == "Oldest: less than a minute, nobody’s yet"
    assert (todos["referrals_accept"].number, todos["referrals_accept"].oldest) == (0, None)
    hand_over(referral, by=people.mo)
    todos = {
        each.code: each for each in counted(queries.todo(people.olive, on=TODAY, at=AT + 3 * HOUR))
    }
    assert (todos["referrals_hub"].number, todos["referrals_accept"].number) == (0, 1)
    age = oldest(todos["referrals_accept"], at=AT + 3 * HOUR)
    assert age == "Oldest: 3 hours, nobody’s yet"
    of_cat = counted(queries.todo(people.cat, on=TODAY, at=AT))
    assert [(each.code, each.number) for each in of_cat] == [("sent_to_you", 0)]
    case = accept(referral, by=people.olive)
    words = [event.words for event in events_of([queries], case, people.olive)]
    assert words[-1] == "Referral 234-567-89A: Came in, from: A neighbour"
    assert f"Referral 234-567-89A: Accepted as case {case.ref}" in words
    assert events_of([queries], case, people.cat) == []


# What can never be


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"stage": "lost"}, "referral_is_at_a_known_stage"),
        ({"worry": "Nothing"}, "is never changed"),
        ({"is_urgent": True}, "referral_is_urgent_for_a_reason"),
        ({"urgent_why": "x"}, "referral_is_urgent_for_a_reason"),
        ({"stage": "closed"}, "referral_leaves_the_hub_when_all_is_decided"),
        ({"decided_at": AT}, "referral_leaves_the_hub_when_all_is_decided"),
        ({"grade": "pink"}, "referral_has_a_grade_or_none"),
    ],
)
def test_the_database_refuses_a_referral_that_cannot_be(
    world: World, change: dict[str, object], name: str
) -> None:
    refer()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Referral.objects.update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"why": ""}, "is never changed"),
        ({"accepted_at": AT}, "hand_over_is_accepted_by_a_named_person"),
        ({"receipt_on": TODAY}, "receipt_has_a_name_and_a_day"),
        ({"receipt_name": "Ann"}, "receipt_has_a_name_and_a_day"),
        ({"came_of": "x"}, "what_came_of_it_is_of_attendance"),
        ({"turned_back_at": AT}, "hand_over_goes_back_by_somebody_for_a_reason"),
    ],
)
def test_the_database_refuses_a_decision_that_cannot_be(
    world: World, people: People, change: dict[str, object], name: str
) -> None:
    hand_over(refer(), by=people.mo)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HubDecision.objects.update(**change)


@pytest.mark.parametrize("is_known", [True, False])
def test_what_the_hub_found_of_the_whereabouts_reaches_the_case(
    world: World, people: People, is_known: bool
) -> None:
    """P42: the case says it at once, whether it is new or was open before."""
    checks = replace(CALM, is_whereabouts_known=is_known)
    referral = decide(refer(), by=people.mo, checks=checks)
    case = accept(referral, by=people.olive)
    assert case.is_whereabouts_known == is_known
    assert case.stage == "reported"
    again = refer("345-678-9AB")
    joined = decide(again, Decision.OPEN_CASE, by=people.mo, case=case)
    assert joined.children.get().case == case
    case.refresh_from_db()
    assert case.is_whereabouts_known
    said = [step.why for step in case.steps.filter(what="Whereabouts known")]
    assert said == [HUB_KNOWS]
    page = Visitor(people.olive).open(f"/cases/{case.ref}/")
    page.see(f"Whereabouts Known. {HUB_KNOWS} Said by Mo Malik")
    page.see("No school or other education known since")


def test_of_a_case_just_accepted_the_page_says_who_knows_where_the_child_is(
    people: People,
) -> None:
    """It is the hub's answer, of the time of its decision, and not of who accepts the case."""
    checks = replace(CALM, is_whereabouts_known=True)
    case = accept(decide(refer(), by=people.mo, checks=checks), by=people.olive)
    step = case.steps.get(what="Whereabouts known")
    assert (step.by, step.at) == (people.mo, HubDecision.objects.get().at)
    page = Visitor(people.olive).open(f"/cases/{case.ref}/")
    page.see(f"Whereabouts Known. {HUB_KNOWS} Said by Mo Malik")
    assert "No known place" not in page.text


def test_the_groups_at_risk_that_a_referral_names_are_the_child_s_of_its_answers(
    world: World, people: People
) -> None:
    """P06: with who said so and when, without the name of who referred."""
    group = GroupWords(group="mobile_family", said_by="Amir Practice", said_on=TODAY)
    referral = hand_over(refer(children=SAM_AND_KIM, groups=(group,)), by=people.mo)
    first = accept(referral, by=people.olive).child
    kim = ChildFacts(forename="Kim", surname="Example", sex="F")
    second = accept(referral, by=people.olive, child=kim, number=2).child
    (flag,) = first.flags.all()
    assert (flag.kind, flag.from_on, flag.source.said_on) == ("mobile_family", TODAY, TODAY)
    assert "Amir" not in flag.source.said_by
    assert referral.ref in flag.source.said_by
    assert not second.flags.exists()


def test_a_child_has_one_decision_that_stands_by_somebody(world: World, people: People) -> None:
    entry = hand_over(refer(), by=people.mo).children.get()
    decided = {"entry": entry, "decision": "advice", "why": "x", "at": AT}
    for more, name in (
        ({"by": people.mo}, "child_has_one_decision_that_stands"),
        ({}, "hub_decision_is_by_somebody_for_a_reason"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            HubDecision.objects.create(**decided, **more)


def test_two_children_of_a_referral_have_two_numbers(world: World) -> None:
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
