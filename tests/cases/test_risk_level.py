"""The level of risk of a case: the same on the case, the register, the workload and Today."""

from datetime import timedelta

import pytest

from onroll.cases import actions, queries
from onroll.cases.models import Case, RiskChoice
from onroll.cases.queries.risk import level_is, level_of, risk_of, with_risk
from onroll.rules import pathway
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.risk_level import LEVEL_TITLES, Kind, RiskLevel, codes_of
from onroll.rules.sightings import Seen, Spot, Telling
from onroll.rules.triage import GREATER_RISKS, Word
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HIGH, MEDIUM, LOW = LEVEL_TITLES
NOTHING = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
CLEARED = {**NOTHING, "crime": (RiskAnswer.NO, "The charge was dropped.")}
MO = Word("Mo", AT.date())
WHY = "The police closed it; the mother rang and I spoke to the child."


def level(case: Case) -> RiskLevel:
    """Return the level of a case, which every way of asking for it must agree on."""
    found = risk_of(with_risk(Case.objects.filter(pk=case.pk)).get()).level
    assert Case.objects.values_list(level_of(), flat=True).get(pk=case.pk) == found
    fits = [each for each in RiskLevel if Case.objects.filter(level_is(each), pk=case.pk).exists()]
    assert fits == [found]
    return found


def reviewed(case: Case, people: People, answer: RiskAnswer, at=AT + DAY) -> None:
    answers = {**NOTHING, "crime": (answer, "His brother was charged.")}
    actions.review_risks(case=case, answers=answers, told=MO, by=people.olive, at=at)


@pytest.mark.parametrize("code", codes_of(Kind.GROUP, HIGH))
def test_a_group_makes_a_case_high(world: World, code: str) -> None:
    assert level(world.case(world.child(flags=(code, "young_carer")))) is HIGH


def test_a_group_of_less_makes_it_medium_and_none_low(world: World) -> None:
    assert level(world.case(world.child("Ann", flags=("young_carer",)))) is MEDIUM
    assert level(world.case(world.child("Ben", flags=("bullied",)))) is LOW


def test_a_reason_a_review_a_sighting_a_referral_and_a_stage_count(
    world: World, people: People
) -> None:
    missing = world.case(world.child("Ann"), reason="gone_missing", event_on=TODAY)
    assert level(missing) is HIGH
    case = world.case(world.child("Ben"), owner=people.olive)
    for answer, given in ((RiskAnswer.NOT_SURE, MEDIUM), (RiskAnswer.YES, HIGH)):
        reviewed(case, people, answer)
        assert level(case) is given
    actions.review_risks(case=case, answers=CLEARED, by=people.olive, at=AT + 2 * DAY)
    assert level(case) is LOW
    telling = Telling(
        seen=Seen.NO,
        on=TODAY,
        by="Ama Boateng",
        role="social worker",
        spot=Spot.ELSEWHERE,
        place="The library",
        is_safe=RiskAnswer.NOT_SURE,
        safe_words="Nobody opened.",
    )
    worry = actions.record_sighting(case=case, telling=telling, by=people.olive, at=AT + 2 * DAY)
    assert level(case) is HIGH
    actions.answer_worry(sighting=worry, answer="The hub knows.", by=people.olive, at=AT + 2 * DAY)
    assert level(case) is LOW
    for move in (pathway.START, pathway.GIVE_UP):
        case = actions.move_case(case=case, move=move, why="x", at=AT + 2 * DAY, by=people.olive)
    assert level(case) is MEDIUM
    actions.note_grave_referral(case=case, at=AT + 3 * DAY)
    assert level(case) is HIGH
    actions.review_risks(case=case, answers=CLEARED, by=people.olive, at=AT + 4 * DAY)
    assert level(case) is MEDIUM


def test_what_an_officer_sets_holds_until_the_next_review_or_something_new(
    world: World, people: People
) -> None:
    case = world.case(world.child(flags=("child_protection",)), owner=people.olive)
    later = AT + DAY
    actions.set_risk_level(case=case, level=LOW, why=WHY, by=people.olive, at=later)
    assert level(case) is LOW
    actions.note_grave_referral(case=case, at=later + DAY)
    assert level(case) is HIGH
    actions.note_grave_referral(case=case, at=None)
    assert level(case) is LOW
    actions.review_risks(case=case, answers=CLEARED, by=people.olive, at=later + DAY)
    assert level(case) is HIGH
    assert RiskChoice.objects.get().ended_at == later + DAY


def test_a_level_may_be_set_higher_and_taken_back_with_a_reason(
    world: World, people: People
) -> None:
    case = world.case(owner=people.olive)
    with pytest.raises(Refused, match="nothing to set"):
        actions.set_risk_level(case=case, level=LOW, why=WHY, by=people.olive, at=AT)
    actions.set_risk_level(case=case, level=HIGH, why=WHY, by=people.olive, at=AT)
    assert level(case) is HIGH
    actions.set_risk_level(case=case, level=LOW, why="She is home.", by=people.olive, at=AT + DAY)
    assert level(case) is LOW
    assert not RiskChoice.objects.standing().exists()
    assert RiskChoice.objects.count() == 2


def test_the_level_and_its_reasons_stand_on_the_case_and_are_set_there(
    world: World, people: People
) -> None:
    case = world.case(world.child(flags=("child_protection",)), owner=people.olive)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("Level of risk", "High risk", "Child protection plan or concern: high", "policy p.16")
    olive.follow("Set another level of risk")
    olive.send("Save", level="low").see("Say why")
    olive.send("Save", level="high", why=WHY).see("The facts give high already")
    olive.send("Save", level="low", why=WHY).see("The level is kept", "Low risk", WHY)
    olive.see("The facts alone give high.")
    olive.open(f"/cases/{case.ref}/chronology/").see("Level set: low risk", WHY)


def test_register_workload_and_today_say_the_same(world: World, people: People) -> None:
    grave = world.case(world.child("Ann", flags=("child_protection",)), owner=people.olive)
    world.case(world.child("Ben"), owner=people.olive)
    olive = Visitor(people.olive).open("/cases/?risk=high")
    olive.see("1 case", "Ann Example", "High risk", "Level of risk: High risk")
    assert "Ben Example" not in olive.text
    assert [row.load.grave for row in queries.officers(on=TODAY) if row.pk == people.olive.pk] == [
        1
    ]
    olive.open("/today/all/").see(grave.ref, "High risk")


def test_who_may_not_read_of_risk_sees_no_level(world: World, people: People) -> None:
    """Access matrix, row 9."""
    case = world.case(world.child(flags=("child_protection",)), owner=people.olive)
    actions.add_member(case=case, user=people.cat, by=people.max, at=AT)
    cat = Visitor(people.cat).open(f"/cases/{case.ref}/")
    assert "Level of risk" not in cat.text
    assert cat.open(f"/cases/{case.ref}/risk-level/").status == 403
    assert "High risk" not in cat.open("/cases/").text
    assert cat.open("/cases/?risk=low").see("1 case")
