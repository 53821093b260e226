"""The forms of audits of casework, filled in."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from onroll.case_audits import actions
from onroll.case_audits.actions import FormFacts
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.rules.case_audits import QUESTIONS, Answer, Grade, Pool
from tests.journeys.visitor import Visitor
from tests.receipts.filled import Filled, nothing
from tests.receipts.of_meetings import WHY, _day
from tests.routes import World
from tests.routes.made.case_audits import SECOND

MET = dict.fromkeys(QUESTIONS, Answer.MET.value)
ACTION = {"action": "Agree on a day", "whom": "Olive Obi"}


def audit(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the audit that is going on."""
    return {"ref": CaseAudit.objects.get(seed=SECOND).ref}


def sample(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return our case in it."""
    row = SampleCase.objects.select_related("audit").get(audit__seed=SECOND, case=world.ours)
    return {"ref": row.audit.ref, "pk": row.pk}


def graded(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return our case in it, which has its form."""
    arguments = sample(world, visitor)
    row = SampleCase.objects.select_related("audit").get(pk=arguments["pk"])
    form = FormFacts(MET, {}, Grade.GOOD.value, "")
    actions.grade_case(sample=row, form=form, by=world.people.max, at=timezone.localtime())
    return arguments


def to_end(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the audit, of which each case has its form."""
    graded(world, visitor)
    return audit(world, visitor)


FORMS: dict[str, Filled] = {
    "case_audits:start": Filled(
        "Draw the sample",
        nothing,
        {"pool": Pool.OPEN.value, "number": "3", "seed": "20261130"},
        who="max",
    ),
    "case_audits:grade": Filled(
        "Save", sample, {**MET, "grade": Grade.GOOD.value, "is_asked": "no"}, who="max"
    ),
    "case_audits:leave_out": Filled("Save", sample, {"why": WHY}, who="max"),
    "case_audits:ask": Filled("Save", graded, {**ACTION, **_day("due_on", 7)}, who="max"),
    "case_audits:end": Filled("End it", to_end, who="max"),
}
