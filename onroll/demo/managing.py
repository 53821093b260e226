"""The made-up manager: reviews some cases that are due, and answers what officers ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case, ManagerQuestion
from onroll.cases.queries.manager import is_review_due
from onroll.cases.queries.risk import risk_of, with_risk
from onroll.demo.denials import no_risks

_QUESTIONS = (
    "The landlord says that nobody lives there. May I ask the police for a welfare check?",
    "The aunt in Luton does not open. Do we hand the child over before somebody has seen them?",
    "The school wants to take the name off the roll this week. I would refuse. Do you agree?",
)
_ANSWERS = (
    ("Yes. Ring today, and write down the reference.", "Nobody has seen the child for a month."),
    ("No. Ask Luton to visit first.", "A child is ours until another authority has them."),
)
_WHEREABOUTS = "Nobody knows; the last who saw the child was a neighbour, before half-term."
_DONE = "The school, Admissions and housing were asked. Nobody has been to the grandmother."
_DECISIONS = "Visit the grandmother this week.\nAsk health where the child is registered."


@dataclass
class Managing:
    """What comes to the manager, day by day; some of it is left for who tries the demo."""

    people: dict[str, User]
    chance: Random

    def work(self, *, at: datetime, is_last: bool) -> None:
        """Let an officer ask now and then; answer what waits since yesterday, and hold some of the
        reviews that are due; on the last day leave all that."""
        owned = Case.objects.open().filter(owner=self.people["olive"]).order_by("pk")
        if (is_last or self.chance.random() < 0.2) and (cases := list(owned)):
            case, text = self.chance.choice(cases), self.chance.choice(_QUESTIONS)
            if not ManagerQuestion.objects.waiting().filter(case=case).exists():
                casework.ask_manager(case=case, text=text, by=self.people["olive"], at=at)
        if is_last:
            return
        self._answer(at)
        for case in with_risk(Case.objects.filter(is_review_due(at.date()))).order_by("pk"):
            if self.chance.random() < 0.3:
                self._review(case, at)

    def _answer(self, at: datetime) -> None:
        for question in ManagerQuestion.objects.waiting().filter(at__lt=at - timedelta(hours=12)):
            decision, why = self.chance.choice(_ANSWERS)
            by = self.people["max"]
            casework.answer_question(question=question, decision=decision, why=why, by=by, at=at)

    def _review(self, case: Case, at: datetime) -> None:
        """Review a case and find no new risk; the level stays as it is."""
        level = risk_of(case).judgement.by_facts
        findings = casework.Findings(
            words={"whereabouts": _WHEREABOUTS, "done": _DONE, "decisions": _DECISIONS},
            level=level,
            level_why="What was found at the last review is still looked into.",
            next_on=casework.due_of(level, at.date()),
            answers=no_risks(case),
        )
        casework.hold_review(case=case, findings=findings, by=self.people["max"], at=at)
