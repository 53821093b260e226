"""A complaint about a case comes in, and is answered by a day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.clocks import actions as clocks
from onroll.govuk.fields import in_words
from onroll.record.models import Complaint
from onroll.rules.clocks import CLOCKS
from onroll.rules.complaints import Complainant
from onroll.rules.refusal import Changed, Refused
from onroll.schools.queries import calendar_for, our_policy

ANSWER = CLOCKS["complaint_10"].code
_SAME = timedelta(minutes=15)


@transaction.atomic
def record_complaint(
    *,
    case: Case,
    came_on: date,
    complainant: Complainant,
    words: str,
    name: str = "",
    by: User,
    at: datetime,
) -> Complaint:
    """Write down a complaint about a case, open or closed, and start the clock of its answer.

    Refused for a day to come or before the case, and where the very same came minutes ago.
    """
    if not case.opened_on <= came_on <= at.date():
        first = in_words(case.opened_on)
        raise Refused(
            f"Day: it must be between {first}, when the case opened, and today", field="came_on"
        )
    Case.objects.select_for_update().get(pk=case.pk)
    row = {"case": case, "came_on": came_on, "complainant": complainant.value, "words": words}
    if Complaint.objects.filter(**row, name=name, at__gt=at - _SAME).exists():
        raise Refused("This complaint was written down minutes ago. Nothing was added.")
    complaint = Complaint.objects.create(**row, name=name, by=by, at=at)
    clocks.start(
        of=complaint,
        from_days={ANSWER: came_on},
        calendar=calendar_for(case.school),
        policy=our_policy(),
    )
    return complaint


@transaction.atomic
def answer_complaint(
    *, complaint: Complaint, on: date, answer: str, by: User, at: datetime
) -> Complaint:
    """Write down on which day a complaint was answered, and how; its clock is met.

    Changed where somebody answered meanwhile. Refused for a day to come or before it came.
    """
    row: Complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.answered_by is not None and row.answered_on is not None:
        day = in_words(row.answered_on)
        raise Changed(f"{row.answered_by.name} wrote down an answer of {day} meanwhile.")
    if not row.came_on <= on <= at.date():
        day = in_words(row.came_on)
        raise Refused(f"Day: it must be between {day}, when it came, and today", field="on")
    row.answered_on, row.answer, row.answered_by, row.answered_at = on, answer, by, at
    row.save(update_fields=["answered_on", "answer", "answered_by", "answered_at"])
    clocks.meet(clocks=row.deadlines, on=on)
    return row
