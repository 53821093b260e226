"""When a warning on a child or an address is looked at again.

No clause fixes it: a warning that nobody looks at stays for ever, so that each has a day. The
number is Onroll's and a setting.
"""

from datetime import date, timedelta

WARNING_REVIEW = "warning_review"
"""The clock that asks whether the warnings on a case still hold."""
ADDED_STEP = "Warning added"
ENDED_STEP = "Warning ended"
HOLDS_STEP = "Warning reviewed: it still holds"
"""What the chronology says of each; the words to it are read by who reads of risk (row 9)."""
FURTHEST = timedelta(days=366)


def lacking_in_review_day(review_on: date, *, on: date) -> str:
    """Return why a day for the next look cannot be; "" where it can."""
    if review_on <= on:
        return "The day must be after today"
    if review_on > on + FURTHEST:
        return "The day must be within a year"
    return ""
