"""The made-up manager: one audit has ended, one is going on, and some of what was asked is done."""

from datetime import timedelta
from random import Random

from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases.models import ActionPoint
from onroll.demo.case_audits import Auditor
from tests.cases import world as worlds
from tests.cases.world import AT
from tests.people import People


def test_the_made_up_manager_ends_an_audit_and_begins_another(people: People, db: None) -> None:
    world = worlds.build()
    auditor = Auditor({"max": people.max}, Random(3))
    auditor.work(at=AT)
    assert not CaseAudit.objects.exists()
    for n in range(12):
        child = world.child("Rowan", f"Merlin{n}", upn=f"H8012000{n:02}001")
        world.at_school(child)
        world.left(child)
        world.case(child, owner=people.olive)
    for days in range(0, 30, 3):
        auditor.work(at=AT + timedelta(days=days))
    first, second = CaseAudit.objects.order_by("pk")
    assert (first.is_open, second.is_open) == (False, True)
    waiting = [row for row in SampleCase.objects.filter(audit=second) if row.is_waiting]
    assert len(waiting) == 4
    assert ActionPoint.objects.filter(done_on__isnull=False).exists()
