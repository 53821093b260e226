"""Every read of enquiries."""

from onroll.enquiries.queries.log import (
    Figures,
    Log,
    NoEnquiry,
    NoEntry,
    cases_of_the_home,
    entry_of,
    figures_of,
    get_enquiry,
    log_of,
    looks,
    steps_to_plan,
    with_entries,
)
from onroll.enquiries.queries.offers import (
    case_panels,
    day,
    events,
    questions_for_school,
    to_be_made,
    todo,
    waited_for,
)
from onroll.enquiries.queries.schools import (
    NoSchool,
    cases_of_school,
    enquiries_of_school,
    school_of,
    schools_to_ask,
    sees,
)
from onroll.enquiries.queries.together import (
    cases_to_add_to,
    siblings_in_sight,
    siblings_to_add_to,
)

__all__ = [
    "Figures",
    "Log",
    "NoEnquiry",
    "NoEntry",
    "NoSchool",
    "case_panels",
    "cases_of_school",
    "cases_of_the_home",
    "cases_to_add_to",
    "day",
    "enquiries_of_school",
    "entry_of",
    "events",
    "figures_of",
    "get_enquiry",
    "log_of",
    "looks",
    "questions_for_school",
    "school_of",
    "schools_to_ask",
    "sees",
    "siblings_in_sight",
    "siblings_to_add_to",
    "steps_to_plan",
    "to_be_made",
    "todo",
    "waited_for",
    "with_entries",
]
