"""How a case may end (P30, P43; law 10)."""

import pytest

from onroll.rules import outcomes
from onroll.rules.outcomes import OUTCOMES, Outcome


def test_being_untraced_is_no_outcome():
    # law 10: children taken off lists without being found.
    assert not [code for code in OUTCOMES if "untraced" in code or "unknown" in code]


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=list(OUTCOMES))
def test_every_outcome_asks_for_something_to_be_shown(outcome: Outcome):
    assert outcome.proofs
    assert outcome.source
    assert outcome.is_proof_required is (outcome.basis == "proved")
    assert outcomes.missing_proof(outcome, ()) == outcome.proofs
    assert outcomes.missing_proof(outcome, {proof.code for proof in outcome.proofs}) == ()
    assert all(proof.text in outcome.proof for proof in outcome.proofs)


def test_a_place_is_proved_by_school_roll_and_attendance():
    missing = outcomes.missing_proof(OUTCOMES["on_roll"], {"school_named", "roll_confirmed"})
    assert [proof.code for proof in missing] == ["attendance_seen"]


def test_what_is_only_believed_needs_a_manager_and_does_not_count_as_education():
    for outcome in OUTCOMES.values():
        if outcome.basis == "believed":
            assert outcome.is_manager_needed
            assert not outcome.is_duty_met
