"""What the families of the two children were told, and a complaint about each case."""

from django.utils import timezone

from onroll.cases.models import Case
from onroll.cases.queries import get_case
from onroll.record import actions as record
from onroll.record.actions import Telling
from onroll.rules.complaints import Complainant
from tests.people import People


def complain(everyone: People, ours: Case, theirs: Case) -> None:
    """Tell each family something, write down a complaint about each case, and make its file."""
    at = timezone.localtime()
    for case in (ours, theirs):
        telling = Telling(was_told=False, on=at.date(), words="It is not safe yet.")
        record.tell_family(case=case, telling=telling, by=everyone.max, at=at)
        complaint = record.record_complaint(
            case=case,
            came_on=at.date(),
            complainant=Complainant.PARENT,
            words="Nobody rang us.",
            by=everyone.max,
            at=at,
        )
        whole = get_case(everyone.max, case.ref, on=at.date())
        record.make_case_file(
            case=whole, why="For the answer", complaint=complaint, by=everyone.max, at=at
        )
