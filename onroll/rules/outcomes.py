"""How a case may end: each outcome, and what must be shown before it may be recorded.

Source: CMEG25; policy p.8-10; Ofsted's finding of 2016 that children dropped from lists were never
found. An untraced child is no outcome: the case stays open on a cycle of reviews until the child
is found or over compulsory school age.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Proof:
    """One thing to be shown before a case closes."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One way a case may end.

    `basis` is `proved`, or `believed` and re-checked. `is_duty_met` says whether the child is then
    in education; `is_manager_needed` whether a second person must agree.
    """

    code: str
    title: str
    proofs: tuple[Proof, ...]
    source: str
    basis: Literal["proved", "believed"] = "proved"
    is_duty_met: bool = True
    is_manager_needed: bool = False

    @property
    def proof(self) -> str:
        """Return everything that must be shown, in one line of words."""
        return "; ".join(proof.text for proof in self.proofs) + "."

    @property
    def is_proof_required(self) -> bool:
        """Say whether nothing short of proof will do."""
        return self.basis == "proved"


_PROOFS = {
    "school_named": "The school and the day the child started",
    "roll_confirmed": "Someone at the school confirmed that the child is on its roll",
    "attendance_seen": "The school confirmed the first day the child attended",
    "written_notice": "A parent's notice in writing",
    "suitability_found": "An officer's finding that the education is suitable, with its date",
    "provision_named": "The provider, the hours, and the day it started",
    "child_seen_there": "The provider confirmed that the child attends",
    "officer_named": "The officer of the other authority who took the child over, and the day",
    "address_abroad": "The full address abroad",
    "school_abroad": "The school abroad and its confirmation that the child is on roll and attends",
    "travel_evidence": "Evidence that the family travelled, and who gave it",
    "birth_date_sure": "The date of birth, from a document or a school's register",
    "still_on_roll": "The school confirmed that the child is on its roll and where the child is",
    "other_reference": "The reference of the case that stays open for the same child",
    "told_by": "Who told us, in what office, and when",
    "error_explained": "What was wrong with the report, and how we know",
}


def _proofs(*codes: str) -> tuple[Proof, ...]:
    return tuple(Proof(code, _PROOFS[code]) for code in codes)


_ALL = (
    Outcome(
        code="on_roll",
        title="On the roll of a school and attending",
        proofs=_proofs("school_named", "roll_confirmed", "attendance_seen"),
        source="CMEG25; policy p.18",
    ),
    Outcome(
        code="home_educated",
        title="Suitably educated at home",
        proofs=_proofs("written_notice", "suitability_found"),
        source="EA96 s.436A; policy p.5",
    ),
    Outcome(
        code="other_provision",
        title="Suitably educated otherwise than at school",
        proofs=_proofs("provision_named", "child_seen_there"),
        source="EA96 s.19, s.436A",
    ),
    Outcome(
        code="other_authority",
        title="Taken over by another authority",
        proofs=_proofs("officer_named"),
        source="policy p.5, 10",
        is_duty_met=False,
    ),
    Outcome(
        code="abroad_proved",
        title="Living abroad and at school there",
        proofs=_proofs("address_abroad", "school_abroad"),
        source="policy p.8",
    ),
    Outcome(
        code="abroad_believed",
        title="Believed to be living abroad",
        proofs=_proofs("travel_evidence", "address_abroad"),
        source="policy p.8",
        basis="believed",
        is_duty_met=False,
        is_manager_needed=True,
    ),
    Outcome(
        code="over_age",
        title="Over compulsory school age",
        proofs=_proofs("birth_date_sure"),
        source="EA96 s.8, s.436A",
        is_duty_met=False,
    ),
    Outcome(
        code="attendance",
        title="On a roll and located: an attendance matter, not missing education",
        proofs=_proofs("still_on_roll"),
        source="policy p.3, 7",
        is_duty_met=False,
    ),
    Outcome(
        code="same_child",
        title="The same child has another case",
        proofs=_proofs("other_reference"),
        source="Onroll: one open case for a child",
        is_duty_met=False,
    ),
    Outcome(
        code="died",
        title="The child has died",
        proofs=_proofs("told_by"),
        source="Regs 2024 reg 9(1)(k)",
        is_duty_met=False,
        is_manager_needed=True,
    ),
    Outcome(
        code="reported_in_error",
        title="Reported in error",
        proofs=_proofs("error_explained"),
        source="Onroll; the policy has none",
        is_duty_met=False,
        is_manager_needed=True,
    ),
)

OUTCOMES: dict[str, Outcome] = {outcome.code: outcome for outcome in _ALL}


def missing_proof(outcome: Outcome, given: Collection[str]) -> tuple[Proof, ...]:
    """Return what must still be shown before a case may close with this outcome."""
    return tuple(proof for proof in outcome.proofs if proof.code not in given)
