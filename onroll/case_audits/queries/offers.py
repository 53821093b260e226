"""What audits show of themselves on Today and in the chronology of a case."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.case_audits.models import SampleCase
from onroll.case_audits.queries.audits import audits_in_sight
from onroll.cases.models import Case
from onroll.cases.offers import Event, EventKind, Rows, Todo
from onroll.cases.queries import may_on
from onroll.rules.case_audits import NEED_REMARK, QUESTIONS
from onroll.rules.day import Call


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many audits are to end. `on` and `at` are not used."""
    if not may(user, Permission.CASE_OVERSEE):
        return []
    return [
        Todo(
            "case_audits",
            audits_in_sight(user).filter(ended_at__isnull=True),
            ("case audit that is going on", "case audits that are going on"),
            "case_audits:audits",
            meaning="soon",
            since="at",
            owner=F("by__name"),
            call=Call.WAITS,
            is_silent_at_none=True,
        )
    ]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return the forms of a case, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    forms = SampleCase.objects.filter(case=case, graded_at__isnull=False)
    return {"forms": forms.select_related("graded_by").annotate(audit_ref=F("audit__ref"))}


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return the grade and remarks of each form. Neither `case` nor `user` is used."""
    return [_of_form(form) for form in rows.get("forms", ())]


def _of_form(row: Any) -> Event:
    """Return the grade of a case, with what was good and each remark."""
    good = f"What was good: {row.good}" if row.good else ""
    remarks = (
        f"{question.title}: {row.remarks[code]}"
        for code, question in QUESTIONS.items()
        if row.remarks.get(code)
    )
    what = f"Case audit {row.audit_ref}: {row.grade_words}{_short(row)}"
    return _event(row.graded_at, what, "\n".join(filter(None, (good, *remarks))), row.graded_by)


def _short(row: Any) -> str:
    """Return how many questions were not met as a whole."""
    number = sum(answer in NEED_REMARK for answer in row.answers.values())
    return f"; {number} of {len(QUESTIONS)} partly met or not met" if number else ""


def _event(at: datetime, what: str, words: str, by: User | None, day: date | None = None) -> Event:
    return Event(at, what, words, by, day, EventKind.CASE_AUDIT, "Case audit")
