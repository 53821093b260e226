"""Every write to referrals. None is lost: each waits for a named person until it is decided."""

from onroll.referrals.actions.accepting import accept_child, turn_back
from onroll.referrals.actions.deciding import decide, take_on
from onroll.referrals.actions.quarantine import refuse, release
from onroll.referrals.actions.receiving import receive
from onroll.referrals.actions.sending import refer
from onroll.referrals.actions.start_record import write_start_record

__all__ = [
    "accept_child",
    "decide",
    "receive",
    "refer",
    "refuse",
    "release",
    "take_on",
    "turn_back",
    "write_start_record",
]
