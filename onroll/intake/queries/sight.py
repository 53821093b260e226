"""Who may know of whom: protected children and those who work with them (matrix row 8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from onroll.accounts.access import cell
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Member
from onroll.cases.queries import cases_worked_on
from onroll.children.models import Child
from onroll.intake.models import Row, RowStage, Transfer
from onroll.intake.queries.candidates import Shown


def children_in(transfer: Transfer) -> list[int]:
    """Return the numbers of the children a file's records are about, or may be about."""
    said = transfer.rows.values_list("child_id", "candidates")
    return sorted({child for one, maybe in said for child in _about(one, maybe)})


def _about(child: int | None, candidates: Sequence[dict[str, Any]]) -> list[int]:
    return [child] if child else [candidate["child"] for candidate in candidates]


def hides_home(row: Row) -> bool:
    """Say whether a record may be about a child with a protected address (row 8)."""
    return bool(protected_of(_about(row.child_id, row.candidates)))


def protected_of(children: Collection[int]) -> set[int]:
    """Return those of these children who have a protected identity or address."""
    is_protected = Q(is_protected=True) | Q(addresses__is_protected=True)
    return set(Child.objects.filter(is_protected, pk__in=children).values_list("pk", flat=True))


def works_with(user: User, children: Collection[int]) -> bool:
    """Say whether a person is on a case of each of these children (the `A` of row 8)."""
    theirs = cases_worked_on(user).filter(child__in=children).values_list("child_id", flat=True)
    return set(children) <= set(theirs)


def out_of_sight(user: User) -> Q:
    """Match the records that are, or may be, of a protected child who is not theirs (row 8).

    Those go to who works on a case of the child, to managers and to MASH: for all others there is
    no such record to settle or claim to answer, as if nobody like it were known.
    """
    hidden = hidden_from(user)
    about = (Q(candidates__contains=[{"child": pk}], child__isnull=True) for pk in hidden)
    return reduce(or_, about, Q(child__in=hidden))


def weighed_out_of_sight(user: User) -> Q:
    """Match the settled records for which a protected child was weighed who is not theirs.

    The reason a person gave may tell of that child.
    """
    weighed = (Q(candidates__contains=[{"child": pk}]) for pk in hidden_from(user))
    return reduce(or_, weighed, Q(pk__isnull=True))


@dataclass(frozen=True)
class Sight:
    """What one person may know of whom records are, or may be, about (row 8)."""

    is_whole: bool
    hidden: frozenset[int]
    """The children with a protected identity whom this person may know nothing of."""
    theirs: frozenset[int]
    """The children this person works on a case of."""

    def veils(self, row: Row) -> bool:
        """Say whether a file's pages tell no more of a record than of any that is not applied.

        Whom those are compared with is for who may settle it to see, in review: were it told
        here of all but some, those would be the ones that may be of a protected child.
        """
        if self.is_whole:
            return False
        about = set(_about(row.child_id, row.candidates))
        if row.stage == RowStage.APPLIED.value:
            return bool(about & self.hidden)
        return not about or not about <= self.theirs

    def tells_why(self, row: Row) -> bool:
        """Say whether nobody out of sight was weighed when it was settled whose record this is."""
        return self.hidden.isdisjoint(candidate["child"] for candidate in row.candidates)


def sight_of(user: User) -> Sight:
    """Return what a person may know of whom records are about: two queries."""
    if knows_all(user):
        return Sight(True, frozenset(), frozenset())
    theirs = frozenset(cases_worked_on(user).values_list("child_id", flat=True))
    return Sight(False, hidden_from(user), theirs)


def hidden_from(user: User) -> frozenset[int]:
    """Return the numbers of the children with a protected identity who are out of sight."""
    return frozenset(_hidden_from(user).values_list("pk", flat=True))


def sees_all(user: User, candidates: Sequence["Shown"]) -> bool:
    """Say whether a person may see each of the children a record may be about as of now."""
    return not _hidden_from(user).filter(pk__in=[one.child.pk for one in candidates]).exists()


def _hidden_from(user: User) -> QuerySet[Child]:
    """Return the children with a protected identity whom a person may know nothing of."""
    if knows_all(user):
        return Child.objects.none()
    theirs = cases_worked_on(user).values("child_id")
    return Child.objects.filter(is_protected=True).exclude(pk__in=theirs)


def knows_all(user: User) -> bool:
    """Say whether a person may know of every child with a protected identity: manager or MASH."""
    said = cell(user, Permission.PROTECTED_ADDRESS_VIEW)
    return said.scope == Scope.ASSIGNED and not said.needs_reason


def may_touch(user: User, children: Collection[Child]) -> bool:
    """Say whether each of these is not protected, or is one this person works on a case of."""
    protected = {child.pk for child in children if child.is_protected}
    return not protected or works_with(user, protected)


def is_hidden(child: Child) -> bool:
    """Say whether a child has a protected identity or address (row 8)."""
    return bool(protected_of([child.pk]))


def who_would_see(hidden: Child, *, through: Child) -> list[User]:
    """Return who works on a case of the one child and on none of the other."""
    theirs = _people_of(through).exclude(pk__in=_people_of(hidden).values("pk"))
    return list(theirs.filter(is_active=True).order_by("name", "pk"))


def _people_of(child: Child) -> QuerySet[User]:
    on_team = Q(pk__in=Member.objects.filter(case__child=child).values("user_id"))
    return User.objects.filter(
        Q(pk__in=Case.objects.filter(child=child).values("owner_id")) | on_team
    )
