"""Every write to enquiries."""

from onroll.enquiries.actions.clocks import keep_clocks
from onroll.enquiries.actions.facts import EntryFacts, File
from onroll.enquiries.actions.families import answer_of_family
from onroll.enquiries.actions.joins import ToldEnquiry, join_enquiries, take_over, withdraw_told
from onroll.enquiries.actions.log import add_entry, plan_enquiries, read_news, record_enquiry
from onroll.enquiries.actions.visits import Visit, record_visit

__all__ = [
    "EntryFacts",
    "File",
    "ToldEnquiry",
    "Visit",
    "add_entry",
    "answer_of_family",
    "join_enquiries",
    "keep_clocks",
    "plan_enquiries",
    "read_news",
    "record_enquiry",
    "record_visit",
    "take_over",
    "withdraw_told",
]
