"""Every read of referrals: the lists of the hub, what waits for a person, and one referral."""

from onroll.referrals.queries.also_referred import add_also_referred
from onroll.referrals.queries.coming import coming
from onroll.referrals.queries.day import day
from onroll.referrals.queries.homes import add_homes, put_homes
from onroll.referrals.queries.lists import (
    ACCEPT,
    DONE,
    HUB,
    NEWS,
    PASSED_ON,
    SENT_ON,
    YOURS,
    decided,
    hand_overs,
    hub_queue,
    next_for,
    on_its_way,
    passed_on,
    unread_notices,
    with_news,
    yours,
)
from onroll.referrals.queries.matches import (
    certain_child,
    certain_children,
    certain_matches,
    likely,
    likely_each,
    with_reference,
)
from onroll.referrals.queries.of_case import at_the_hub, case_panels, events
from onroll.referrals.queries.printed import (
    Decided,
    FamilyNotice,
    decisions_about,
    family_notices,
    referrals_about,
)
from onroll.referrals.queries.quarantine import in_quarantine, senders_in_quarantine
from onroll.referrals.queries.receivers import add_receivers
from onroll.referrals.queries.reference import find_reference, referral_of
from onroll.referrals.queries.referral import (
    NoReferral,
    NoStartRecord,
    children_of,
    escalations_of,
    get_referral,
    opened_by,
    passed_on_to,
    running_clocks,
    start_records,
    steps_of,
)
from onroll.referrals.queries.resting import rests_on, say_what_rests
from onroll.referrals.queries.ringing import call_owed, to_ring
from onroll.referrals.queries.sight import (
    may_ask_who_referred,
    reads_hub,
    sees_referrer,
    sees_risk,
    sees_who_says_so,
    to_open_again,
    to_take_back,
)
from onroll.referrals.queries.todo import QUARANTINE, todo, waiting

__all__ = [
    "ACCEPT",
    "DONE",
    "HUB",
    "NEWS",
    "PASSED_ON",
    "QUARANTINE",
    "SENT_ON",
    "YOURS",
    "Decided",
    "FamilyNotice",
    "NoReferral",
    "NoStartRecord",
    "add_also_referred",
    "add_homes",
    "add_receivers",
    "at_the_hub",
    "call_owed",
    "case_panels",
    "certain_child",
    "certain_children",
    "certain_matches",
    "children_of",
    "coming",
    "day",
    "decided",
    "decisions_about",
    "escalations_of",
    "events",
    "family_notices",
    "find_reference",
    "get_referral",
    "hand_overs",
    "hub_queue",
    "in_quarantine",
    "likely",
    "likely_each",
    "may_ask_who_referred",
    "next_for",
    "on_its_way",
    "opened_by",
    "passed_on",
    "passed_on_to",
    "put_homes",
    "reads_hub",
    "referral_of",
    "referrals_about",
    "rests_on",
    "running_clocks",
    "say_what_rests",
    "sees_referrer",
    "sees_risk",
    "sees_who_says_so",
    "senders_in_quarantine",
    "start_records",
    "steps_of",
    "to_open_again",
    "to_ring",
    "to_take_back",
    "todo",
    "unread_notices",
    "waiting",
    "with_news",
    "with_reference",
    "yours",
]
