"""A school is asked for a new transfer file of a pupil who left it."""

from django.utils import timezone

from onroll.cases.actions.action_points import ask_new_file
from onroll.cases.models import Case
from onroll.schools.models import School
from tests.people import People


def ask_for_file(everyone: People, ours: Case, school: School) -> None:
    """Ask the school, though the case is open still: every page about it goes on being walked."""
    words = "Tell St Ann's to make a new file for Ammonite Lodge School"
    ask_new_file(case=ours, school=school, words=words, by=everyone.olive, at=timezone.localtime())
