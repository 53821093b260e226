"""Whom to ring about a child who was sent on: the entry of the receiver on the list of agencies."""

from collections.abc import Iterable

from onroll.agencies.queries import listed_as
from onroll.referrals.codes import Decision
from onroll.referrals.models import HubDecision, ReferredChild
from onroll.referrals.models.decision import Receiver
from onroll.schools.queries import our_policy


def add_receivers(children: Iterable[ReferredChild]) -> None:
    """Say of each child that waits for a receipt whom to ring; one query, and none for nobody."""
    waiting = [row for child in children if (row := child.decision) and row.is_to_receive]
    if not waiting:
        return
    names = {row.pk: _name(row) for row in waiting}
    agencies = listed_as(names.values())
    for row in waiting:
        name = names[row.pk]
        row.receiver = Receiver(name, agencies.get(name, ()))


def _name(decision: HubDecision) -> str:
    """Return the name under which the list of agencies has who receives it (policy p.3, 17)."""
    policy = our_policy()
    authority = decision.authority.name if decision.authority else "The other authority"
    return {
        Decision.SOCIAL_CARE: "Social care",
        Decision.ATTENDANCE: policy.attendance_officer_name,
        Decision.HOME_EDUCATION: policy.home_education_name,
        Decision.OTHER_AUTHORITY: authority,
        Decision.EARLY_HELP: "Early Support",
    }[Decision(decision.decision)]
