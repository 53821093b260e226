"""Record that two records are two children, and withdraw such an answer."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.models import Child, NotSame


@transaction.atomic
def add_not_same(*, first: Child, second: Child, why: str, by: User, at: datetime) -> NotSame:
    """Record that two records are two children; an answer that stands already is returned."""
    low, high = sorted((first.pk, second.pk))
    answer, _ = NotSame.objects.get_or_create(
        one_id=low,
        other_id=high,
        withdrawn_at__isnull=True,
        defaults={"why": why, "by": by, "at": at},
    )
    return answer


@transaction.atomic
def withdraw_not_same(*, apart: NotSame, why: str, by: User, at: datetime) -> NotSame:
    """Withdraw an answer; it stays on record with who withdrew it and why."""
    apart.withdrawn_at, apart.withdrawn_by, apart.withdrawn_why = at, by, why
    apart.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return apart
