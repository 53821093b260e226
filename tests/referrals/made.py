"""Referrals as somebody would send them. Every child and person in them is made up."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.test import override_settings

from onroll.accounts.models import User
from onroll.referrals import actions
from onroll.referrals.actions import Way
from onroll.referrals.codes import SENT_ON, Decision
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.forms.decisions import PASSED
from onroll.referrals.models import Referral
from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import RESPONSES, Response
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.senders.sender import sender_at
from tests.cases.world import AT

WHY = "The school confirms that he left."
CALM = Checks(
    is_whereabouts_known=True,
    risk=RiskAnswer.NO,
    greater_risks=(),
    is_serious=False,
    has_social_worker=False,
)
GRADED = {
    "whereabouts": "yes",
    "risk": "no",
    "police": "none",
    "greater_risks": ["none"],
    "serious": "no",
    "social": "no",
}
"""The same, as somebody fills it in of a referral that is graded."""
CHECKED = {**GRADED, "grade": "green"}
"""The same of one that is not graded yet."""


def refer(
    ref: str = "234-567-89A",
    *,
    at: datetime = AT,
    children: tuple[ChildWords, ...] = (ChildWords(forename="Sam", surname="Example"),),
    **more: Any,
) -> Referral:
    """Send a referral by a neighbour who gave their name."""
    facts: dict[str, Any] = {
        "relation": "neighbour",
        "worry": "He plays outside all day.",
        "referrer_name": "Nora Nextdoor",
        "referrer_contact": "020 7946 0000",
    }
    whole = ReferralFacts(children=children, **{**facts, **more})
    return actions.refer(ref=ref, facts=whole, by=None, at=at)


def decide(
    referral: Referral,
    decision: Decision = Decision.LEAD_OFFICER,
    *,
    by: User,
    at: datetime = AT,
    checks: Checks | None = None,
    only: Collection[int] = (),
    version: int | None = None,
    why: str = WHY,
    **more: Any,
) -> Referral:
    """Decide about the children of a referral, of whom nothing worries but what was told.

    Beside an urgent referral and a red grade nobody is sure that there is no risk; who looks for
    the child, or protects them, is rung.
    """
    now = Referral.objects.get(pk=referral.pk)
    is_grave = now.is_urgent or Grade.RED in (now.grade, more.get("grade"))
    checks = checks or (_grave(decision, at) if is_grave else CALM)
    passed = {"passed_how": "By hand."} if decision.value in SENT_ON else {}
    way = Way(decision=decision, why=why, **{"grade": Grade.GREEN, **passed, **more})
    return actions.decide(
        referral=referral, way=way, checks=checks, only=only, by=by, at=at, version=version
    )


def _grave(decision: Decision, at: datetime) -> Checks:
    if RESPONSES[decision] is not Response.FULL:
        return replace(CALM, risk=RiskAnswer.NOT_SURE)
    call = {"is_serious": True, "call_with": "Pat Police, duty desk", "call_at": at}
    return replace(CALM, risk=RiskAnswer.NOT_SURE, **call)


def send(
    ref: str, *, address: str, at: datetime = AT, by: User | None = None, **more: Any
) -> Referral:
    """Send the public form from a network address."""
    facts: dict[str, Any] = {
        "relation": "neighbour",
        "worry": "He plays outside all day.",
        "children": (ChildWords(forename="Sam", surname="Example"),),
    }
    whole = ReferralFacts(**{**facts, **more})
    return actions.receive(ref=ref, facts=whole, by=by, at=at, sender=sender_at(address))


def flood(
    *refs: str, address: str = "203.0.113.9", at: datetime = AT, **more: Any
) -> list[Referral]:
    """Send forms of which one is too many."""
    with override_settings(SENDER_FORMS=0):
        return [send(ref, address=address, at=at, **more) for ref in refs]


def passed(decision: str) -> dict[str, str]:
    """Return the answer to whom the papers went, by its field, of a decision that sends on."""
    name = PASSED.get(Decision(decision))
    return {name: "By hand."} if name else {}


def hand_over(referral: Referral, *, by: User, at: datetime = AT) -> Referral:
    """Decide that a referral goes to the lead officer."""
    return decide(referral, by=by, at=at)
