"""Which other referrals wait for the hub's decision about the same child.

Two people may tell of one child within minutes. Until the hub has decided there is no case that
both could join, so neither page would tell of the other.
"""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower, Trim

from onroll.accounts.models import User
from onroll.children.models import Child
from onroll.matching import fold
from onroll.referrals.models import HubDecision, Referral, ReferredChild

WHOLE_NAME = Lower(Trim(Concat("forename", Value(" "), "surname")))
CertainChild = tuple[ReferredChild, Child | None]
"""A child of a referral, with whom on record this certainly is."""


def add_also_referred(user: User, children: Collection[CertainChild]) -> None:
    """Say of each child about whom nothing is decided which other referrals tell of them as well.

    Only of those in this person's sight. One question to the database for all, none for nobody.
    """
    waiting = [(entry, child) for entry, child in children if entry.decision is None]
    if not waiting:
        return
    undecided = _undecided(user, waiting)
    for entry, child in waiting:
        same = (row for row in undecided if _is_same(entry, child, row))
        entry.also_referred = list(dict.fromkeys(row.referral for row in same))


def _undecided(user: User, waiting: Sequence[CertainChild]) -> list[ReferredChild]:
    """Return the children of other referrals at the hub who may be one of those that wait here."""
    standing = HubDecision.objects.standing().filter(entry=OuterRef("pk"))
    referrals = Referral.objects.visible_to(user).at_the_hub()
    rows = ReferredChild.objects.filter(~Exists(standing), referral__in=referrals)
    rows = rows.exclude(referral__in={entry.referral_id for entry, _ in waiting})
    alike = reduce(or_, (_may_be(entry, child) for entry, child in waiting))
    rows = rows.annotate(whole_name=WHOLE_NAME).filter(alike)
    rows = rows.select_related("referral", "known_case")
    return list(rows.order_by("referral__sent_at", "pk"))


def _may_be(entry: ReferredChild, child: Child | None) -> Q:
    """Return what a row has that may be the same child: more than `_is_same` then lets stand."""
    names = (entry.name, f"{entry.surname} {entry.forename}".strip())
    is_it = Q(whole_name__in={name.lower() for name in names})
    if child is not None:
        is_it |= Q(record=child) | Q(known_case__child=child)
    if entry.upn:
        is_it |= Q(upn=entry.upn)
    return is_it | Q(born_on=entry.born_on) if entry.born_on else is_it


def _is_same(entry: ReferredChild, child: Child | None, row: ReferredChild) -> bool:
    """Say whether two told of one child: the one on record, the number, or names and birthday.

    A whole name alone is enough where one of both knew no birthday: a person at the hub reads it.
    """
    on_record = row.known_case.child_id if row.known_case else row.record_id
    if child is not None and on_record is not None:
        return child.pk == on_record
    if entry.upn and entry.upn == row.upn:
        return True
    words = fold(entry.name).split()
    is_named_alike = len(words) > 1 and sorted(words) == sorted(fold(row.name).split())
    is_born_apart = entry.born_on and row.born_on and entry.born_on != row.born_on
    return is_named_alike and not is_born_apart
