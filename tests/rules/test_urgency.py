"""What makes a referral urgent by itself (P07)."""

import pytest

from onroll.referrals.definition import QUESTIONS
from onroll.referrals.definition.risk import answer_of
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.risk import RISK_QUESTIONS
from onroll.rules.urgency import (
    GONE_MISSING,
    GROUP,
    PROTECTION_NAMED,
    URGENT_BY_ITSELF,
    names_protection,
    urgent_because,
)


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        ({"reason": "gone_missing"}, ()),
        ({"police": "yes"}, ()),
        ({}, ("bullied", "missing_or_runaway")),
        ({"plan_or_need": "yes", "reason": "gone_missing"}, ()),
    ],
)
def test_a_child_who_was_taken_or_harmed_or_ran_away_is_urgent(
    answers: dict[str, str], groups: tuple[str, ...]
) -> None:
    """P07: policy p.4."""
    assert urgent_because(answers=answers, groups=groups) == GONE_MISSING


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        ({"plan_or_need": "yes"}, ()),
        ({"current_concerns": "yes"}, ()),
        ({"plan": "yes"}, ()),
        ({}, ("child_protection",)),
    ],
)
def test_a_protection_plan_or_concern_is_named_by_an_answer_or_a_group(
    answers: dict[str, str], groups: tuple[str, ...]
) -> None:
    """Policy p.16."""
    assert urgent_because(answers=answers, groups=groups) == PROTECTION_NAMED
    assert names_protection(answers=answers, groups=groups)


def test_what_says_neither_is_not_urgent_by_itself() -> None:
    answers = {"plan_or_need": "no", "looked_after": "yes", "reason": "moved_in", "police": "no"}
    assert urgent_because(answers=answers, groups=("bullied",)) == ""
    assert not names_protection(answers={"reason": "gone_missing"}, groups=())


def test_each_question_and_answer_of_the_table_is_one_that_is_asked() -> None:
    of_risk = {question.code for question in RISK_QUESTIONS}
    for code, answer in URGENT_BY_ITSELF:
        if code == GROUP:
            assert answer in RISK_GROUPS
            continue
        question = QUESTIONS[answer_of(code) if code in of_risk else code]
        assert answer in dict(question.choices)
    assert "gone_missing" in CASE_REASONS
