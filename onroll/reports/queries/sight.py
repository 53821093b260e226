"""A weekly report as one person may read it."""

from onroll.accounts.models import User
from onroll.cases.models import sealed_off
from onroll.reports.content import Weekly


def in_sight(weekly: Weekly, user: User) -> Weekly:
    """Return a report without the lines of children whose sealed case is not for this person.

    They still count (access matrix, row 33).
    """
    return weekly.without(frozenset(sealed_off(user).values_list("case__child_id", flat=True)))
