"""What was checked for an earlier decision of the hub, as the form of checks asks for it (P15)."""

from onroll.referrals.forms.parts import NO, NOT_KNOWN, YES
from onroll.referrals.models import HubDecision
from onroll.rules.hours import ENGLAND

NONE = "none"
_SOCIAL = {True: YES, False: NO, None: NOT_KNOWN}
REPORTED, NOT_REPORTED = "reported", "not_reported"


def is_checked(decision: HubDecision) -> bool:
    """Say whether anything was checked for a decision: not for Onroll's own."""
    return decision.is_serious is not None


def typed(decision: HubDecision) -> dict[str, object]:
    """Return what was checked for a decision, as the form asks for it."""
    call_at = decision.call_at.astimezone(ENGLAND) if decision.call_at else None
    police = NOT_REPORTED if decision.police_why_not else NONE
    return {
        "whereabouts": YES if decision.is_whereabouts_known else NO,
        "risk": decision.risk,
        "police": REPORTED if decision.police_reference else police,
        "police_by": decision.police_by,
        "police_reference": decision.police_reference,
        "police_why_not": decision.police_why_not,
        "greater_risks": decision.greater_risks or [NONE],
        "serious": YES if decision.is_serious else NO,
        "call_with": decision.call_with,
        "call_on": call_at.date() if call_at else None,
        "call_time": f"{call_at:%H:%M}" if call_at else "",
        "social": _SOCIAL[decision.has_social_worker],
        "social_worker": decision.social_worker,
        "social_worker_on": decision.social_worker_on,
        **_typed_care(decision),
    }


def _typed_care(decision: HubDecision) -> dict[str, object]:
    """Return who at social care was told of private fostering, or why nobody is, as is asked."""
    if not decision.care_name:
        return {}
    if decision.care_why_not:
        return {
            "care": NO,
            "care_why_not": decision.care_why_not,
            "decided_by": decision.care_name,
            "decided_on": decision.care_on,
        }
    return {
        "care": YES,
        "care_name": decision.care_name,
        "care_team": decision.care_team,
        "care_on": decision.care_on,
    }
