"""What stands on a case that joined another comes to the one that goes on: two records, one child.

A complaint that stayed behind on a closed case would be answered by nobody.
"""

from django.db import transaction

from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child
from onroll.clocks.models import Deadline, Subject
from onroll.record.models import CaseFile, Complaint, FamilyTelling

OF_CASE = (FamilyTelling, Complaint, CaseFile)


@transaction.atomic
def join_record(*, target: Child, merged: Child) -> list[children.Change]:
    """Give what the family was told, complaints and files of a case that joined another to the
    open one, and the clocks of complaints about either record to the kept child.

    For records whose cases have been joined already. Returns every change.
    """
    clocks = Deadline.objects.filter(subject=Subject.COMPLAINT.value, child=merged)
    changes = [children.change(clock, child_id=target.pk) for clock in clocks.order_by("pk")]
    case = Case.objects.open().filter(child=target).first()
    if case is None:
        return changes
    for model in OF_CASE:
        rows = model.objects.filter(
            case__child=target, case__closed_on__isnull=False, case__outcome="same_child"
        )
        for row in rows.only("pk", "case").order_by("pk"):
            changes.append(children.change(row, case_id=case.pk))
    return changes
