"""What waits for the manager on cases: reviews that are due and questions. The one definition, for
Today, the register, the manager's page and the case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, CaseReview, ManagerQuestion
from onroll.cases.offers import Rows
from onroll.clocks.models import Deadline, Subject
from onroll.rules.manager_review import ANSWERED_STEP, ASKED_STEP, HELD_STEP, LEVEL_STEP
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel
from onroll.rules.triage import RISK_STEP


def clocks_of_review(review: Any) -> QuerySet[Deadline]:
    return Deadline.objects.of_each(Subject.CASE_REVIEW, review).running()


def is_review_due(on: date) -> Q:
    """Return the condition that the manager's review of an open case is due by a day."""
    clocks = Deadline.objects.filter(subject=Subject.CASE_REVIEW.value, due_on__lte=on).running()
    due = CaseReview.objects.waiting().filter(pk__in=clocks.order_by().values("subject_id"))
    return Q(pk__in=due.order_by().values("case_id"))


def has_question() -> Q:
    """Return the condition that a question about a case waits for the manager."""
    return Q(pk__in=ManagerQuestion.objects.waiting().order_by().values("case_id"))


def has_answer() -> Q:
    """Return the condition that a question about a case has an answer that nobody has read."""
    return Q(pk__in=ManagerQuestion.objects.unread().order_by().values("case_id"))


def has_answer_for(user: User) -> Q:
    """Return the condition that this person asked something of a case and has not read it yet."""
    unread = ManagerQuestion.objects.unread().filter(by=user)
    return Q(pk__in=unread.order_by().values("case_id"))


def with_manager_facts(cases: QuerySet[Case], user: User) -> QuerySet[Case]:
    """Say of each case what waits for the manager, to one who is, and which answer is unread."""
    waiting = CaseReview.objects.waiting().filter(case=OuterRef("pk"))
    clock = clocks_of_review(OuterRef("pk")).values(
        whole=JSONObject(clock="clock", starts="starts_on", due="due_on")
    )
    first = waiting.annotate(clock_of=Subquery(clock[:1])).values("clock_of")[:1]
    of_case = ManagerQuestion.objects.filter(case=OuterRef("pk"))
    whole = {"pk": "pk", "at": "at", "answered": "answered_at"}
    questions = of_case.waiting().order_by("at", "pk").values(whole=JSONObject(**whole))
    read = of_case.unread().order_by("answered_at", "pk").values(whole=JSONObject(**whole))
    if not may(user, Permission.CASE_OVERSEE):
        first, questions = first.none(), questions.none()
    return cases.annotate(
        manager_clock=Subquery(first),
        question=Subquery(questions[:1]),
        answer=Subquery(read[:1]),
    )


def waits_for(user: User, *, on: date) -> Q:
    """Return the condition that a case calls a person as its manager, or as who asked one."""
    answers = has_answer_for(user)
    if not may(user, Permission.CASE_OVERSEE):
        return answers
    return answers | is_review_due(on) | has_question()


@dataclass(frozen=True)
class HeldReview:
    """The last review that a manager held, as the case shows it."""

    at: datetime
    by: str
    whereabouts: str
    done: str
    decisions: str


def with_reviews(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say of each case what `reviews_of` needs, and whether anything was asked."""
    reviews = CaseReview.objects.filter(case=OuterRef("pk"))
    words = ("at", "whereabouts", "done", "decisions")
    whole = JSONObject(**{name: name for name in words}, by="by__name")
    clock = clocks_of_review(OuterRef("pk")).values("due_on")[:1]
    return cases.annotate(
        held_review=Subquery(reviews.finished().order_by("-at").values(whole=whole)[:1]),
        review_due_on=Subquery(reviews.waiting().values(due=Subquery(clock))[:1]),
        has_questions=Exists(ManagerQuestion.objects.filter(case=OuterRef("pk"))),
    )


def reviews_of(case: Any) -> tuple[HeldReview | None, date | None]:
    """Return the last review that a manager held, and when the next one is due, of a case that
    `with_reviews` returned."""
    facts = case.held_review
    if facts is None:
        return None, case.review_due_on
    at = datetime.fromisoformat(facts["at"])
    return HeldReview(**{**facts, "at": at}), case.review_due_on


def questions_of(case: Any) -> list[ManagerQuestion]:
    """Return what was asked of the manager about a case that `with_reviews` returned, the newest
    first; no query where nothing was."""
    if not case.has_questions:
        return []
    return list(case.manager_questions.select_related("by", "answered_by", "read_by"))


def question_of(case: Case, pk: int) -> ManagerQuestion:
    """Return one question about a case; else DoesNotExist."""
    return case.manager_questions.select_related("by", "answered_by").get(pk=pk)


def rows_of_words(case: Case) -> dict[str, QuerySet[Any]]:
    """Return what `words_of_steps` reads: questions of the manager, reviews held, levels chosen,
    and what reviews of the greater risks found."""
    return {
        "questions": case.manager_questions.all(),
        "reviews": CaseReview.objects.finished().filter(case=case),
        "levels": case.risk_choices.all(),
        "risk_reviews": case.risk_reviews.all(),
    }


def words_of_steps(rows: Rows) -> dict[tuple[str, datetime], str]:
    """Return the words to what the chronology says of the level and of the manager, by
    its line and moment, from what `rows_of_words` named; none of rows that were not read."""
    words: dict[tuple[str, datetime], str] = {}
    for question in rows.get("questions", ()):
        words[ASKED_STEP, question.at] = question.text
        if (at := question.answered_at) is not None:
            words[ANSWERED_STEP, at] = f"{question.decision}\nWhy: {question.why}"
    for review in rows.get("reviews", ()):
        if review.at is not None:
            words[HELD_STEP, review.at] = review.decisions
    for choice in rows.get("levels", ()):
        title = LEVEL_TITLES[RiskLevel(choice.level)].lower()
        words[f"{LEVEL_STEP}{title}", choice.at] = choice.why
    for row in rows.get("risk_reviews", ()):
        words[RISK_STEP, row.at] = row.in_words
    return words
