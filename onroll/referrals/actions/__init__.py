"""Every write to referrals. None is lost: each waits for a named person until it is decided."""

from onroll.referrals.actions.acceptance import accept_case, accept_child, read_by_worker, turn_back
from onroll.referrals.actions.answered import note_answered
from onroll.referrals.actions.decisions import decide
from onroll.referrals.actions.end_notifications import case_closed, case_reopened
from onroll.referrals.actions.escalations import escalate
from onroll.referrals.actions.grades import grade
from onroll.referrals.actions.hindrances import Way, asks_about_fostering, hindrances
from onroll.referrals.actions.home_education import pass_to_home_education, receive_report
from onroll.referrals.actions.links import ask_for_link, make_link, recipient
from onroll.referrals.actions.new_referral import refer
from onroll.referrals.actions.notifications import note_information, note_opened, note_read
from onroll.referrals.actions.owed_risk import answer_risk
from onroll.referrals.actions.owner import put_down, take_on
from onroll.referrals.actions.public_forms import receive
from onroll.referrals.actions.quarantine import refuse, release
from onroll.referrals.actions.reopening import open_again
from onroll.referrals.actions.sent_on import enter_outcome, enter_receipt
from onroll.referrals.actions.sent_to import take_sent, turn_back_sent
from onroll.referrals.actions.start_record import write_start_record
from onroll.referrals.actions.taken_back import (
    take_acceptance_back,
    take_receipt_back,
    take_report_back,
)
from onroll.referrals.actions.to_hub import read_notices, send_to_hub, tell_of_leavers
from onroll.referrals.actions.updates import add_update

__all__ = [
    "Way",
    "accept_case",
    "accept_child",
    "add_update",
    "answer_risk",
    "ask_for_link",
    "asks_about_fostering",
    "case_closed",
    "case_reopened",
    "decide",
    "enter_outcome",
    "enter_receipt",
    "escalate",
    "grade",
    "hindrances",
    "make_link",
    "note_answered",
    "note_information",
    "note_opened",
    "note_read",
    "open_again",
    "pass_to_home_education",
    "put_down",
    "read_by_worker",
    "read_notices",
    "receive",
    "receive_report",
    "recipient",
    "refer",
    "refuse",
    "release",
    "send_to_hub",
    "take_acceptance_back",
    "take_on",
    "take_receipt_back",
    "take_report_back",
    "take_sent",
    "tell_of_leavers",
    "turn_back",
    "turn_back_sent",
    "write_start_record",
]
