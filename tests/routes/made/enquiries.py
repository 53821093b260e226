"""Enquiries on both cases: planned, told by the school, and one that the school is asked."""

from django.utils import timezone

from onroll.cases.models import Case
from onroll.clocks import actions as clocks
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.rules.enquiry_log import Act, Result
from onroll.schools.models import School
from tests.documents.made import photo
from tests.people import People


def enquire(everyone: People, ours: Case, theirs: Case, school: School) -> None:
    """Put enquiries of each kind on our case, and one on theirs."""
    at, first = timezone.now(), ours.deadlines.get(clock="first_enquiries_5")
    on = timezone.localdate()
    enquiries.plan_enquiries(case=ours, steps=["sen"], by=everyone.olive, at=at)
    told = EntryFacts(
        on=on,
        words="Goldcresting at a cousin's",
        result=Result.NOTHING_KNOWN,
        file=("letter.png", photo("PNG")),
    )
    enquiries.record_enquiry(
        on_cases=[ours],
        step="staff",
        entries={Act.ANSWER: told},
        by_school=school,
        by=everyone.sam,
        at=at,
    )
    enquiries.record_enquiry(
        on_cases=[ours],
        step="friends",
        entries={Act.ASK: EntryFacts(on=on, words="Who is a friend?")},
        asked_school=school,
        by=everyone.olive,
        at=at,
    )
    enquiries.plan_enquiries(case=theirs, steps=["sen"], by=everyone.olive, at=at)
    first.refresh_from_db()
    clocks.run_again(deadline=first)  # tests of clocks need one of ours that runs
