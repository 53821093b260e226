"""The policy's own words, as they open beside the questions of a referral.

Source: Harrow's policy of July 2025. They stand on pages of an authority that follows it; another
one's policy is not quoted by these.
"""

from dataclasses import dataclass

from onroll.rules.policy import LocalPolicy
from onroll.rules.policy_file import HARROW


@dataclass(frozen=True)
class PolicyWords:
    """A passage and its page."""

    page: str
    words: str


WORDS: dict[str, PolicyWords] = {
    "groups": PolicyWords("4", "Children at particular risk of missing education."),
    "missing": PolicyWords(
        "7",
        "Has the child stopped attending school and they have been informed the child has gone "
        "missing or run away from home/care? Contact MASH and make an urgent referral and include "
        "the completed Reasonable Enquiry Form.",
    ),
    "ten_days": PolicyWords(
        "7",
        "Has the child been absent for more than 10 consecutive school days and school have been "
        "unable to contact the parent? Referral to MASH for attention of the LOCME.",
    ),
    "ask_school": PolicyWords(
        "8",
        "Any professional meeting a child and their family/carers should ask which school the "
        "child attends.",
    ),
    "enquiries": PolicyWords(
        "8",
        "The Reasonable Enquiry Form is to show the enquiries and their outcomes made by the "
        "referrer.",
    ),
    "any_person": PolicyWords(
        "8",
        "Any person concerned may also make a referral if they believe a child, is missing "
        "education.",
    ),
    "circumstances": PolicyWords(
        "8", "Referrals should be made to the LOCME in the following circumstances."
    ),
    "last_address": PolicyWords(
        "8",
        "Children who are no longer attending school and cannot be located at the last known "
        "address.",
    ),
    "no_new_address": PolicyWords(
        "8",
        "Children who have left school and the parents have not provided a new address / school "
        "in the UK or abroad.",
    ),
    "not_started": PolicyWords("8", "Children who have not started a new school."),
    "offer": PolicyWords(
        "8",
        "Children who have not shown up following an offer of a place made by the Admissions "
        "Service.",
    ),
    "left_country": PolicyWords(
        "8",
        "Children who have moved away and parents have provided verification to prove they are "
        "moving away, and they are leaving the UK.",
    ),
    "full_names": PolicyWords(
        "8", "The contact details for the family along with full names and dates of birth."
    ),
    "contact_details": PolicyWords(
        "8", "The contact details for the family along with full names and dates of birth."
    ),
    "record_enquiries": PolicyWords(
        "9",
        "A record of the reasonable enquiries made must be recorded in the child's file with the "
        "name/team, contact email/telephone number and date of actions taken.",
    ),
    "updates": PolicyWords(
        "9",
        "It is expected that the referrer will inform the LOCME on any updates on CME cases "
        "referred to LA and the LOCME will inform the referrer of case closures.",
    ),
    "serious_phone": PolicyWords(
        "9", "For any serious concerns a phone call to MASH must be made in the first instance."
    ),
    "social_worker": PolicyWords(
        "9",
        "If the child is on a child protection plan or is a child looked after, schools are "
        "required to contact the social worker/duty social worker.",
    ),
    "not_resident": PolicyWords(
        "9",
        "For a child not resident in Harrow refer to LOCME for further tracking who will pass the "
        "details to the appropriate Local Authority where the child lives.",
    ),
    "lost_pupil": PolicyWords(
        "10",
        "Create a 'lost pupil' common transfer file (CTF) with XXXXXXX as the destination is "
        "unknown / child missing.",
    ),
    "off_roll": PolicyWords(
        "10",
        "Remove the child's name from the school role having consulted Education Services and, "
        "where the child has an Education, Health, and Care Plan.",
    ),
    "ehcp": PolicyWords(
        "16",
        "Remove the child's name from its roll (consult Education Services including SENARS where "
        "there is an EHCP).",
    ),
    "risk": PolicyWords(
        "15", "When assessing risk, the school or a professional should consider the following."
    ),
    "exploitation": PolicyWords(
        "16",
        "Is the child at risk of CSE? (A separate CSE risk assessment should be discussed with "
        "MASH / the allocated social worker).",
    ),
    "talk": PolicyWords(
        "16",
        "Where you answer yes or are not sure you should discuss the case with the safeguarding "
        "Lead in the school and your manager who will advise if further action should be taken "
        "and if a referral should be made to an appropriate team/professional.",
    ),
    "plan_at_once": PolicyWords(
        "16",
        "If the child is on a child protection plan or if the school has child protection concerns "
        "about the child, they must immediately notify the MASH.",
    ),
}


def quoted(code: str, policy: LocalPolicy) -> PolicyWords | None:
    """Return the words of a passage; None under a policy that these are not the words of."""
    is_ours = policy.policy_title == HARROW.policy_title
    return WORDS.get(code) if is_ours else None
