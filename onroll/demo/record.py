"""The made-up officers write down what families were told; now and then somebody complains."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.queries import get_case
from onroll.record import actions
from onroll.record.actions import Telling
from onroll.record.models import Complaint
from onroll.rules.complaints import Complainant

_DAY_NEVER = date.min
_TELLINGS = (
    Telling(
        was_told=True,
        on=_DAY_NEVER,
        words="That the council looks for the child, why, and whom they can ring.",
        whom="The mother, by the number on record",
        method="telephone",
    ),
    Telling(
        was_told=True,
        on=_DAY_NEVER,
        words="What the law asks of them, and that we ask for the name of the new school.",
        whom="Both parents, at the last address",
        method="letter",
    ),
    Telling(
        was_told=False,
        on=_DAY_NEVER,
        words="No number answers, and nobody opens at the last address.",
    ),
)
_COMPLAINTS = (
    (Complainant.PARENT, "Nobody told us that our child was on a list of missing children."),
    (Complainant.SCHOOL, "We sent the file twice and had no answer for three weeks."),
)
_WAIT = timedelta(days=6)


@dataclass
class Clerk:
    """Who writes down what is told to families, and answers those who complain."""

    chance: Random

    def work(self, *, at: datetime) -> None:
        """Tell some families, take a complaint now and then, and answer those of last week."""
        owned = Case.objects.open().filter(owner__isnull=False).select_related("owner")
        for case in owned.order_by("pk"):
            if case.owner and self.chance.random() < 0.02:
                telling = replace(self.chance.choice(_TELLINGS), on=at.date())
                actions.tell_family(case=case, telling=telling, by=case.owner, at=at)
            if case.owner and self.chance.random() < 0.001:
                self._complain(case, case.owner, at)
        waiting = Complaint.objects.filter(answered_on__isnull=True, at__lt=at - _WAIT)
        for complaint in waiting.select_related("case__owner").order_by("pk"):
            if complaint.case.owner and self.chance.random() < 0.4:
                self._answer(complaint, complaint.case.owner, at)

    def _complain(self, case: Case, by: User, at: datetime) -> None:
        complainant, words = self.chance.choice(_COMPLAINTS)
        actions.record_complaint(
            case=case, came_on=at.date(), complainant=complainant, words=words, by=by, at=at
        )

    def _answer(self, complaint: Complaint, by: User, at: datetime) -> None:
        """Make the file of the case, and answer."""
        case = get_case(by, complaint.case.ref, on=at.date())
        why = f"For the answer to complaint {complaint.ref}"
        actions.make_case_file(case=case, why=why, complaint=complaint, by=by, at=at)
        actions.answer_complaint(
            complaint=complaint,
            on=at.date(),
            answer="We are sorry. We ring each week, and say what we have found.",
            by=by,
            at=at,
        )
