"""The form of each case of a sample: its answers, its grade, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.case_audits.actions.audits import lock
from onroll.case_audits.models import AuditAction, SampleCase
from onroll.clocks import actions as clocks
from onroll.rules.clocks import CLOCKS
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed, Refused
from onroll.schools.queries import our_policy

CLOCK = CLOCKS["audit_action"].code
_SAME = timedelta(minutes=15)


@dataclass(frozen=True)
class ActionFacts:
    """What is asked for, who does it, and by when."""

    words: str
    whom: str
    due_on: date


@dataclass(frozen=True)
class FormFacts:
    """The answers and remarks by question, the grade of the whole, and what was good."""

    answers: Mapping[str, str]
    remarks: Mapping[str, str]
    grade: str
    good: str


@transaction.atomic
def grade_case(
    *,
    sample: SampleCase,
    form: FormFacts,
    action: ActionFacts | None = None,
    by: User,
    at: datetime,
) -> SampleCase:
    """Keep the form of a case, and the first thing that it asks for, if anything.

    Refused for a case that the auditor owns. Changed where somebody filled it in meanwhile.
    """
    lock(sample.audit)
    row = _locked(sample)
    if row.case.owner_id == by.pk:
        raise Refused("You own this case. Somebody else audits it, or it is left out.")
    row.answers, row.remarks = dict(form.answers), dict(form.remarks)
    row.grade, row.good, row.graded_at, row.graded_by = form.grade, form.good, at, by
    row.save(update_fields=["answers", "remarks", "grade", "good", "graded_at", "graded_by"])
    if action is not None:
        _add(row, action, by=by, at=at)
    return row


@transaction.atomic
def leave_out(*, sample: SampleCase, why: str, by: User, at: datetime) -> SampleCase:
    """Leave a case of the sample out, for a reason. Changed where it has its form."""
    lock(sample.audit)
    row = _locked(sample)
    row.left_out_at, row.left_out_by, row.left_out_why = at, by, why
    row.save(update_fields=["left_out_at", "left_out_by", "left_out_why"])
    return row


def _locked(sample: SampleCase) -> SampleCase:
    """Return a case of a sample as it is now, locked, that waits for its form."""
    rows = SampleCase.objects.select_for_update(of=("self",))
    row: SampleCase = rows.select_related("case", "graded_by", "left_out_by").get(pk=sample.pk)
    if row.graded_by is not None:
        raise Changed(f"{row.graded_by.name} filled in this form meanwhile: {row.grade_words}")
    if row.left_out_by is not None:
        raise Changed(f"{row.left_out_by.name} left it out meanwhile: {row.left_out_why}")
    return row


@transaction.atomic
def ask_for(*, sample: SampleCase, action: ActionFacts, by: User, at: datetime) -> AuditAction:
    """Ask for one more thing on a case that has its form.

    Refused where the very same came minutes ago. Changed where the audit has ended.
    """
    lock(sample.audit)
    rows = SampleCase.objects.select_for_update(of=("self",))
    row: SampleCase = rows.select_related("case").get(pk=sample.pk)
    if row.graded_at is None:
        raise Refused("Fill in the form first.")
    if row.case.owner_id == by.pk:
        raise Refused("You own this case. Somebody else audits it.")
    same = row.actions.filter(words=action.words, whom=action.whom, at__gt=at - _SAME)
    if same.exists():
        raise Refused("This action was written down minutes ago. Nothing was added.")
    return _add(row, action, by=by, at=at)


def _add(sample: SampleCase, action: ActionFacts, *, by: User, at: datetime) -> AuditAction:
    """Add an action, with its clock. Refused for a day before today or later than may be set."""
    today = at.astimezone(ENGLAND).date()
    last = today + timedelta(days=our_policy().on(today).audit_action_days)
    if not today <= action.due_on <= last:
        raise Refused(f"By when: it must be between today and {in_words(last)}", field="due_on")
    row = AuditAction.objects.create(
        sample=sample,
        case=sample.case,
        words=action.words,
        whom=action.whom,
        due_on=action.due_on,
        by=by,
        at=at,
    )
    clocks.start_on(of=row, clock=CLOCK, starts_on=today, due_on=action.due_on)
    return row


@transaction.atomic
def finish(*, action: AuditAction, on: date, result: str, by: User, at: datetime) -> AuditAction:
    """Write down what came of an action, and on which day; its clock is met.

    Changed where somebody did meanwhile. Refused for a day before it was asked for, or to come.
    """
    rows = AuditAction.objects.select_for_update(of=("self",))
    row: AuditAction = rows.select_related("case", "done_by").get(pk=action.pk)
    if row.done_by is not None:
        raise Changed(f"{row.done_by.name} wrote down meanwhile what came of it: {row.result}")
    first, today = (moment.astimezone(ENGLAND).date() for moment in (row.at, at))
    if not first <= on <= today:
        raise Refused(
            f"Day: it must be between {in_words(first)}, when it was asked for, and today",
            field="on",
        )
    row.result, row.done_on, row.done_at, row.done_by = result, on, at, by
    row.save(update_fields=["result", "done_on", "done_at", "done_by"])
    clocks.meet(clocks=row.deadlines, on=on)
    return row
