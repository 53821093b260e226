"""Who looks at a referral for the hub: one at a time, who may put it down again (P15)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.referrals.actions.decisions import refuse_decided, refuse_sender
from onroll.referrals.actions.steps import ACCEPT, day_of, keep, lock, record, settle
from onroll.referrals.codes import Stage
from onroll.referrals.models import Referral
from onroll.rules.refusal import Refused

NOT_YOURS = "You do not look at this referral now. Nothing is changed."


@transaction.atomic
def take_on(*, referral: Referral, by: User, at: datetime, version: int | None = None) -> Referral:
    """Say who looks at a referral for the hub; a colleague may take it over.

    A case that was sent to the hub is accepted with that, by somebody who did not send it.
    """
    referral = lock(referral, version)
    refuse_decided(referral)
    refuse_sender(referral, by)
    before, referral.owner, referral.stage = referral.owner, by, Stage.SCREENING.value
    clocks.meet(clocks=referral.deadlines.filter(clock__in=ACCEPT), on=day_of(at))
    is_case = referral.from_case_id is not None
    title = f"Accepted by {by.name} for the hub" if is_case else f"{by.name} looks at it"
    record(referral, f"{title}{_in_the_place_of(before, by)}", why="", at=at, by=by)
    return keep(referral)


def _in_the_place_of(before: User | None, by: User) -> str:
    return f", in the place of {before.name}" if before is not None and before != by else ""


@transaction.atomic
def put_down(*, referral: Referral, by: User, at: datetime, version: int | None = None) -> Referral:
    """Say that whoever looked at a referral does so no longer: it is nobody's again.

    A case that was sent to the hub waits again to be accepted; no clock stops or starts anew.
    """
    referral = lock(referral, version)
    refuse_decided(referral)
    if referral.owner_id != by.pk:
        raise Refused(NOT_YOURS)
    referral.owner = None
    if referral.from_case_id is not None:
        for deadline in referral.deadlines.filter(clock__in=ACCEPT, met_on__isnull=False):
            clocks.run_again(deadline=deadline)
    settle(referral, at=at)
    record(referral, f"{by.name} put it down", why="", at=at, by=by)
    return keep(referral)
