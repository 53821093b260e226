"""Every write to referrals. None is lost: each waits for a named person until it is decided."""

from onroll.referrals.actions.accepting import accept_child, turn_back
from onroll.referrals.actions.deciding import decide, take_on
from onroll.referrals.actions.home_education import pass_to_home_education, receive_report
from onroll.referrals.actions.informing import case_closed, note_information, note_read
from onroll.referrals.actions.links import ask_for_link, make_link, recipient
from onroll.referrals.actions.quarantine import refuse, release
from onroll.referrals.actions.receiving import receive
from onroll.referrals.actions.sending import refer
from onroll.referrals.actions.start_record import write_start_record
from onroll.referrals.actions.updating import add_update

__all__ = [
    "accept_child",
    "add_update",
    "ask_for_link",
    "case_closed",
    "decide",
    "make_link",
    "note_information",
    "note_read",
    "pass_to_home_education",
    "receive",
    "receive_report",
    "recipient",
    "refer",
    "refuse",
    "release",
    "take_on",
    "turn_back",
    "write_start_record",
]
