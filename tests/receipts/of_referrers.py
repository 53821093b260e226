"""The questions about risk that a sender still owes, filled in."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from onroll.accounts.models import User
from onroll.referrals import actions
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.receipts.filled import Filled
from tests.routes import World

REF = "555-666-777"
ANSWERS = {"risk_unusual": "no"}


def _owing(world: World, by: User | None) -> Referral:
    """Send an urgent referral without an answer about risk."""
    facts = ReferralFacts(
        relation="professional",
        depth="professional",
        worry="Not seen for weeks.",
        urgent_why="She was taken.",
        missing=("risk",),
        children=(ChildWords(forename="Made-up", surname="Jackdawson"),),
        school=world.ours.school_id if by else None,
    )
    return actions.refer(ref=REF, facts=facts, by=by, at=timezone.localtime())


def by_link(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the private link to it."""
    at = timezone.localtime()
    return {"key": actions.make_link(referral=_owing(world, None), at=at)}


def by_school(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return one that a school sent."""
    return {"ref": _owing(world, world.people.sam).ref}


FORMS = {
    "referrals:answer_risk": Filled("Send", by_link, ANSWERS),
    "referrals:own_risk": Filled("Send", by_school, ANSWERS, who="sam"),
}
