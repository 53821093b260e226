"""Every read of enquiries."""

from onroll.enquiries.queries.log import (
    Figures,
    Log,
    NoEnquiry,
    NoEntry,
    cases_of_school,
    cases_of_the_home,
    enquiries_of_school,
    entry_of,
    figures_of,
    get_enquiry,
    log_of,
    looks,
    schools_to_ask,
    steps_to_plan,
)
from onroll.enquiries.queries.offers import case_panels, day, events, questions_for_school

__all__ = [
    "Figures",
    "Log",
    "NoEnquiry",
    "NoEntry",
    "case_panels",
    "cases_of_school",
    "cases_of_the_home",
    "day",
    "enquiries_of_school",
    "entry_of",
    "events",
    "figures_of",
    "get_enquiry",
    "log_of",
    "looks",
    "questions_for_school",
    "schools_to_ask",
    "steps_to_plan",
]
