"""A question to the manager about a case, its answer, and that the answer was read."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.actions.lock import record, take
from onroll.cases.actions.telling import tell_managers, tell_person
from onroll.cases.models import Case, ManagerQuestion
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules.manager_review import ANSWERED_STEP, ASKED_STEP
from onroll.rules.refusal import Refused


@transaction.atomic
def ask_manager(*, case: Case, text: str, by: User, at: datetime) -> ManagerQuestion:
    """Keep what an officer asks; it waits for every manager, on Today and on their page, and each
    is written to.

    Also on a closed case. Refused where the same is asked of it already and waits.
    """
    case = take(case, None)
    if ManagerQuestion.objects.waiting().filter(case=case, text=text).exists():
        raise Refused("This is asked already, and waits for an answer.")
    question = ManagerQuestion.objects.create(case=case, text=text, at=at, by=by)
    record(case, ASKED_STEP, why="", at=at, by=by)
    tell_managers(case=case, kind=Kind.MANAGER_ASKED, at=at, by=by)
    return question


@transaction.atomic
def answer_question(
    *, question: ManagerQuestion, decision: str, why: str, by: User, at: datetime
) -> ManagerQuestion:
    """Keep the manager's decision and its reason, and write to who asked; refused where somebody
    answered meanwhile. No manager is written to any more of what waits no longer."""
    question = _lock(question)
    if not may(by, Permission.CASE_OVERSEE):
        raise Refused("Only a manager answers this.")
    if question.answered_by is not None:
        raise Refused(
            f"{question.answered_by.name} has answered this meanwhile. What you wrote is not saved."
        )
    question.decision, question.why = decision, why
    question.answered_at, question.answered_by = at, by
    question.save(update_fields=["decision", "why", "answered_at", "answered_by"])
    case = question.case
    record(case, ANSWERED_STEP, why="", at=at, by=by)
    if not ManagerQuestion.objects.waiting().filter(case=case).exists():
        messages.withdraw(kinds=[Kind.MANAGER_ASKED], refs=[case.ref])
    tell_person(case=case, person=question.by, kind=Kind.MANAGER_ANSWERED, at=at, by=by)
    return question


@transaction.atomic
def note_answer_read(*, question: ManagerQuestion, by: User, at: datetime) -> ManagerQuestion:
    """Keep that an answer was read by who works on the case; the first time counts."""
    question = _lock(question)
    if question.answered_at is None:
        raise Refused("Nobody has answered this yet.")
    if question.read_at is None:
        question.read_at, question.read_by = at, by
        question.save(update_fields=["read_at", "read_by"])
    return question


def _lock(question: ManagerQuestion) -> ManagerQuestion:
    rows = ManagerQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("case", "answered_by", "by").get(pk=question.pk)
