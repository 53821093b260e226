"""What a decision of the hub contradicts, child by child: of grade, form and checks (P15)."""

from collections.abc import Sequence

from onroll.referrals.codes import Decision
from onroll.referrals.models import Referral, ReferredChild
from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import Gravity, Reach, contradictions
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks

_REACH = {
    Decision.ATTENDANCE: Reach.SERVICE,
    Decision.HOME_EDUCATION: Reach.SERVICE,
    Decision.EARLY_HELP: Reach.SMALL,
    Decision.ADVICE: Reach.SMALL,
    Decision.NO_ACTION: Reach.SMALL,
}
"""How far each decision goes; those left out go the whole way."""


def contradictions_of(
    referral: Referral, children: Sequence[ReferredChild], decision: Decision, checks: Checks
) -> dict[int, tuple[str, ...]]:
    """Return by the number of each child what a decision contradicts, as codes of `rules`.

    The risk assessment is about the first child alone.
    """
    reach = _REACH.get(decision, Reach.WHOLE)
    has_yes = referral.risks.filter(answer=RiskAnswer.YES.value).exists()
    return {
        child.number: contradictions(
            Gravity(
                grade=Grade(referral.grade) if referral.grade else None,
                is_urgent=referral.is_urgent,
                is_serious=checks.is_serious,
                risk=checks.risk,
                has_greater_risks=bool(checks.greater_risks),
                has_risk_answered_yes=child.is_first and has_yes,
            ),
            reach=reach,
        )
        for child in children
    }
