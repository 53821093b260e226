"""The made-up officers tell families, and answer who complains with the file of the case."""

from datetime import timedelta
from random import Random

import pytest

from onroll.cases.models import Case
from onroll.demo.record import Clerk
from onroll.record.models import CaseFile, Complaint, FamilyTelling
from tests.cases.world import AT

pytestmark = pytest.mark.django_db


class Always(Random):
    """A chance that always falls."""

    def random(self) -> float:
        """Return the least chance."""
        return 0.0


def test_made_up_officers_tell_families_and_answer_complaints(case: Case) -> None:
    clerk = Clerk(Always(1))
    clerk.work(at=AT + timedelta(days=5))
    clerk.work(at=AT + timedelta(days=12))
    assert FamilyTelling.objects.filter(case=case).count() == 4
    assert Complaint.objects.filter(answered_on__isnull=False).count() == 1
    assert CaseFile.objects.count() == 1
