"""Which merges of two records a person may know of, and how many wait: for pages of every package.

Two records are joined in `duplicates`, above all that has a key to a child. That some wait is said
on pages below it, too, and whether a person may know of a pair hangs on cases.
"""

from django.db.models import Q, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries.protected import in_reach
from onroll.children.models import Merge


def merges_waiting(user: User) -> int:
    """Return how many proposed merges in this person's sight wait for a second person."""
    return _waiting(user).count()


def merges_to_agree(user: User) -> QuerySet[Merge]:
    """Return the proposed merges that wait for this person: who proposed one cannot agree to it."""
    if not may(user, Permission.MERGE_AGREE):
        return Merge.objects.none()
    return _waiting(user).exclude(proposed_by=user)


def _waiting(user: User) -> QuerySet[Merge]:
    return Merge.objects.waiting().filter(pair_in_sight(user, "kept", "merged"))


def pair_in_sight(user: User, first: str, second: str) -> Q:
    """Match what names two children, in these fields, whose records the person may change."""
    return in_reach(user, first) & in_reach(user, second)
