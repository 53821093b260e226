"""What the hub wrote down of the police stands on the open case of the child, so that nobody asks
again."""

from datetime import datetime

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.referrals.models import HubDecision


def keep_police(decision: HubDecision, case: Case, *, ref: str, at: datetime) -> None:
    """Keep on a case whether the police know, as it was answered at a decision; once only."""
    if not (decision.police_reference or decision.police_why_not):
        return
    is_reported = bool(decision.police_reference)
    facts = cases.PoliceFacts(
        is_reported=is_reported,
        reported_by=decision.police_by or "Not known" if is_reported else "",
        reference=decision.police_reference,
        why_not="" if is_reported else decision.police_why_not,
    )
    cases.take_over_police(
        case=case, facts=facts, referral=ref, by=decision.by, at=at, said_at=decision.at
    )
