"""What a referral was sent without, what of it was given since, and what is owed (P12, P13)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from onroll.referrals.definition import LATER
from onroll.referrals.models import Referral, ReferralStep, ReferralUpdate
from onroll.rules.readiness import NOT_TO_COME, has_questions, words_of
from onroll.rules.risk import RISK_QUESTIONS

RISK = "risk"
"""What is owed while a question about risk has no answer: who referred may answer it afterwards."""


@dataclass(frozen=True)
class Lack:
    """One thing that a referral was sent without, and the addition that told of it, if one did.

    `answer` is the step by which the hub says that it has it: who, when and in which words.
    """

    code: str
    words: str
    addition: ReferralUpdate | None = None
    answer: ReferralStep | None = None

    @property
    def is_given(self) -> bool:
        """Return whether it is owed no longer: who referred gave it, or the hub says it has it.

        Words of who referred do not answer what has its own questions.
        """
        is_told = self.addition is not None and not has_questions(self.code)
        return is_told or self.answer is not None

    @property
    def is_open(self) -> bool:
        """Return whether it is not given yet, and somebody can give it."""
        return not self.is_given and self.code not in NOT_TO_COME


def lacks_of(
    referral: Referral, updates: Iterable[ReferralUpdate], steps: Iterable[ReferralStep] = ()
) -> tuple[Lack, ...]:
    """Return what a referral was sent without, of its additions and steps, the newest first.

    Where several tell of the same, the first of them did.
    """
    updates = list(updates)
    since = (code for update in reversed(updates) for code in update.owes)
    additions = {code: update for update in updates for code in update.gives}
    answers = {code: step for step in steps for code in step.gives}
    words = {code: words_of(code, LATER, say=gettext) for code in (*referral.missing, *since)}
    return tuple(
        Lack(code, said, additions.get(code), answers.get(code))
        for code, said in words.items()
        if said
    )


def open_lacks_of(
    referral: Referral,
    updates: Iterable[ReferralUpdate] | None = None,
    *,
    ticked: Collection[str] = (),
) -> tuple[Lack, ...]:
    """Return what a referral was sent without and nobody has given since, but its sender can.

    `updates` are its additions, where they were read already, the newest first.
    With it what is `ticked` by code: another page may have given it after it was ticked here.
    """
    if not referral.missing:
        return ()
    if updates is None:
        updates = referral.updates.exclude(Q(gives=[]) & Q(owes=[])).only(
            "referral", "gives", "owes"
        )
    answers = referral.steps.exclude(gives=[]).only("referral", "gives")
    lacks = lacks_of(referral, updates, answers if referral.has_answers else ())
    given_codes = {lack.code for lack in lacks if lack.is_given}
    return tuple(
        lack for lack in lacks if lack.is_open or lack.code in given_codes.intersection(ticked)
    )


def open_risk_of(referral: Referral) -> tuple[str, ...]:
    """Return the codes of the questions about risk that who referred still owes, in their order."""
    if RISK not in {lack.code for lack in open_lacks_of(referral)}:
        return ()
    answered = set(referral.risks.values_list("question", flat=True))
    return tuple(q.code for q in RISK_QUESTIONS if q.code not in answered)


def lacks_when_sent(referral: Referral) -> tuple[Lack, ...]:
    """Return what its sender may still give, then what nobody can, as the form said it."""
    still_open = open_lacks_of(referral)
    return still_open + tuple(lack for lack in lacks_of(referral, ()) if lack.code in NOT_TO_COME)
