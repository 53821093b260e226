"""How an enquiry runs, and which a case asks for (P12, P31)."""

import pytest

from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.enquiry_log import (
    ACT_TITLES,
    FOLLOW_UPS,
    LEAD_TITLES,
    MOVES,
    PLANS,
    RESULT_TITLES,
    STAGE_TITLES,
    TO_CHOOSE,
    Act,
    EnquiryStage,
    Lead,
    Result,
    after,
    can_be_asked,
    follow_up,
    plan,
)
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.refusal import Refused

P, A, C, D, L, W = (
    EnquiryStage.PLANNED,
    EnquiryStage.ASKED,
    EnquiryStage.CHASED,
    EnquiryStage.ANSWERED,
    EnquiryStage.LEFT_OUT,
    EnquiryStage.WITHDRAWN,
)
OPEN = {
    Act.ASK: {P: A, L: A},
    Act.CHASE: {A: C, C: C},
    Act.ANSWER: {P: D, A: D, C: D, D: D},
    Act.LEAVE_OUT: {P: L},
    Act.WITHDRAW: dict.fromkeys((P, A, C, D, L), W),
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("stage", EnquiryStage)
def test_an_enquiry_is_asked_then_chased_then_answered(act, stage):
    """P12, P31: each act at each stage, open or refused in words."""
    if stage in OPEN[act]:
        assert after(act, stage) is OPEN[act][stage]
    else:
        with pytest.raises(Refused, match=f"stands at “{STAGE_TITLES[stage]}” now"):
            after(act, stage)


def test_everything_that_can_be_said_of_an_enquiry_has_words():
    assert set(STAGE_TITLES) == set(EnquiryStage)
    assert set(RESULT_TITLES) == set(Result) == {*TO_CHOOSE, Result.IN_WORDS}
    assert set(LEAD_TITLES) == set(Lead)
    assert set(MOVES) == set(ACT_TITLES) == set(Act)


def test_each_reason_of_a_case_has_a_plan_of_steps_that_the_authority_may_take():
    """P31; policy p.9, 17."""
    assert set(PLANS) == set(CASE_REASONS)
    for steps in PLANS.values():
        assert len(set(steps)) == len(steps)
        assert all(ENQUIRY_STEPS[step].by != "school" for step in steps)


def test_a_plan_holds_what_all_reasons_ask_for_once_and_nothing_that_is_there():
    both = plan(["excluded", "moved_abroad"])
    codes = [step.code for step in both]
    assert {"border", "home_visit", "sen"} <= set(codes)
    assert codes == [code for code in ENQUIRY_STEPS if code in codes]
    rest = plan(["excluded", "moved_abroad"], known={"border", "sen"})
    assert [step.code for step in rest] == [c for c in codes if c not in {"border", "sen"}]
    assert plan(["no such reason"]) == []


@pytest.mark.parametrize(
    ("step", "can"), [("friends", True), ("former_authority", True), ("police", False)]
)
def test_a_school_is_asked_what_a_school_can_tell(step, can):
    assert can_be_asked(step) is can


def test_a_lead_asks_for_its_next_step_unless_that_is_on_its_way():
    assert follow_up(Lead.ADDRESS, known=()) == "home_visit"
    assert follow_up(Lead.ADDRESS, known={"home_visit"}) == ""
    assert follow_up(Lead.UNSORTED, known=()) == ""
    assert set(FOLLOW_UPS.values()) <= set(ENQUIRY_STEPS)
