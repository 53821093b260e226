"""What the hub checks before it decides about a child (P15, P76)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import (
    FOSTERING,
    FOSTERING_TOLD,
    GREATER_RISKS,
    NOBODY,
    Checks,
    Word,
    denied_after,
    gaps_closed,
    is_graver,
    lacking,
    lacking_in_review,
    lacking_of_fostering,
    untimely,
)

CALM = Checks(
    is_whereabouts_known=True,
    risk=RiskAnswer.NO,
    greater_risks=(),
    is_serious=False,
    has_social_worker=False,
)
RANG = {"call_with": "R. Duty, MASH", "call_at": datetime(2026, 11, 18, 8, 40, tzinfo=UTC)}


def lacks(checks: Checks, *, is_passed_on: bool = True, is_phone_first: bool = True) -> list[str]:
    return list(lacking(checks, is_passed_on=is_passed_on, is_phone_first=is_phone_first))


def test_the_seven_greater_risks_are_those_of_the_policy() -> None:
    """P76: policy p.5."""
    assert len(GREATER_RISKS) == 7


def test_nothing_lacks_where_nothing_worries() -> None:
    assert lacks(CALM) == []


def test_a_greater_risk_that_is_likely_points_to_a_risk() -> None:
    """P76: otherwise one slip would leave out the question about the police."""
    found = replace(CALM, greater_risks=("physical_harm",))
    assert set(lacking(found, is_passed_on=False, is_phone_first=True)) == {"risk"}
    unsure = replace(found, risk=RiskAnswer.NOT_SURE)
    assert lacking(unsure, is_passed_on=False, is_phone_first=True) == {}


def test_a_serious_concern_is_not_passed_on_without_a_call() -> None:
    """P15: policy p.9."""
    serious = replace(CALM, is_serious=True)
    assert lacks(serious) == ["call_with"]
    assert lacks(replace(serious, call_with="R. Duty")) == ["call_with"]
    assert lacks(replace(serious, **RANG)) == []
    assert lacks(serious, is_passed_on=False) == lacks(serious, is_phone_first=False) == []


def test_the_social_worker_of_a_child_on_a_plan_is_told() -> None:
    """P15: policy p.9."""
    planned = replace(CALM, has_social_worker=True)
    assert lacks(planned) == ["social_worker"]
    told = replace(planned, social_worker="S. Worker", social_worker_on=date(2026, 11, 18))
    assert lacks(told) == []


@pytest.mark.parametrize("risk", [RiskAnswer.YES, RiskAnswer.NOT_SURE])
def test_the_police_are_told_of_a_missing_child_at_risk_or_there_is_a_reason(
    risk: RiskAnswer,
) -> None:
    """Casework 5.3."""
    missing = replace(CALM, is_whereabouts_known=False, risk=risk)
    assert lacks(missing) == ["police"]
    assert lacks(replace(missing, police_by="Mo Malik")) == ["police"]
    assert lacks(replace(missing, police_by="Mo Malik", police_reference="CAD 7")) == []
    assert lacks(replace(missing, police_why_not="Seen yesterday.")) == []
    assert lacks(replace(missing, risk=RiskAnswer.NO)) == []


@pytest.mark.parametrize(
    ("earlier", "wrong"),
    [
        (timedelta(minutes=-1), ["call_time"]),
        (timedelta(), []),
        (timedelta(days=15), []),
        (timedelta(days=16), ["call_on"]),
        (timedelta(days=365 * 6), ["call_on"]),
    ],
)
def test_a_call_is_neither_to_come_nor_long_before_the_referral(
    earlier: timedelta, wrong: list[str]
) -> None:
    at = datetime(2026, 11, 18, 16, 18, tzinfo=UTC)
    rang = replace(CALM, is_serious=True, call_with="R. Duty", call_at=at - earlier)
    assert list(untimely(rang, came_on=date(2026, 11, 17), at=at)) == wrong


@pytest.mark.parametrize(
    ("told_on", "wrong"),
    [
        ("2026-11-19", ["social_worker_on"]),
        ("2026-11-18", []),
        ("2026-11-03", []),
        ("2026-11-02", ["social_worker_on"]),
    ],
)
def test_the_social_worker_is_told_neither_tomorrow_nor_long_before(
    told_on: str, wrong: list[str]
) -> None:
    at = datetime(2026, 11, 18, 16, 18, tzinfo=UTC)
    told = replace(CALM, social_worker="S. W.", social_worker_on=date.fromisoformat(told_on))
    assert list(untimely(told, came_on=date(2026, 11, 17), at=at)) == wrong


def test_an_answer_is_graver_than_the_one_before() -> None:
    """P15: then the hub sees it as well as the worker."""
    assert is_graver(new={"unusual": "yes"}, before={"unusual": "not_sure"})
    assert is_graver(new={"unusual": "not_sure"}, before={})
    assert not is_graver(new={"unusual": "yes"}, before={"unusual": "yes"})
    assert not is_graver(new={"unusual": "no", "nonsense": ""}, before={"unusual": "yes"})


def test_what_the_hub_found_out_is_owed_no_longer() -> None:
    lost = replace(CALM, is_whereabouts_known=False)
    assert gaps_closed(lost) == ()
    assert gaps_closed(replace(lost, police_by="Mo", police_reference="CAD 7")) == ("police",)
    assert gaps_closed(replace(lost, police_why_not="She is at her aunt’s.")) == ("police",)
    known = replace(CALM, is_whereabouts_known=True, social_worker="S. W.")
    assert gaps_closed(known) == ("whereabouts", "social_worker")


def in_review(answers, told=NOBODY, work=NOBODY, before=None):
    today = date(2026, 11, 18)
    return lacking_in_review(answers, before=before or {}, told=told, work=work, today=today)


@pytest.mark.parametrize("before", [RiskAnswer.YES, RiskAnswer.NOT_SURE])
def test_a_no_after_a_yes_or_a_doubt_says_why(before: RiskAnswer) -> None:
    """P76: policy p.5."""
    answers = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    lacks = in_review(answers, before={"trafficking": before})
    assert lacks == {"trafficking": "Say why the answer is no now: being trafficked"}
    answers["trafficking"] = (RiskAnswer.NO, "She lives with her aunt, who was visited.")
    assert in_review(answers, before={"trafficking": before}) == {}
    assert in_review(answers, before={"crime": RiskAnswer.NO}) == {}
    assert denied_after(RiskAnswer.NO, before)
    assert not denied_after(RiskAnswer.NOT_SURE, before)
    assert not denied_after(RiskAnswer.NO, None)


def test_a_review_answers_each_of_the_seven_and_says_who_was_told_and_when() -> None:
    """P76: policy p.5."""
    nothing = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    assert in_review(nothing) == {}
    assert list(in_review({})) == [*GREATER_RISKS]
    found = {**nothing, "crime": (RiskAnswer.NOT_SURE, "")}
    assert list(in_review(found)) == ["crime", "told"]
    found["crime"] = (RiskAnswer.YES, "Charged.")
    assert list(in_review(found, Word("Mo"))) == ["told_on"]
    assert list(in_review(found, Word("Mo", date(2026, 11, 19)))) == ["told_on"]
    assert in_review(found, Word("Mo", date(2026, 11, 18))) == {}
    assert in_review(found, Word(why_not="They told us.")) == {}


def test_of_illegal_employment_child_employment_hears() -> None:
    """P76: policy p.5."""
    found = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    found["illegal_employment"] = (RiskAnswer.NOT_SURE, "A car wash.")
    assert list(in_review(found, Word("Mo", date(2026, 11, 18)))) == ["work_told"]
    assert list(in_review(found, work=Word("C. Work"))) == ["work_told_on"]
    assert in_review(found, work=Word("C. Work", date(2026, 11, 18))) == {}


def test_of_fostering_that_nobody_is_sure_of_the_words_are_others_and_no_asks_nothing() -> None:
    assert FOSTERING.keys() == FOSTERING_TOLD.keys() == {"yes", "not_known"}
    assert len(set(FOSTERING.values())) == len(set(FOSTERING_TOLD.values())) == 2


def test_of_private_fostering_somebody_was_told_or_there_is_a_reason() -> None:
    """Private Fostering Regs 2005: the authority is told, whatever the hub decides."""
    today = date(2026, 11, 18)
    assert lacking_of_fostering(CALM, today=today).keys() == {"care"}
    told = replace(CALM, care_name="Cara Care", care_team="Front door", care_on=today)
    assert lacking_of_fostering(told, today=today) == {}
    assert lacking_of_fostering(replace(told, care_on=None), today=today).keys() == {"care_on"}
    why_not = replace(CALM, care_why_not="She is his aunt.")
    lacks = lacking_of_fostering(why_not, today=today)
    assert lacks.keys() == {"decided_by", "decided_on"}
