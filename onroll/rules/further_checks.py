"""What a school asks the lead officer to find out before it decides anything, and the answers.

Source: policy p.5 (P61): where parents give no evidence of a new school or a new address, the
school asks for further checks, to find where the child went and how it is educated.
"""

from datetime import date
from enum import StrEnum

from onroll.rules.calendar import SchoolCalendar
from onroll.rules.policy import LocalPolicy


class Wanted(StrEnum):
    """What is to be found out."""

    NEW_SCHOOL = "new_school"
    NEW_ADDRESS = "new_address"
    HOME_EDUCATION = "home_education"
    ABROAD = "abroad"
    OTHER_AUTHORITY = "other_authority"


WANTED = {
    Wanted.NEW_SCHOOL: "Whether another school has the child",
    Wanted.NEW_ADDRESS: "Where the child lives now",
    Wanted.HOME_EDUCATION: "Whether the child is taught at home",
    Wanted.ABROAD: "Whether the family has left the country",
    Wanted.OTHER_AUTHORITY: "Whether another council knows the child",
}


class Outcome(StrEnum):
    """What came of the checks, for the school."""

    EDUCATED = "educated"
    LOCATED = "located"
    NOT_FOUND = "not_found"
    REFER = "refer"
    NO_ANSWER = "no_answer"


OUTCOMES = {
    Outcome.EDUCATED: "The child is educated elsewhere",
    Outcome.LOCATED: "We know where the child is",
    Outcome.NOT_FOUND: "We could not find the child: refer now",
    Outcome.REFER: "Do not wait for us: refer now",
    Outcome.NO_ANSWER: "We cannot tell you",
}
KEEPS_ON_ROLL = "Keep the name on the roll until the law allows it to go (Regs 2024 reg 9(1))."
"""What the school is told with every answer: none is a ground for deletion by itself."""
TELLS_AT_ONCE = "Tell us at once if you hear anything about the child."
"""What is asked of who works with a child and referred it, until the child is found (p.8-9)."""


def must_refer(outcome: Outcome) -> bool:
    """Return whether the school has to refer the child after this answer."""
    return outcome in (Outcome.NOT_FOUND, Outcome.REFER)


def is_to_be_referred(
    last_attended: date, *, on: date, calendar: SchoolCalendar, policy: LocalPolicy
) -> bool:
    """Return whether a child was away for so many school days that a school refers (policy p.7).

    Checks take days in which nobody would look for the child: so a school asks for none then.
    """
    return calendar.between(last_attended, on) > policy.no_contact_school_days
