"""Which records of files a person may see, where a child is protected (access matrix, row 8).

Who may know of a protected child is said in `onroll.cases.queries.protected`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from onroll.accounts.models import User
from onroll.cases.queries import protected
from onroll.children.queries import protected_of
from onroll.intake.models import Row, RowStage, Transfer
from onroll.intake.queries.candidates import ShownCandidate


def children_in(transfer: Transfer) -> list[int]:
    """Return the numbers of the children a file's records are about, or may be about."""
    pairs = transfer.rows.values_list("child_id", "candidates")
    return sorted({child for pair in pairs for child in _about(*pair)})


def _about(child: int | None, candidates: Sequence[dict[str, Any]]) -> list[int]:
    return [child] if child else [candidate["child"] for candidate in candidates]


def hides_home(row: Row) -> bool:
    """Say whether a record may be about a child with a protected identity or address."""
    return bool(protected_of(_about(row.child_id, row.candidates)))


def out_of_sight(user: User) -> Q:
    """Return the condition for records about a protected child whom a person may not know of.

    For this person such a record does not exist: not in review, not among the claims.
    """
    hidden = protected.hidden_from(user)
    candidates = (Q(candidates__contains=[{"child": pk}], child__isnull=True) for pk in hidden)
    return reduce(or_, candidates, Q(child__in=hidden))


def weighed_out_of_sight(user: User) -> Q:
    """Return the condition for settled records that were compared with such a child.

    The reason that somebody gave for the answer may describe that child.
    """
    hidden = protected.hidden_from(user)
    candidates = (Q(candidates__contains=[{"child": pk}]) for pk in hidden)
    return reduce(or_, candidates, Q(pk__isnull=True))


@dataclass(frozen=True)
class Sight:
    """What one person may see of the children that records are, or may be, about."""

    is_whole: bool
    """Whether the person may know of every protected child."""
    hidden: frozenset[int]
    """The children, protected or sealed, of whom this person may not know."""
    worked_with: frozenset[int]
    """The children on whose cases this person works."""

    def veils(self, row: Row) -> bool:
        """Say whether to hide which children a record was compared with.

        It is hidden for every unsettled record: if it were hidden only for protected children, the
        gap would reveal them. Who settles records sees the children in review.
        """
        about = set(_about(row.child_id, row.candidates))
        if self.is_whole:
            return bool(about & self.hidden)
        if row.stage == RowStage.APPLIED.value:
            return bool(about & self.hidden)
        return not about or not about <= self.worked_with

    def tells_why(self, row: Row) -> bool:
        """Say whether to show why a record was settled: not if a hidden child was compared."""
        return self.hidden.isdisjoint(candidate["child"] for candidate in row.candidates)


def sight_of(user: User) -> Sight:
    """Return what a person may see of the children in records: at most two queries."""
    if protected.knows_all(user):
        hidden = protected.hidden_from(user)
        return Sight(is_whole=True, hidden=hidden, worked_with=frozenset())
    return Sight(
        is_whole=False,
        hidden=protected.hidden_from(user),
        worked_with=protected.worked_with(user),
    )


def sees_all(user: User, candidates: Sequence[ShownCandidate]) -> bool:
    """Say whether a person may know of each of the children a record may be about now."""
    return protected.hidden_from(user).isdisjoint(candidate.child.pk for candidate in candidates)
