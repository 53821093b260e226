"""Who may know of a protected child: the one place that decides it (access matrix, row 8).

Three things can be: an identity (adoption, refuge) or only an address is protected, or a case is
sealed (row 33). A child with a protected identity may be known only to managers, MASH, and those
who work on a case of the child. A protected address is only for those who work on a case
(`home_of`), whatever their role. Of a sealed child nobody knows but the team of the sealed case,
and whoever opened it by break-glass (row 34), for an hour.

Pages, searches, files and reports ask here. What is protected of a child: `children.protection`.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from onroll.accounts.access import cell, opened
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Member, sealed_off
from onroll.cases.queries.case import cases_worked_on
from onroll.children.models import Child
from onroll.children.queries import is_plain, plain


def knows_all(user: User) -> bool:
    """Return whether a user's role may know of every protected child: managers and MASH.

    Not of those whose case is sealed.

    In row 8 their cell is `A`. Officers have `AJ`: they must work on the case and give a reason.
    """
    allowed = cell(user, Permission.PROTECTED_ADDRESS_VIEW)
    return allowed.scope == Scope.ASSIGNED and not allowed.needs_reason


def may_know(user: User, field: str = "") -> Q:
    """Return a filter for rows whose child this user may know of.

    `field` is the path from the row to the child, such as `case__child`; empty for children
    themselves.
    """
    if knows_all(user):
        return not_sealed_off(user, field)
    return in_reach(user, field) | _opened(user, field)


def not_sealed_off(user: User, field: str = "") -> Q:
    """Return a filter for rows whose child has no sealed case that is not for this user.

    `field` is the path to the child, which may lead nowhere.
    """
    child = f"{field}__" if field else ""
    sealed = sealed_off(user)
    return ~(Q(**{f"{child}pk__in": sealed}) | Q(**{f"{child}merged_into__in": sealed}))


def _opened(user: User, field: str) -> Q:
    """Return a filter for rows whose child's sealed case this user opened by break-glass."""
    return Q(**{f"{field}__pk__in" if field else "pk__in": opened(user)})


def in_reach(user: User, field: str = "") -> Q:
    """Return a filter for rows whose child this user may change: `may_touch` as a query."""
    return plain(field) | _worked_with(user, field)


def _worked_with(user: User, field: str = "", *, on: date | None = None) -> Q:
    """Return a filter for rows whose child has a case, open or closed, that this user works on.

    A record merged into such a child counts too. Who covers for somebody counts only where a day is
    given: records of a protected child are matched, merged and told apart by their own officer.
    """
    child = f"{field}__" if field else ""
    children = cases_worked_on(user, on=on).values("child_id")
    return Q(**{f"{child}pk__in": children}) | Q(**{f"{child}merged_into__in": children})


def worked_with(user: User) -> frozenset[int]:
    """Return the ids of children on whose cases this user works, and of their merged records."""
    return frozenset(Child.objects.filter(_worked_with(user)).values_list("pk", flat=True))


def works_with(user: User, children: Collection[int], *, on: date | None = None) -> bool:
    """Return whether a user works on a case of each of these children (the `A` of row 8), on a day
    or without covering for anybody."""
    reached = Child.objects.filter(_worked_with(user, on=on), pk__in=children)
    return set(children) <= set(reached.values_list("pk", flat=True))


def may_touch(user: User, children: Collection[Child]) -> bool:
    """Return whether a user may change these records: unprotected, or of a case they work on.

    A manager who does not work on the case may know of a protected child, but change nothing.
    """
    protected = {child.pk for child in children if not is_plain(child)}
    return not protected or works_with(user, protected)


def hidden_from(user: User) -> frozenset[int]:
    """Return the ids of children, protected or sealed, that this user may not know of."""
    hidden = Q(is_sealed=True)
    if not knows_all(user):
        hidden |= Q(is_protected=True)
    of_record = Child.objects.filter(hidden).exclude(may_know(user))
    merged_ones = Child.objects.filter(merged_into__in=Child.objects.filter(hidden))
    merged = merged_ones.exclude(may_know(user))
    return frozenset(of_record.values_list("pk", flat=True).union(merged.values_list("pk")))


def who_would_see(protected: Child, *, through: Child) -> list[User]:
    """Return who works on a case of `through` but on none of the protected child.

    A merge of the two records would show them the protected child.
    """
    newcomers = _people_of(through).exclude(pk__in=_people_of(protected).values("pk"))
    return list(newcomers.filter(is_active=True).order_by("name", "pk"))


def _people_of(child: Child) -> QuerySet[User]:
    on_team = Q(pk__in=Member.objects.filter(case__child=child).values("user_id"))
    return User.objects.filter(
        Q(pk__in=Case.objects.filter(child=child).values("owner_id")) | on_team
    )
