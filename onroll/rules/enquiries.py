"""Reasonable enquiries: the steps a school and the authority can take to find a child (P12, P31).

Source: Regs 2024 reg 9(1)(h)-(i) ask for joint reasonable efforts to learn location and
circumstances, and 9(3)(c) for the school's own of a pupil not of school age. None lists any: these
are the steps of the policy, p.9-10 and 17, of the guidance, and of other councils' forms. No order
is fixed and no list is complete.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class EnquiryStep:
    """One step: its code, what is done, and whose step it usually is."""

    code: str
    title: str
    by: Literal["school", "authority", "either"]


_ALL: tuple[tuple[str, str, Literal["school", "authority", "either"]], ...] = (
    ("first_day_call", "Call on the first day, by a person", "school"),
    ("all_contacts", "All parents and emergency contacts, at different times of day", "school"),
    ("staff", "Staff, and the school's own records", "school"),
    ("friends", "Friends, brothers, sisters and relatives in the school", "school"),
    ("sibling_schools", "Schools of brothers, sisters and relatives", "school"),
    ("agencies_involved", "Agencies known to work with the family", "school"),
    ("letter", "Letter or email to the last known address", "school"),
    ("home_visit", "Visit to the home", "either"),
    ("neighbours", "Neighbours, relatives or landlord", "either"),
    ("open_sources", "What the family has made public", "either"),
    ("s2s", "S2S messages and the lost pupil database", "either"),
    ("safeguarding_lead", "The safeguarding lead's view of the risk", "school"),
    ("education_records", "The authority's education records", "authority"),
    ("census", "School census", "authority"),
    ("admissions", "Admissions and in-year applications", "authority"),
    ("sen", "Special educational needs team", "authority"),
    ("early_support", "Early support", "authority"),
    ("social_care", "Children's social care and the MASH", "authority"),
    ("virtual_school", "Virtual school", "authority"),
    ("youth_offending", "Youth offending service", "authority"),
    ("housing", "Housing, housing benefit and temporary accommodation", "authority"),
    ("council_tax", "Council tax", "authority"),
    ("health", "GP, school nurse, health visitor, hospital", "authority"),
    ("police", "Police", "authority"),
    ("refuges", "Refuges", "authority"),
    ("hmrc", "HM Revenue and Customs: child benefit", "authority"),
    ("border", "UK Visas and Immigration, Border Force", "authority"),
    ("giap", "Get Information About Pupils", "authority"),
    ("former_authority", "Authority or school the child came from", "authority"),
    ("next_authority", "Authority or school the child may have gone to", "authority"),
    ("home_authority", "Authority where the child lives", "authority"),
    ("forces", "Armed forces' education advisory service", "authority"),
    ("abroad", "School or address abroad", "authority"),
    ("other", "Something else", "either"),
)

AT_AN_ADDRESS = frozenset({"letter", "home_visit", "neighbours"})
"""The steps that are made at an address: which one it was is written down."""

OTHER = "other"
"""The step of which words say what it was: no list is complete."""

METHODS = (
    ("telephone", "Telephone"),
    ("email", "Email or text"),
    ("letter", "Letter"),
    ("visit", "Visit"),
    ("person", "In person"),
    ("records", "Looked at records or online"),
)
"""How an enquiry is made, by code."""

ENQUIRY_STEPS: dict[str, EnquiryStep] = {row[0]: EnquiryStep(*row) for row in _ALL}
