"""An audit that has ended, and one that is going on, both about our case."""

from datetime import timedelta

from django.utils import timezone

from onroll.case_audits import actions
from onroll.case_audits.actions import FormFacts, SampleFacts
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases.actions import ActionFacts
from onroll.cases.models import Case
from onroll.rules.case_audits import QUESTIONS, Answer, Grade, Pool
from tests.people import People

FIRST, SECOND = 7, 8
"""Their seeds."""


def audit(everyone: People, ours: Case) -> None:
    """Audit every open case in the manager's sight, and begin again with a form to fill in."""
    first, second = (_start(everyone, seed) for seed in (FIRST, SECOND))
    at = timezone.localtime()
    form = FormFacts(
        answers=dict.fromkeys(QUESTIONS, Answer.MET.value) | {"plan": Answer.PARTLY.value},
        remarks={"plan": "Redwinging has no day."},
        grade=Grade.GOOD.value,
        good="The first call.",
    )
    action = ActionFacts("Agree on a day", "Olive Obi", at.date() + timedelta(days=7))
    for audited in (first, second):
        for row in SampleCase.objects.filter(audit=audited).select_related("audit", "case"):
            if row.case != ours:
                actions.leave_out(sample=row, why="It is new.", by=everyone.max, at=at)
            elif audited == first:
                actions.grade_case(sample=row, form=form, action=action, by=everyone.max, at=at)
    actions.end_audit(audit=first, by=everyone.max, at=at)


def _start(everyone: People, seed: int) -> CaseAudit:
    facts = SampleFacts(Pool.OPEN.value, 30, seed)
    return actions.start_audit(facts=facts, by=everyone.max, at=timezone.localtime())
