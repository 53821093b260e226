"""Who may know of a protected child: the one place that says so (access matrix, row 8).

Two things are protected: an identity (adoption, refuge), or an address alone. Of a child with a
protected identity only these may know: managers, MASH, and who works on a case of the child. The
protected address itself is for who works on the case (`home_of`), whatever their role.
Pages, searches, files and reports ask here. What is protected of a child: `children.protection`.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from onroll.accounts.access import cell
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Member
from onroll.cases.queries.case import cases_worked_on
from onroll.children.models import Child
from onroll.children.queries import is_plain, plain


def knows_all(user: User) -> bool:
    """Say whether a person's role may know of every protected child: managers and MASH.

    In row 8 their cell is `A`. Officers have `AJ`: they work on the case, and give a reason.
    """
    allowed = cell(user, Permission.PROTECTED_ADDRESS_VIEW)
    return allowed.scope == Scope.ASSIGNED and not allowed.needs_reason


def may_know(user: User, field: str = "") -> Q:
    """Match what leads to a child of whom this person may know.

    `field` is the path to the child, such as `case__child`; of children themselves there is none.
    """
    return Q() if knows_all(user) else in_reach(user, field)


def in_reach(user: User, field: str = "") -> Q:
    """Match what leads to a child whose record this person may change: `may_touch` as a query."""
    return plain(field) | _worked_with(user, field)


def _worked_with(user: User, field: str = "") -> Q:
    """Match what leads to a child on whose case, open or closed, this person works.

    A record merged into such a child counts as the child.
    """
    child = f"{field}__" if field else ""
    children = cases_worked_on(user).values("child_id")
    return Q(**{f"{child}pk__in": children}) | Q(**{f"{child}merged_into__in": children})


def worked_with(user: User) -> frozenset[int]:
    """Return the children on whose cases this person works, and the records merged into them."""
    return frozenset(Child.objects.filter(_worked_with(user)).values_list("pk", flat=True))


def works_with(user: User, children: Collection[int]) -> bool:
    """Say whether a person works on a case of each of these children (the `A` of row 8)."""
    reached = Child.objects.filter(_worked_with(user), pk__in=children)
    return set(children) <= set(reached.values_list("pk", flat=True))


def may_touch(user: User, children: Collection[Child]) -> bool:
    """Say whether a person may change these records: each plain, or of a case they work on.

    A manager who does not work on the case may know of a protected child, and not more.
    """
    protected = {child.pk for child in children if not is_plain(child)}
    return not protected or works_with(user, protected)


def hidden_from(user: User) -> frozenset[int]:
    """Return the children with a protected identity of whom this person may not know."""
    if knows_all(user):
        return frozenset()
    of_case = _worked_with(user)
    protected = Child.objects.filter(is_protected=True).exclude(of_case)
    merged = Child.objects.filter(merged_into__is_protected=True).exclude(of_case)
    return frozenset(protected.values_list("pk", flat=True).union(merged.values_list("pk")))


def who_would_see(protected: Child, *, through: Child) -> list[User]:
    """Return who works on a case of `through` and on none of the protected child.

    They would come to see the protected child if the two records became one.
    """
    newcomers = _people_of(through).exclude(pk__in=_people_of(protected).values("pk"))
    return list(newcomers.filter(is_active=True).order_by("name", "pk"))


def _people_of(child: Child) -> QuerySet[User]:
    on_team = Q(pk__in=Member.objects.filter(case__child=child).values("user_id"))
    return User.objects.filter(
        Q(pk__in=Case.objects.filter(child=child).values("owner_id")) | on_team
    )
