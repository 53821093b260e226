"""What a referral says that is likely a slip: asked about, and never a reason not to send it.

Source: practice 4.2 B (who the child is); `rules.identifiers` on wrong numbers.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from onroll.rules.age import age
from onroll.rules.identifiers import check_nhs_number

OLDEST = 18
"""The age in years above which the year of a birthday is likely a slip."""


class Doubt(StrEnum):
    """What may be a slip."""

    NHS_NUMBER = "nhs_number"
    BORN = "born"


def doubts(*, nhs_number: str, born_on: date | None, on: date) -> Iterator[Doubt]:
    """Yield what is likely a slip in what is known of a child on a day."""
    if nhs_number and not check_nhs_number(nhs_number).is_valid:
        yield Doubt.NHS_NUMBER
    if born_on and age(born_on, on=on) > OLDEST:
        yield Doubt.BORN
