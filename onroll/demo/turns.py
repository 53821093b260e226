"""When the made-up people get to what waits: not all of it at once, as in life."""

from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from onroll.accounts.models import User
from onroll.referrals.models import Referral

SOON, LATER, DAY = timedelta(minutes=25), timedelta(hours=3), timedelta(hours=20)


class Delay(StrEnum):
    """Who does not get to a referral in time, so that it is passed on."""

    NOBODY = ""
    HUB = "hub"
    """The hub does not decide; the deputy does."""
    DEPUTY = "deputy"
    """The lead officer does not accept; the deputy does."""
    MANAGER = "manager"
    """Neither of them accepts; the manager does."""
    HUB_STILL = "hub_still"
    ACCEPTANCE_STILL = "acceptance_still"
    """Like the first two, and it waits still."""


_AT_HUB = {"Mo Malik": (Delay.HUB, Delay.HUB_STILL), "Mia Moon": (Delay.HUB_STILL,)}
_TO_ACCEPT = {
    "Olive Obi": (Delay.DEPUTY, Delay.MANAGER, Delay.ACCEPTANCE_STILL),
    "Lena Lord": (Delay.MANAGER, Delay.ACCEPTANCE_STILL),
    "Max Marsh": (Delay.ACCEPTANCE_STILL,),
}
_FIRST = ("Mo Malik", "Olive Obi")
"""Whose work it is; to the others it has to be passed on."""


def is_turn(
    user: User,
    referral: Referral,
    delay: Delay,
    *,
    since: datetime,
    at: datetime,
    chance: Random,
) -> bool:
    """Return whether somebody gets to a referral that waits since a moment."""
    roll = chance.random()
    if delay in (*_AT_HUB.get(user.name, ()), *_TO_ACCEPT.get(user.name, ())):
        return False
    if user.name in _FIRST:
        waited = at - since
        if referral.is_urgent:
            return waited >= SOON and roll < 0.95
        return waited >= LATER and roll < 0.45
    passed_on = {row.to_id for row in getattr(referral, "passed_on", ())}
    return user.pk in passed_on and roll < 0.35
