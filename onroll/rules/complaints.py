"""Complaints about a case: who complains, how it came, and how long an answer may take.

Local government's ombudsman expects an answer at the first stage within ten working days (LGSCO
Complaint Handling Code 2024, 5.2, recalled); the number is a setting of the authority.
"""

from enum import StrEnum


class Complainant(StrEnum):
    """Who complains."""

    PARENT = "parent"
    CHILD = "child"
    SCHOOL = "school"
    COUNCILLOR = "councillor"
    OMBUDSMAN = "ombudsman"
    SOMEBODY = "somebody"


COMPLAINANTS = {
    Complainant.PARENT: "A parent or carer",
    Complainant.CHILD: "The child",
    Complainant.SCHOOL: "A school",
    Complainant.COUNCILLOR: "A councillor or member of parliament",
    Complainant.OMBUDSMAN: "The ombudsman",
    Complainant.SOMEBODY: "Somebody else",
}

TELLINGS = (
    ("telephone", "By telephone"),
    ("email", "By email or text"),
    ("letter", "By letter"),
    ("visit", "On a visit"),
    ("person", "In person"),
)
"""How somebody is told something, by code."""
