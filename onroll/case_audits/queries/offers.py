"""What audits show of themselves on Today, in the diary, on a case and in its chronology."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.case_audits.models import AuditAction, SampleCase
from onroll.case_audits.queries.audits import actions_in_sight, audits_in_sight
from onroll.cases import words
from onroll.cases.models import Case
from onroll.cases.offers import Coming, Event, EventKind, Panel, Part, Rows, Todo
from onroll.cases.queries import may_on
from onroll.rules.case_audits import NEED_REMARK, QUESTIONS
from onroll.rules.day import Call
from onroll.rules.hours import ENGLAND


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many actions wait, and how many audits are to end. `at` is not used."""
    todos = []
    if may(user, Permission.CASE_WORK):
        todos.append(
            Todo(
                "audit_actions",
                actions_in_sight(user, on=on),
                ("action of a case audit to be done", "actions of case audits to be done"),
                "case_audits:actions",
                meaning="soon",
                since="at",
                owner=F("case__owner__name"),
                call=Call.WAITS,
                call_if_late=Call.LOCAL_OVERDUE,
                presses=Q(due_on__lt=on),
                is_silent_at_none=True,
            )
        )
    if may(user, Permission.CASE_OVERSEE):
        todos.append(
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
        )
    return todos


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return by when actions are to be done; one query."""
    is_hidden = is_masked(user, Permission.CASE_LIST) or is_masked(user, Permission.CASE_VIEW)
    return [
        Coming(
            on=row.due_on,
            words="Do what a case audit asks for",
            about=words.initials(row.case.child) if is_hidden else row.case.child.name,
            ref=row.case.ref,
            url=page_address("case_audits:finish", row.ref),
            child=row.case.child_id,
        )
        for row in actions_in_sight(user, on=on).filter(due_on__range=(on, until))
    ]


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Any]]:
    """Return what audits ask for on a case and still waits, for who reads its log. `on` is not
    used."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    rows = AuditAction.objects.filter(case=case, done_on__isnull=True)
    return {"actions": rows.order_by("due_on", "pk")}


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return those actions, where there are any."""
    if not rows.get("actions"):
        return []
    context = {
        "case": case,
        "lines": [(row, words.meaning(row.due_on, on=on)) for row in rows["actions"]],
        "may_work": may_on(user, Permission.CASE_WORK, case),
    }
    return [Panel("case_audits/panels/actions.html", context, ("case audit",), Part.DUE)]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return the forms of a case and what they ask for, for who reads its log."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    forms = SampleCase.objects.filter(case=case, graded_at__isnull=False)
    actions = AuditAction.objects.filter(case=case)
    return {
        "forms": forms.select_related("graded_by").annotate(audit_ref=F("audit__ref")),
        "actions": actions.select_related("by", "done_by").annotate(
            audit_ref=F("sample__audit__ref")
        ),
    }


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return the grade and remarks of each form, what it asks for, and what came of that. Neither
    `case` nor `user` is used."""
    forms, actions = rows.get("forms", ()), rows.get("actions", ())
    return [
        *(_of_form(form) for form in forms),
        *(event for row in actions for event in _of_action(row)),
    ]


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


def _of_action(row: Any) -> Iterator[Event]:
    name = f"case audit {row.audit_ref}"
    yield _event(row.at, f"Asked for by {name}: {row.words}", f"Who does it: {row.whom}", row.by)
    if row.done_at:
        is_same_day = row.done_on == row.done_at.astimezone(ENGLAND).date()
        day = None if is_same_day else row.done_on
        what = f"Done, as {name} asked: {row.words}"
        yield _event(row.done_at, what, row.result, row.done_by, day)


def _event(at: datetime, what: str, words: str, by: User | None, day: date | None = None) -> Event:
    return Event(at, what, words, by, day, EventKind.CASE_AUDIT, "Case audit")
