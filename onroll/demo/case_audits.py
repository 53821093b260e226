"""The made-up manager audits cases that a seed draws: one audit has ended, one is going on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.case_audits import actions
from onroll.case_audits.actions import FormFacts, SampleFacts
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases import actions as casework
from onroll.cases.actions import ActionFacts
from onroll.cases.models import ActionPoint, Case
from onroll.rules.action_points import Fate, Origin
from onroll.rules.case_audits import NEED_REMARK, QUESTIONS, Answer, Grade, Pool, seed_at
from onroll.rules.hours import ENGLAND

_CASES = 6
_ENOUGH = 12
"""So many open cases there are before the first audit."""
_APART = timedelta(days=10)
_LIKELY = (Answer.MET,) * 6 + (Answer.PARTLY, Answer.PARTLY, Answer.NOT_MET, Answer.NOT_ASKED)
_REMARKS = {
    "begun": "The first call was on the eighth day.",
    "enquiries": "Two enquiries do not say who answered.",
    "child": "Nobody wrote down what the child wishes.",
    "risk": "Child employment was not thought of.",
    "family": "The family was told only by telephone, and nothing is on record.",
    "decisions": "The level of risk was changed without a reason.",
    "sharing": "One request of the health service is not in the log.",
    "clocks": "The review was four days late, and it is not said why.",
    "plan": "There is a next step and no day.",
}
_ACTIONS = {
    "child": "See the child, and write down what they wish",
    "family": "Tell the family what was done, and put it on record",
    "plan": "Agree the next step and its day with the manager",
}
_GOOD = (
    "The neighbour was asked on the first day, and the call is written down in full.",
    "Brothers and sisters were looked at together.",
    "The reasons are clear to somebody who does not know the case.",
)
_RESULT = "It was done at the visit, and is on record."


@dataclass
class Auditor:
    """Who draws the samples and fills in the forms: the manager."""

    people: dict[str, User]
    chance: Random

    def work(self, *, at: datetime) -> None:
        """Audit some cases once there are enough, begin again later, and follow what was asked."""
        by = self.people["max"]
        last = CaseAudit.objects.order_by("pk").last()
        if last is None and Case.objects.open().count() >= _ENOUGH:
            self._audit(by, at, _CASES)
            actions.end_audit(audit=CaseAudit.objects.get(), by=by, at=at)
        elif last is not None and not last.is_open and at - last.at > _APART:
            self._audit(by, at, _CASES // 3)
        self._follow(by, at)

    def _audit(self, by: User, at: datetime, forms: int) -> None:
        """Draw a sample, and fill in so many of its forms."""
        facts = SampleFacts(Pool.OPEN.value, _CASES, seed_at(at))
        audit = actions.start_audit(facts=facts, by=by, at=at)
        rows = SampleCase.objects.filter(audit=audit).select_related("audit", "case__owner")
        for row in rows.order_by("place")[:forms]:
            self._grade(row, by, at)

    def _grade(self, row: SampleCase, by: User, at: datetime) -> None:
        answers = {code: self.chance.choice(_LIKELY) for code in QUESTIONS}
        lacking = [code for code, answer in answers.items() if answer in NEED_REMARK]
        worst = Grade.INADEQUATE if len(lacking) > 5 else Grade.IMPROVE
        form = FormFacts(
            answers={code: answer.value for code, answer in answers.items()},
            remarks={code: _REMARKS[code] for code in lacking},
            grade=(Grade.OUTSTANDING if not lacking else Grade.GOOD).value
            if len(lacking) < 3
            else worst.value,
            good=self.chance.choice(_GOOD),
        )
        asked = [_ACTIONS[code] for code in lacking if code in _ACTIONS]
        due_on = at.astimezone(ENGLAND).date() + timedelta(days=self.chance.choice((7, 14, 21)))
        whom = row.case.owner.name if row.case.owner else "Olive Obi"
        action = ActionFacts(asked[0], whom, due_on) if asked else None
        actions.grade_case(sample=row, form=form, action=action, by=by, at=at)

    def _follow(self, by: User, at: datetime) -> None:
        """Write down what came of some of what is due."""
        day = at.astimezone(ENGLAND).date()
        rows = ActionPoint.objects.open().filter(origin=Origin.CASE_AUDIT, due_on__lte=day)
        for row in rows.order_by("pk"):
            if self.chance.random() < 0.5:
                casework.finish_action_point(
                    action=row, fate=Fate.DONE, on=day, result=_RESULT, by=by, at=at
                )
