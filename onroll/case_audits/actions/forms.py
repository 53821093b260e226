"""The form of each case of a sample: its answers, its grade, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.case_audits.actions.audits import lock
from onroll.case_audits.models import SampleCase
from onroll.cases.actions import ActionFacts, add_action_point
from onroll.cases.models import ActionPoint
from onroll.rules.action_points import Origin
from onroll.rules.refusal import Changed, Refused


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
    row: SampleCase = rows.select_related("case", "audit", "graded_by", "left_out_by").get(
        pk=sample.pk
    )
    if row.graded_by is not None:
        raise Changed(f"{row.graded_by.name} filled in this form meanwhile: {row.grade_words}")
    if row.left_out_by is not None:
        raise Changed(f"{row.left_out_by.name} left it out meanwhile: {row.left_out_why}")
    return row


@transaction.atomic
def ask_for(*, sample: SampleCase, action: ActionFacts, by: User, at: datetime) -> ActionPoint:
    """Ask for one more thing on a case that has its form.

    Refused where the very same came minutes ago. Changed where the audit has ended.
    """
    lock(sample.audit)
    rows = SampleCase.objects.select_for_update(of=("self",))
    row: SampleCase = rows.select_related("case", "audit").get(pk=sample.pk)
    if row.graded_at is None:
        raise Refused("Fill in the form first.")
    if row.case.owner_id == by.pk:
        raise Refused("You own this case. Somebody else audits it.")
    return _add(row, action, by=by, at=at)


def _add(sample: SampleCase, action: ActionFacts, *, by: User, at: datetime) -> ActionPoint:
    return add_action_point(
        case=sample.case,
        origin=Origin.CASE_AUDIT,
        ref=sample.audit.ref,
        action=action,
        by=by,
        at=at,
    )
