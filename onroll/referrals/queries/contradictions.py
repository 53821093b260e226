"""What a decision of the hub contradicts, child by child: grade, form, checks, home (P15, P16)."""

from collections.abc import Sequence

from onroll.postcodes.queries import residences_of
from onroll.referrals.codes import Decision
from onroll.referrals.models import Referral, ReferredChild
from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import (
    Area,
    Gravity,
    Reach,
    contradiction_of_home,
    contradictions,
)
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.schools.queries import our_policy

_REACH = {
    Decision.ATTENDANCE: Reach.SERVICE,
    Decision.HOME_EDUCATION: Reach.SERVICE,
    Decision.EARLY_HELP: Reach.SMALL,
    Decision.ADVICE: Reach.SMALL,
    Decision.NO_ACTION: Reach.SMALL,
}
"""How far each decision goes; those left out go the whole way."""
_GOES_TO = {Decision.LEAD_OFFICER: Area.OURS, Decision.OTHER_AUTHORITY: Area.ELSEWHERE}


def contradictions_of(
    referral: Referral, children: Sequence[ReferredChild], decision: Decision, checks: Checks
) -> dict[int, tuple[str, ...]]:
    """Return by the number of each child what a decision contradicts, as codes of `rules`.

    The risk assessment is about the first child alone.
    """
    has_yes = referral.risks.filter(answer=RiskAnswer.YES.value).exists()
    homes = _homes_of(children)
    return {
        child.number: (
            *contradictions(
                _gravity(referral, checks, has_yes=has_yes and child.is_first),
                reach=_REACH.get(decision, Reach.WHOLE),
            ),
            *contradiction_of_home(homes.get(child.number), goes_to=_GOES_TO.get(decision)),
        )
        for child in children
    }


def _gravity(referral: Referral, checks: Checks, *, has_yes: bool) -> Gravity:
    return Gravity(
        grade=Grade(referral.grade) if referral.grade else None,
        is_urgent=referral.is_urgent,
        is_serious=checks.is_serious,
        is_whereabouts_known=checks.is_whereabouts_known,
        risk=checks.risk,
        has_greater_risks=bool(checks.greater_risks),
        has_risk_answered_yes=has_yes,
    )


def _homes_of(children: Sequence[ReferredChild]) -> dict[int, Area]:
    """Return by number where the home of each child lies, as far as its postcode is known."""
    ours = our_policy().ons_code
    residences = residences_of(child.where for child in children)
    return {
        child.number: Area.OURS if lies.authority_code == ours else Area.ELSEWHERE
        for child in children
        if (lies := residences.get(child.where))
    }
