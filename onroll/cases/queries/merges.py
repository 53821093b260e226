"""Merges that a user may know of, and how many wait: for pages of every package.

The `duplicates` package merges records, but pages below it say that merges wait, and who may know
of a pair depends on cases.
"""

from django.db.models import Q, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries.protected import in_reach
from onroll.children.models import Merge


def merges_waiting(user: User) -> int:
    """Return how many proposed merges that this user may see wait for a second person."""
    return _waiting(user).count()


def merges_to_agree(user: User) -> QuerySet[Merge]:
    """Return the proposed merges that wait for this user, other than their own proposals."""
    if not may(user, Permission.MERGE_AGREE):
        return Merge.objects.none()
    return _waiting(user).exclude(proposed_by=user)


def _waiting(user: User) -> QuerySet[Merge]:
    return Merge.objects.waiting().filter(pair_in_sight(user, "kept", "merged"))


def pair_in_sight(user: User, first: str, second: str) -> Q:
    """Return a filter for pairs of children, in these two fields, whom the user may change."""
    return in_reach(user, first) & in_reach(user, second)
