"""How a case may end (P30, P43; law 10)."""

from datetime import date

import pytest

from onroll.rules import outcomes
from onroll.rules.clocks import CLOCKS
from onroll.rules.outcomes import MISTAKES, OUTCOMES, Answer, Outcome

TODAY = date(2026, 11, 18)
DAYS = {"starts_on": date(2026, 11, 2), "attended_on": date(2026, 11, 3), "confirmed_on": TODAY}


def test_being_untraced_is_no_outcome():
    # law 10: children taken off lists without being found.
    assert not [code for code in OUTCOMES if "untraced" in code or "unknown" in code]


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=list(OUTCOMES))
def test_every_outcome_asks_for_facts(outcome: Outcome):
    needed = tuple(fact for fact in outcome.facts if fact.is_needed)
    assert needed
    assert outcome.source
    assert outcomes.missing_facts(outcome, {}) == needed
    assert outcomes.missing_facts(outcome, {fact.code: "x" for fact in needed}) == ()
    assert all(fact.question in outcome.proof for fact in needed)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=list(OUTCOMES))
def test_what_others_say_is_kept_with_who_said_it_how_and_when(outcome: Outcome):
    codes = {fact.code for fact in outcome.facts}
    from_the_record = {"over_age", "same_child", "reported_in_error", "opened_in_error"}
    if outcome.code not in from_the_record:
        assert codes >= {"confirmed_by", "confirmed_how", "confirmed_on"}


def test_a_place_is_proved_by_school_first_days_and_who_confirmed_them():
    missing = outcomes.missing_facts(OUTCOMES["on_roll"], {"school": "Hill House", **DAYS})
    assert [fact.code for fact in missing] == ["confirmed_by", "confirmed_how"]


def test_what_is_only_believed_needs_a_manager_and_a_later_look_and_is_no_education():
    for outcome in OUTCOMES.values():
        if outcome.basis == "believed":
            assert outcome.is_manager_needed
            assert not outcome.is_duty_met
            assert outcome.review in CLOCKS


def test_every_kind_of_mistake_is_one_that_can_be_looked_up():
    assert set(MISTAKES) == {"educated", "not_of_age", "no_such_child"}
    asked = [fact for fact in OUTCOMES["reported_in_error"].facts if fact.answer == Answer.MISTAKE]
    assert len(asked) == 1
