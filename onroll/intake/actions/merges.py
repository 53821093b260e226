"""The part of a merge that concerns files: what was said of both records is the kept child's."""

from datetime import datetime

from django.db import transaction

from onroll.children import actions as children
from onroll.children.models import Child
from onroll.intake.models import Decision, Row
from onroll.intake.records.facts import facts_of


@transaction.atomic
def join_records(*, kept: Child, merged: Child) -> list[children.Change]:
    """Give the records and answers about `merged` to `kept`; return every change."""
    return [
        *(children.change(row, child_id=kept.pk) for row in Row.objects.filter(child=merged)),
        *(
            children.change(decision, child_id=kept.pk)
            for decision in Decision.objects.filter(child=merged)
        ),
    ]


@transaction.atomic
def say_again(*, child: Child, since: datetime) -> bool:
    """Add to the child what records applied since a moment say; return whether there are any.

    It was known from a record that was merged into the child's then, and is parted from it now.
    """
    rows = list(Row.objects.filter(child=child, applied_at__gte=since))
    for row in rows:
        if row.child is not None and row.transfer.source is not None:
            children.add_facts(
                child=row.child,
                facts=facts_of(row.record),
                source=row.transfer.source,
                row=row.number,
            )
    return bool(rows)
