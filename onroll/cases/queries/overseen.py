"""What a manager watches over on cases, counted as the register counts it."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, CaseReview, ManagerQuestion
from onroll.cases.offers import Todo
from onroll.cases.queries.manager import clocks_of_review, has_question, is_review_due
from onroll.cases.queries.register import is_overdue
from onroll.cases.queries.risk import level_is
from onroll.clocks.models import Deadline, Subject
from onroll.rules.pathway import Stage
from onroll.rules.risk_level import RiskLevel

REGISTER = "cases:register"


def manager_todos(user: User, *, on: date) -> list[Todo]:
    """Return what waits for a manager on cases, for Today and for their page."""
    if not may(user, Permission.CASE_OVERSEE):
        return []
    cases = Case.objects.visible_to(user, on=on)
    waiting = CaseReview.objects.waiting().filter(case=OuterRef("pk"))
    due = waiting.values(first=Subquery(clocks_of_review(OuterRef("pk")).values("due_on")[:1]))
    questions = ManagerQuestion.objects.waiting().filter(case=OuterRef("pk")).order_by("at")
    return [
        _todo(
            "manager_reviews",
            cases.filter(is_review_due(on)),
            ("case to review as its manager", "cases to review as their manager"),
            {"review": "due"},
            since=Subquery(due[:1]),
            is_by_day=True,
        ),
        _todo(
            "manager_questions",
            cases.filter(has_question()),
            ("case with a question to the manager", "cases with a question to the manager"),
            {"question": "waits", "stage": "all"},
            since=Subquery(questions.values("at")[:1]),
        ),
    ]


def overseen(user: User, *, on: date) -> list[Todo]:
    """Return what a manager watches on cases, each as the register counts it."""
    opened = Case.objects.visible_to(user, on=on).open()
    untraced = opened.filter(stage=Stage.UNTRACED.value)
    running = Deadline.objects.of_each(Subject.CASE, OuterRef("pk")).running().order_by("due_on")
    by_day = {"since": "opened_on", "is_by_day": True}
    late = {"since": Subquery(running.values("due_on")[:1]), "is_by_day": True}
    return [
        *manager_todos(user, on=on),
        _todo(
            "overseen_high",
            opened.filter(level_is(RiskLevel.HIGH)),
            ("open case of high risk", "open cases of high risk"),
            {"risk": RiskLevel.HIGH.value},
            **by_day,
        ),
        _todo(
            "overseen_overdue",
            opened.filter(is_overdue(on)),
            ("open case with an overdue clock", "open cases with an overdue clock"),
            {"overdue": "yes"},
            **late,
        ),
        _todo(
            "overseen_unowned",
            opened.filter(owner__isnull=True),
            ("open case without an owner", "open cases without an owner"),
            {"owner": "nobody"},
            **by_day,
        ),
        _todo(
            "overseen_untraced",
            untraced,
            ("child not traced after the enquiries", "children not traced after the enquiries"),
            {"stage": Stage.UNTRACED.value},
            **by_day,
        ),
    ]


def _todo(
    code: str, rows: Any, words: tuple[str, str], query: dict[str, str], **options: Any
) -> Todo:
    return Todo(code, rows, words, REGISTER, query, "soon", owner="owner__name", **options)
