"""Record a person's answer that two records are two children, and withdraw it."""

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
def tell_apart(*, first: Child, second: Child, why: str, by: User, at: datetime) -> NotSame:
    """Record that two records are two children; refuse the waiting proposals to merge them."""
    require(by, Permission.MERGE_PROPOSE)
    first, second = locked(first, second)
    refuse_gone(first, second)
    refuse_hidden((first, second), by)
    pair = Q(kept=first, merged=second) | Q(kept=second, merged=first)
    for merge in Merge.objects.waiting().filter(pair):
        children.answer_merge(merge=merge, refused_by=by, refused_at=at, refused_why=why)
    return children.add_not_same(first=first, second=second, why=why, by=by, at=at)


@transaction.atomic
def withdraw_not_same(*, answer: NotSame, why: str, by: User, at: datetime) -> NotSame:
    """Withdraw an answer that two records are two children; it stays on record.

    The two may be suggested and proposed again. Refused if it has been withdrawn already.
    """
    require(by, Permission.MERGE_PROPOSE)
    answer = NotSame.objects.select_for_update().get(pk=answer.pk)
    if not answer.is_standing:
        raise Refused("This has been withdrawn already. Nothing was changed.")
    both = merge_targets((answer.one_id, answer.other_id)).values()
    refuse_hidden(Child.objects.filter(pk__in=both), by)
    return children.withdraw_not_same(apart=answer, why=why, by=by, at=at)
