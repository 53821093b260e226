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
)
GRAVE = {
    "grade": Grade.RED,
    "is_urgent": True,
    "is_serious": True,
    "is_whereabouts_known": False,
}
FURTHER = {"risk": RiskAnswer.YES, "has_greater_risks": True, "has_risk_answered_yes": True}
ALL = replace(CALM, **GRAVE, **FURTHER)


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize(
    "changes", [{}, {"grade": None}, {"grade": Grade.AMBER}, {"risk": RiskAnswer.NOT_SURE}]
)
def test_what_is_not_grave_contradicts_no_decision(reach: Reach, changes: Any) -> None:
    assert contradictions(replace(CALM, **changes), reach=reach) == ()


@pytest.mark.parametrize(
    ("changes", "code"), list(zip({**GRAVE, **FURTHER}.items(), CONTRADICTIONS, strict=False))
)
def test_each_grave_thing_is_contradicted_by_advice(changes: tuple[str, Any], code: str) -> None:
    name, value = changes
    assert contradictions(replace(CALM, **{name: value}), reach=Reach.SMALL) == (code,)


@pytest.mark.parametrize(
    ("reach", "number"), [(Reach.WHOLE, 0), (Reach.SERVICE, 4), (Reach.SMALL, 7)]
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
