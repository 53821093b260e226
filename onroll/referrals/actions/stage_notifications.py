"""Who is told that the hub decided, that a child was accepted, or that one came back (P17)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.models import Case
from onroll.referrals.actions.end_notifications import inform_if_over
from onroll.referrals.actions.step_notifications import (
    HUB,
    OFFICER,
    inform,
    keep,
    outside,
    told_by_onroll,
)
from onroll.referrals.codes import AT_THE_HUB
from onroll.referrals.models import Channel, Happening, HubDecision, Referral, ReferredChild


@transaction.atomic
def inform_of_stage(referral: Referral, *, was: str, at: datetime) -> None:
    """Tell of what the new stage of a referral means: decided, accepted, and over."""
    if was in AT_THE_HUB and referral.stage not in AT_THE_HUB:
        inform(referral, Happening.DECIDED, at=at, about=_decided_again(referral))
    _inform_once_accepted(referral, at=at)
    inform_if_over(referral, at=at)


def _decided_again(referral: Referral) -> list[ReferredChild]:
    """Return the children who came back to the hub since it was last told that it decided."""
    last = told_by_onroll(referral, Happening.DECIDED).last()
    if last is None:
        return []
    back = HubDecision.objects.filter(entry__referral=referral, turned_back_at__gte=last.at)
    return list(referral.children.filter(pk__in=back.order_by().values("entry")))


def _inform_once_accepted(referral: Referral, *, at: datetime) -> None:
    """Tell who referred that it was accepted, with the first child and once all are decided.

    Their page says nothing of a single child, and not before that somebody has decided.
    """
    is_at_the_hub = referral.stage in AT_THE_HUB
    if is_at_the_hub or told_by_onroll(referral, Happening.ACCEPTED).exists():
        return
    of_it = HubDecision.objects.standing().filter(entry__referral=referral)
    if of_it.filter(accepted_by__isnull=False).exists():
        keep(referral, Happening.ACCEPTED, outside(referral, Happening.ACCEPTED), at=at)


def inform_of_acceptance(
    decision: HubDecision, referral: Referral, *, case: Case, at: datetime
) -> None:
    """Tell the hub that a child was accepted, and who referred where it is the first."""
    _inform_once_accepted(referral, at=at)
    to_hub = [(HUB, Channel.ON_SCREEN)]
    keep(referral, Happening.ACCEPTED, to_hub, at=at, case=case, about=[decision.entry])


def inform_worker(decision: HubDecision, referral: Referral, *, by: User, at: datetime) -> None:
    """Tell the officer of an open case what the hub decided about its child, who did not join it.

    Nobody is told of what they decided themselves.
    """
    case = decision.entry.known_case
    if case is not None and case.owner != by:
        to_officer = [(OFFICER, Channel.ON_SCREEN)]
        keep(referral, Happening.DECIDED, to_officer, at=at, case=case, about=[decision.entry])


def inform_who_has(case: Case, referral: Referral, *, at: datetime, about: ReferredChild) -> None:
    """Tell the officer of a case that a child of a referral no longer belongs to it."""
    to_officer = [(OFFICER, Channel.ON_SCREEN)]
    keep(referral, Happening.PARTED, to_officer, at=at, case=case, about=[about])


def inform_hub_of_desk(
    decision: HubDecision, referral: Referral, happening: Happening, *, by: User, at: datetime
) -> None:
    """Tell the hub what somebody else wrote down of a child who was sent on (policy p.9)."""
    if by.role != Role.MASH:
        to_hub = [(HUB, Channel.ON_SCREEN)]
        keep(referral, happening, to_hub, at=at, about=[decision.entry])


def inform_of_return(decision: HubDecision, referral: Referral, *, was: str, at: datetime) -> None:
    """Tell that the hub looks at a child again: itself where an officer turned the child back.

    Who referred is told where their page said before that all was decided.
    """
    channels = list(outside(referral, Happening.REOPENED)) if was not in AT_THE_HUB else []
    if not decision.is_opened_again:
        channels.append((HUB, Channel.ON_SCREEN))
    keep(referral, Happening.REOPENED, channels, at=at, about=[decision.entry])
