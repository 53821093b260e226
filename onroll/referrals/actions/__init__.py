"""Every write to referrals. None is lost: each waits for a named person until it is decided."""

from onroll.referrals.actions.accepting import accept_child, read_by_worker, turn_back
from onroll.referrals.actions.deciding import Way, decide, take_on
from onroll.referrals.actions.escalating import escalate
from onroll.referrals.actions.grading import grade
from onroll.referrals.actions.quarantine import refuse, release
from onroll.referrals.actions.receiving import receive
from onroll.referrals.actions.sending import refer
from onroll.referrals.actions.sent_on import enter_outcome, enter_receipt
from onroll.referrals.actions.to_hub import read_notices, send_to_hub, tell_of_leavers

__all__ = [
    "Way",
    "accept_child",
    "decide",
    "enter_outcome",
    "enter_receipt",
    "escalate",
    "grade",
    "read_by_worker",
    "read_notices",
    "receive",
    "refer",
    "refuse",
    "release",
    "send_to_hub",
    "take_on",
    "tell_of_leavers",
    "turn_back",
]
