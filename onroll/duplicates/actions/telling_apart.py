"""A person's answer that two records are two children, and taking such an answer back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.children import actions as children
from onroll.children.models import Child, Merge, NotSame
from onroll.children.queries import merge_targets
from onroll.duplicates.actions.pairs import (
    locked,
    refuse_gone,
    refuse_hidden,
    require,
)
from onroll.rules.refusal import Refused


@transaction.atomic
def tell_apart(*, one: Child, other: Child, why: str, by: User, at: datetime) -> NotSame:
    """Keep a person's answer that two records are two children; refuse what would join them."""
    require(by, Permission.MERGE_PROPOSE)
    one, other = locked(one, other)
    refuse_gone(one, other)
    refuse_hidden((one, other), by)
    pair = Q(kept=one, merged=other) | Q(kept=other, merged=one)
    for merge in Merge.objects.waiting().filter(pair):
        children.answer_merge(merge=merge, refused_by=by, refused_at=at, refused_why=why)
    return children.add_not_same(first=one, second=other, why=why, by=by, at=at)


@transaction.atomic
def withdraw_apart(*, apart: NotSame, why: str, by: User, at: datetime) -> NotSame:
    """Take back that two records are two children, for a reason; what was said stays on record.

    They may be suggested and proposed again. Whether they are one child still takes two people.
    """
    require(by, Permission.MERGE_PROPOSE)
    apart = NotSame.objects.select_for_update().get(pk=apart.pk)
    if not apart.is_standing:
        raise Refused("This has been withdrawn already. Nothing was changed.")
    both = merge_targets((apart.one_id, apart.other_id)).values()
    refuse_hidden(Child.objects.filter(pk__in=both), by)
    return children.withdraw_not_same(apart=apart, why=why, by=by, at=at)
