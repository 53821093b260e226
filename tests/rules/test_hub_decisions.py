"""What a decision of the hub contradicts, and when it is asked why (P15)."""

from dataclasses import replace
from typing import Any

import pytest

from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import (
    CONTRADICTIONS,
    OPEN_CASE,
    RESPONSES,
    Area,
    Decision,
    Gravity,
    Response,
    contradiction_of_case,
    contradiction_of_home,
    contradictions,
    open_cases_in_words,
    question,
)
from onroll.rules.risk import RiskAnswer

ALL_THE_SAME = "that is right all the same"
CALM = Gravity(
    grade=Grade.GREEN,
    is_urgent=False,
    is_serious=False,
    is_whereabouts_known=True,
    risk=RiskAnswer.NO,
    has_greater_risks=False,
    has_risk_answered_yes=False,
    has_risk_not_sure=False,
    has_place_on_form=True,
)
GRAVE = {
    "grade": Grade.RED,
    "is_urgent": True,
    "is_serious": True,
    "is_whereabouts_known": False,
}
FURTHER = {"risk": RiskAnswer.YES, "has_greater_risks": True, "has_risk_answered_yes": True}
ON_FORM = {"has_place_on_form": False, "has_risk_not_sure": True}
ALL = replace(CALM, **GRAVE, **FURTHER)


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"grade": None},
        {"risk": RiskAnswer.NOT_SURE},
        {"risk": RiskAnswer.NOT_SURE, "has_risk_not_sure": True},
    ],
)
def test_what_is_not_grave_contradicts_no_decision(decision: Decision, changes: Any) -> None:
    assert contradictions(replace(CALM, **changes), decision=decision) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    list(zip({**GRAVE, **FURTHER, **ON_FORM}.items(), CONTRADICTIONS, strict=False)),
)
def test_each_grave_thing_is_contradicted_by_advice(changes: tuple[str, Any], code: str) -> None:
    name, value = changes
    assert contradictions(replace(CALM, **{name: value}), decision=Decision.ADVICE) == (code,)


@pytest.mark.parametrize("decision", Decision)
def test_an_amber_grade_is_contradicted_by_advice_or_nothing_alone(decision: Decision) -> None:
    found = contradictions(replace(CALM, grade=Grade.AMBER), decision=decision)
    assert found == (("amber",) if RESPONSES[decision] is Response.ADVICE else ())


@pytest.mark.parametrize("decision", Decision)
def test_what_the_form_is_unsure_of_is_asked_of_a_small_decision_where_the_hub_denies_it(
    decision: Decision,
) -> None:
    found = contradictions(replace(CALM, **ON_FORM), decision=decision)
    is_asked = RESPONSES[decision] in (Response.EARLY_HELP, Response.ADVICE)
    assert found == (("whereabouts_on_form", "not_sure") if is_asked else ())


def test_whereabouts_that_hub_and_form_do_not_know_are_said_once() -> None:
    unknown = replace(CALM, is_whereabouts_known=False, has_place_on_form=False)
    assert contradictions(unknown, decision=Decision.ADVICE) == ("whereabouts",)


@pytest.mark.parametrize(
    ("decision", "number"),
    [
        (Decision.LEAD_OFFICER, 0),
        (Decision.SOCIAL_CARE, 0),
        (Decision.OTHER_AUTHORITY, 0),
        (Decision.OPEN_CASE, 0),
        (Decision.ATTENDANCE, 4),
        (Decision.HOME_EDUCATION, 4),
        (Decision.EARLY_HELP, 7),
        (Decision.ADVICE, 7),
        (Decision.NO_ACTION, 7),
    ],
)
def test_how_far_a_decision_goes_says_what_it_contradicts(decision: Decision, number: int) -> None:
    assert contradictions(ALL, decision=decision) == tuple(CONTRADICTIONS)[:number]


@pytest.mark.parametrize(
    ("home", "decision", "codes"),
    [
        (Area.OURS, Decision.OTHER_AUTHORITY, ("home_ours",)),
        (Area.ELSEWHERE, Decision.LEAD_OFFICER, ("home_elsewhere",)),
        (Area.OURS, Decision.LEAD_OFFICER, ()),
        (Area.ELSEWHERE, Decision.OTHER_AUTHORITY, ()),
        (None, Decision.OTHER_AUTHORITY, ()),
        (Area.ELSEWHERE, Decision.SOCIAL_CARE, ()),
        (Area.OURS, Decision.SOCIAL_CARE, ()),
        (Area.ELSEWHERE, Decision.HOME_EDUCATION, ("home_elsewhere",)),
        (Area.ELSEWHERE, Decision.EARLY_HELP, ("home_elsewhere",)),
        (Area.ELSEWHERE, Decision.ATTENDANCE, ("home_elsewhere",)),
        (Area.ELSEWHERE, Decision.OPEN_CASE, ("home_elsewhere",)),
        (Area.ELSEWHERE, Decision.ADVICE, ("home_elsewhere",)),
        (Area.ELSEWHERE, Decision.NO_ACTION, ("home_elsewhere",)),
        (Area.OURS, Decision.HOME_EDUCATION, ()),
    ],
)
def test_a_child_goes_to_where_the_home_lies(
    home: Area | None, decision: Decision, codes: tuple[str, ...]
) -> None:
    """P16."""
    assert contradiction_of_home(home, decision=decision) == codes
    assert all("policy page 9" in question("To another authority", [code]) for code in codes)


@pytest.mark.parametrize(
    ("home", "decision", "words"),
    [
        (Area.OURS, Decision.OTHER_AUTHORITY, "lies in our own authority"),
        (Area.ELSEWHERE, Decision.LEAD_OFFICER, "lies in another authority"),
    ],
)
def test_a_home_that_only_the_record_knows_is_said_to_be_the_record_s(
    home: Area, decision: Decision, words: str
) -> None:
    """P16."""
    codes = contradiction_of_home(home, decision=decision, is_on_record=True)
    sentence = question("To another authority", codes)
    assert f"the home on record, as the referral gives none, {words}" in sentence
    assert "policy page 9" in sentence


def test_the_question_is_one_sentence() -> None:
    assert question("Advice only", ["red"]) == (
        "You decide “Advice only”, but the grade is red: say why that is right all the same"
    )
    assert ", the concern is serious and nobody knows where the child is:" in question(
        "No further action", contradictions(ALL, decision=Decision.ATTENDANCE)
    )


@pytest.mark.parametrize("risk", RiskAnswer)
@pytest.mark.parametrize("grade", [None, *Grade])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_no_risk_is_asked_about_beside_a_red_grade_or_an_urgent_referral(
    risk: RiskAnswer, grade: Grade | None, is_urgent: bool
) -> None:
    gravity = replace(CALM, risk=risk, grade=grade, is_urgent=is_urgent, is_serious=None)
    found = contradictions(gravity, decision=Decision.LEAD_OFFICER)
    code = "no_risk_red" if grade is Grade.RED else "no_risk_urgent" if is_urgent else ""
    assert found == ((code,) if code and risk is RiskAnswer.NO else ())


@pytest.mark.parametrize("is_serious", [True, False, None])
@pytest.mark.parametrize("grade", [None, *Grade])
@pytest.mark.parametrize("is_urgent", [True, False])
def test_no_serious_concern_is_asked_about_beside_a_red_grade_or_an_urgent_referral(
    is_serious: bool | None, grade: Grade | None, is_urgent: bool
) -> None:
    gravity = replace(CALM, risk=None, grade=grade, is_urgent=is_urgent, is_serious=is_serious)
    found = contradictions(gravity, decision=Decision.LEAD_OFFICER)
    code = "not_serious_red" if grade is Grade.RED else "not_serious_urgent" if is_urgent else ""
    assert found == ((code,) if code and is_serious is False else ())


@pytest.mark.parametrize("decision", Decision)
def test_a_plan_that_the_form_names_is_denied_by_nobody_without_a_reason(
    decision: Decision,
) -> None:
    """Policy p.16."""
    assert contradictions(replace(CALM, denies_plan=True), decision=decision) == ("no_plan",)


@pytest.mark.parametrize("decision", Decision)
def test_what_the_hub_has_not_answered_yet_contradicts_nothing(decision: Decision) -> None:
    unsaid = {"is_serious": None, "is_whereabouts_known": None, "risk": None}
    assert contradictions(replace(CALM, **unsaid), decision=decision) == ()


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_that_leaves_an_open_case_as_it_is_contradicts_it(decision: Decision) -> None:
    """The lead officer’s hand-over joins it when it is accepted."""
    is_asked = decision is not Decision.LEAD_OFFICER
    found = contradiction_of_case(decision, has_open_case=True, joins_it=False)
    assert found == ((OPEN_CASE,) if is_asked else ())
    assert contradiction_of_case(decision, has_open_case=False, joins_it=False) == ()
    assert contradiction_of_case(decision, has_open_case=True, joins_it=True) == ()


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((OPEN_CASE,), "but {}: say why it is not joined"),
        (
            ("red", OPEN_CASE),
            f"but the grade is red and {{}}: say why it is not joined, and why {ALL_THE_SAME}",
        ),
    ],
)
def test_the_question_names_the_open_case(codes: tuple[str, ...], words: str) -> None:
    case = "case KBB is open for this child, and nobody works on it yet"
    assert open_cases_in_words([("KBB", "")]) == case
    asked = question("Advice only", codes, known={OPEN_CASE: case})
    assert asked == f"You decide “Advice only”, {words.format(case)}"


def test_each_of_several_open_cases_is_named_with_who_works_on_it() -> None:
    assert open_cases_in_words([("KBB", "Olive Obi"), ("KBC", "Max Marsh")]) == (
        "case KBB is open for this child, worked on by Olive Obi and "
        "case KBC is open for this child, worked on by Max Marsh"
    )
