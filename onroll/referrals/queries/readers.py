"""For whom what is new of a referral stands: the hub, or the officer who has its case (P17)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cache

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import covered_by
from onroll.cases.models import Case
from onroll.referrals.models import Audience, Notification, Referral, ReferredChild
from onroll.schools.queries import our_policy

Absent = Callable[[], Collection[int]]
"""Says for whom a person covers, by their keys."""


def reads_as(user: User) -> Audience:
    """Return whether a person reads for the officer, whose work accepting is, or for the hub."""
    return Audience.OFFICER if may(user, Permission.REFERRAL_ACCEPT) else Audience.HUB


def officers_of(
    row: Notification, referral: Referral, children: Iterable[ReferredChild]
) -> set[int]:
    """Return the keys of those for whom something stands: nobody while the cases have no owner."""
    if row.audience == Audience.HUB:
        return set()
    cases: list[Case | None] = [row.case]
    if row.case is None:
        cases = [child.case for child in children]
        cases = cases if any(case and case.owner_id for case in cases) else [referral.from_case]
    return {case.owner_id for case in cases if case and case.owner_id}


def may_mark_read(
    user: User,
    row: Notification,
    referral: Referral,
    children: Sequence[ReferredChild],
    *,
    absent: Absent = tuple,
) -> bool:
    """Say whether this person may mark something as read, so that it is new to nobody.

    What stands for an officer: they, the deputy whom the policy names, and who sent the case to the
    hub; who covers for one of them, by `absent`. A manager reads it beside them.
    """
    if row.audience != reads_as(user).value:
        return False
    officers = officers_of(row, referral, children)
    is_theirs = not officers or user.pk in officers or referral.is_case_sent_by(user)
    return is_theirs or _is_deputy(user) or any(key in officers for key in absent())


def absent_of(user: User, *, on: date) -> Absent:
    """Return what says for whom a person covers on a day, by their keys: asked once, if at all."""
    return cache(lambda: tuple(covered_by(user, on=on).values_list("absent_id", flat=True)))


def _is_deputy(user: User) -> bool:
    return our_policy().cme_deputy_email.strip().lower() == user.email.lower()


def names_of(users: Iterable[int]) -> str:
    """Return the names of people by their keys; no query where there are none."""
    return " and ".join(sorted(names_by_key(users).values()))


def names_by_key(users: Iterable[int]) -> dict[int, str]:
    """Return the name of each of people by their keys; no query where there are none."""
    keys = set(users)
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
