"""The made-up officers keep the clocks of their cases: not every one of them in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, Subject
from onroll.rules import pathway

_DONE = {
    "first_enquiries_5": "Asked Admissions, the last school and both telephone numbers.",
    "four_week_point": "Weighed with the school: the name stays on the roll for now.",
    "four_weeks": "Weighed with the school, as the policy asks.",
}
_BEFORE = timedelta(days=2)


@dataclass
class Diligence:
    """Officers who take their cases up, and do what the clocks of these wait for."""

    chance: Random

    def work(self, *, at: datetime) -> None:
        """Start work on some cases that have an owner, and meet some clocks that end soon."""
        owned = Case.objects.open().filter(owner__isnull=False)
        for case in owned.filter(stage=pathway.Stage.REPORTED.value).select_related("owner"):
            if case.owner is not None and self.chance.random() < 0.5:
                why = "Read the referral and the record."
                casework.move_case(case=case, move=pathway.START, why=why, at=at, by=case.owner)
        due = Deadline.objects.running().filter(
            subject=Subject.CASE.value, clock__in=_DONE, due_on__lte=at.date() + _BEFORE
        )
        cases = owned.select_related("owner").in_bulk([deadline.subject_id for deadline in due])
        for deadline in due:
            case_of = cases.get(deadline.subject_id)
            if case_of is not None and case_of.owner is not None and self.chance.random() < 0.15:
                casework.meet_deadline(
                    case=case_of,
                    deadline=deadline,
                    why=_DONE[deadline.clock],
                    by=case_of.owner,
                    at=at,
                )
