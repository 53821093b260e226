"""The clocks of enquiries: the day on which each is chased, and what the night does for them."""

from datetime import date, datetime

from django.db import transaction

from onroll.cases.models import Case
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Ended, Subject
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.clocks import CLOCKS
from onroll.schools.queries import calendar_for, our_policy

CHASE = CLOCKS["enquiry_answer_5"].code
FIRST = CLOCKS["first_enquiries_5"].code


def start_chase(enquiry: Enquiry, facts: EntryFacts, *, at: datetime) -> None:
    """Start the clock of the day on which an answer is asked for again (`chase_day`).

    The clock alone keeps that day.
    """
    meet_chase(enquiry, on=at.date())
    due = chase_day(enquiry, facts, at=at)
    deadline, is_new = clocks.start_on(of=enquiry, clock=CHASE, starts_on=facts.on, due_on=due)
    if not is_new:  # asked and chased on one day: the clock of that day runs again, to the new day
        deadline.due_on = due
        deadline.save(update_fields=["due_on"])
        clocks.run_again(deadline=deadline)


def chase_day(enquiry: Enquiry, facts: EntryFacts, *, at: datetime) -> date:
    """Return on which day an answer is asked for again.

    That is the day that was set, or what the policy's school days make of the day they were asked;
    today where that is over.
    """
    calendar, policy = calendar_for(enquiry.case.school), our_policy()
    by_policy = clocks.due_on(CHASE, facts.on, calendar=calendar, policy=policy)
    return max(at.date(), facts.on, facts.chase_on or by_policy)


def meet_chase(enquiry: Enquiry, *, on: date) -> None:
    """Say that an enquiry is not waited for any more, or was chased."""
    clocks.meet(clocks=enquiry.deadlines, on=on)


def note_first_enquiry(case: Case, *, on: date) -> None:
    """Meet the clock of a case that waits for the authority's first enquiry."""
    clocks.meet(clocks=case.deadlines.filter(clock=FIRST), on=on)


@transaction.atomic
def keep_clocks(*, on: date, at: datetime) -> int:
    """End the clocks of enquiries whose case has closed; return how many changed.

    Those of a case that was opened again run on. `at` is not used.
    """
    closed = Enquiry.objects.filter(case__closed_on__isnull=False).values("pk")
    waiting = Enquiry.objects.waiting().values("pk")
    rows = Deadline.objects.filter(subject=Subject.ENQUIRY.value)
    ended = clocks.end(clocks=rows.filter(subject_id__in=closed), on=on, why=Ended.CASE_CLOSED)
    again = rows.filter(subject_id__in=waiting)
    return ended + clocks.run_on(clocks=again, ended=[Ended.CASE_CLOSED])
