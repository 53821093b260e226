"""The made-up officers keep the clocks of their cases: not every one of them in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, Subject
from onroll.demo.denials import no_risks
from onroll.demo.enquiries import Enquirer
from onroll.rules import pathway
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import NOBODY, RISK_REVIEW, Word

_DONE = {
    "four_week_point": "Weighed with the school: the name stays on the roll for now.",
    "four_weeks": "Weighed with the school, as the policy asks.",
}
_BEFORE = timedelta(days=2)
_DOUBT = "A neighbour says that the eldest helps at a car wash."


@dataclass
class Diligence:
    """Officers who take their cases up, and do what the clocks of these wait for."""

    chance: Random
    enquirer: Enquirer

    def work(self, *, at: datetime) -> None:
        """Start work on some cases that have an owner, and meet some clocks that end soon."""
        owned = Case.objects.open().filter(owner__isnull=False).select_related("owner")
        for case in owned.filter(stage=pathway.Stage.REPORTED.value):
            if case.owner is not None and self.chance.random() < 0.5:
                why = "Read the referral and the record."
                casework.move_case(case=case, move=pathway.START, why=why, at=at, by=case.owner)
                self._review_risks(case, by=case.owner, at=at)
                self.enquirer.begin(case, by=case.owner, at=at)
        for case in owned.filter(stage=pathway.Stage.ENQUIRIES.value).order_by("pk"):
            if case.owner is not None and self.chance.random() < 0.3:
                self.enquirer.go_on(case, by=case.owner, at=at)
        due = Deadline.objects.running().filter(
            subject=Subject.CASE.value,
            clock__in=[*_DONE, RISK_REVIEW],
            due_on__lte=at.date() + _BEFORE,
        )
        cases = owned.in_bulk([deadline.subject_id for deadline in due])
        for deadline in due:
            case_of = cases.get(deadline.subject_id)
            if case_of is not None and case_of.owner is not None and self.chance.random() < 0.15:
                self._meet(case_of, deadline, by=case_of.owner, at=at)

    def _meet(self, case: Case, deadline: Deadline, *, by: User, at: datetime) -> None:
        if deadline.clock == RISK_REVIEW:
            self._review_risks(case, by=by, at=at)
            return
        why = _DONE[deadline.clock]
        casework.meet_deadline(case=case, deadline=deadline, why=why, by=by, at=at)

    def _review_risks(self, case: Case, *, by: User, at: datetime) -> None:
        """Think of each greater risk; of one case in eight there is a doubt."""
        answers = no_risks(case)
        work = NOBODY
        if self.chance.random() < 0.125:
            answers["illegal_employment"] = (RiskAnswer.NOT_SURE, _DOUBT)
            work = Word("C. Marsh, child employment, by telephone", at.date())
        casework.review_risks(case=case, answers=answers, work=work, by=by, at=at)
