"""What a decision of the hub contradicts, and when it is asked why (P15)."""

from dataclasses import replace
from typing import Any

import pytest

from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import (
    CONTRADICTIONS,
    Area,
    Gravity,
    Reach,
    contradiction_of_home,
    contradictions,
    question,
)
from onroll.rules.risk import RiskAnswer

CALM = Gravity(
    grade=Grade.GREEN,
    is_urgent=False,
    is_serious=False,
    is_whereabouts_known=True,
    risk=RiskAnswer.NO,
    has_greater_risks=False,
    has_risk_answered_yes=False,
    has_risk_not_sure=False,
    has_whereabouts_on_form=True,
)
GRAVE = {
    "grade": Grade.RED,
    "is_urgent": True,
    "is_serious": True,
    "is_whereabouts_known": False,
}
FURTHER = {"risk": RiskAnswer.YES, "has_greater_risks": True, "has_risk_answered_yes": True}
ON_FORM = {"has_whereabouts_on_form": False, "has_risk_not_sure": True}
ALL = replace(CALM, **GRAVE, **FURTHER)


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"grade": None},
        {"risk": RiskAnswer.NOT_SURE},
        {"risk": RiskAnswer.NOT_SURE, "has_risk_not_sure": True},
    ],
)
def test_what_is_not_grave_contradicts_no_decision(reach: Reach, changes: Any) -> None:
    assert contradictions(replace(CALM, **changes), reach=reach) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    list(zip({**GRAVE, **FURTHER, **ON_FORM}.items(), CONTRADICTIONS, strict=False)),
)
def test_each_grave_thing_is_contradicted_by_advice(changes: tuple[str, Any], code: str) -> None:
    name, value = changes
    assert contradictions(replace(CALM, **{name: value}), reach=Reach.SMALL) == (code,)


@pytest.mark.parametrize("reach", Reach)
def test_an_amber_grade_is_contradicted_by_advice_or_nothing_alone(reach: Reach) -> None:
    found = contradictions(replace(CALM, grade=Grade.AMBER), reach=reach)
    assert found == (("amber",) if reach is Reach.SMALL else ())


@pytest.mark.parametrize("reach", Reach)
def test_what_the_form_is_unsure_of_is_asked_of_a_small_decision_where_the_hub_denies_it(
    reach: Reach,
) -> None:
    found = contradictions(replace(CALM, **ON_FORM), reach=reach)
    is_asked = reach in (Reach.HELP, Reach.SMALL)
    assert found == (("whereabouts_on_form", "not_sure") if is_asked else ())


def test_whereabouts_that_hub_and_form_do_not_know_are_said_once() -> None:
    unknown = replace(CALM, is_whereabouts_known=False, has_whereabouts_on_form=False)
    assert contradictions(unknown, reach=Reach.SMALL) == ("whereabouts",)


@pytest.mark.parametrize(
    ("reach", "number"),
    [(Reach.WHOLE, 0), (Reach.SERVICE, 4), (Reach.HELP, 7), (Reach.SMALL, 7)],
)
def test_how_far_a_decision_goes_says_what_it_contradicts(reach: Reach, number: int) -> None:
    assert contradictions(ALL, reach=reach) == tuple(CONTRADICTIONS)[:number]


@pytest.mark.parametrize(
    ("home", "goes_to", "codes"),
    [
        (Area.OURS, Area.ELSEWHERE, ("home_ours",)),
        (Area.ELSEWHERE, Area.OURS, ("home_elsewhere",)),
        (Area.OURS, Area.OURS, ()),
        (Area.ELSEWHERE, Area.ELSEWHERE, ()),
        (None, Area.ELSEWHERE, ()),
        (Area.ELSEWHERE, None, ()),
    ],
)
def test_a_child_goes_to_where_the_home_lies(
    home: Area | None, goes_to: Area | None, codes: tuple[str, ...]
) -> None:
    """P16."""
    assert contradiction_of_home(home, goes_to=goes_to) == codes
    assert all("policy page 9" in question("To another authority", [code]) for code in codes)


def test_the_question_is_one_sentence() -> None:
    assert question("Advice only", ["red"]) == (
        "You decide “Advice only”, but the grade is red: say why that is right all the same"
    )
    assert ", the concern is serious and nobody knows where the child is:" in question(
        "No further action", contradictions(ALL, reach=Reach.SERVICE)
    )
