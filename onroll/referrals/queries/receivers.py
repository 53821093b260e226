"""Whom to ring about a child who was sent on: the entry of the receiver on the list of agencies."""

from collections.abc import Iterable
from datetime import date

from onroll.agencies.queries import listed_as
from onroll.referrals.codes import Decision
from onroll.referrals.desks import receivers
from onroll.referrals.models import HubDecision, ReferredChild
from onroll.referrals.models.decision import Receiver
from onroll.schools.queries import our_policy


def add_receivers(children: Iterable[ReferredChild], *, on: date) -> None:
    """Say of each child that waits for a receipt whom to ring, and who can take them in Onroll.

    One query, none for nobody, and one more for each desk to which a child was sent.
    """
    waiting = [row for child in children if (row := child.decision) and row.is_to_receive]
    if not waiting:
        return
    names = {row.pk: _name(row) for row in waiting}
    agencies = listed_as(names.values())
    sent = {Decision(row.decision) for row in waiting}
    takers = {way: [user.name for user in receivers(way, on=on)] for way in sent}
    for row in waiting:
        name = names[row.pk]
        row.receiver = Receiver(name, agencies.get(name, ()), takers[Decision(row.decision)])


def _name(decision: HubDecision) -> str:
    """Return the name under which the list of agencies has who receives it (policy p.3, 17)."""
    policy = our_policy()
    authority = decision.authority.name if decision.authority else "The other authority"
    return {
        Decision.SOCIAL_CARE: policy.social_care_name,
        Decision.ATTENDANCE: policy.attendance_officer_name,
        Decision.HOME_EDUCATION: policy.home_education_name,
        Decision.OTHER_AUTHORITY: authority,
        Decision.EARLY_HELP: policy.early_help_name,
    }[Decision(decision.decision)]
