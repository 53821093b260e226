"""Break-glass: how long it opens a sealed case, and what its review may find.

Source: access matrix row 34 (reason, second factor, 60 minutes, alert) and trust.md 4.3 (each is
marked justified, not justified or escalated within three working days).
"""

from datetime import timedelta
from enum import StrEnum

OPEN_FOR = timedelta(minutes=60)


class Verdict(StrEnum):
    """What a review found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    ESCALATED = "escalated"


VERDICTS = {
    Verdict.JUSTIFIED: "It was justified",
    Verdict.NOT_JUSTIFIED: "It was not justified",
    Verdict.ESCALATED: "It is escalated",
}


def is_over_limit(number: int, *, most: int) -> bool:
    """Return whether somebody who broke the glass so often today must not do so again."""
    return number >= most
