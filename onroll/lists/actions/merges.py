"""The part of a merge that concerns lists: what they show of both records is the kept child's."""

from django.db import transaction

from onroll.children import actions as children
from onroll.children.models import Child
from onroll.lists.models import Finding


@transaction.atomic
def join_findings(*, kept: Child, merged: Child) -> list[children.Change]:
    """Give the findings about `merged` to `kept`; return every change.

    What is asked of the kept record already stays with the other, and waits no more.
    """
    waiting = set(Finding.objects.waiting().filter(child=kept).values_list("kind", "school"))
    return [
        children.change(finding, child_id=kept.pk)
        for finding in Finding.objects.filter(child=merged).order_by("pk")
        if not finding.is_waiting or (finding.kind, finding.school_id) not in waiting
    ]
