"""What comes to the manager of a case: its timed reviews, and what an officer asks."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.cases.models.review import RiskReview
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.risk_level import RiskLevel


class CaseReviewQuerySet(models.QuerySet["CaseReview"]):
    def waiting(self) -> Self:
        """Return the reviews of open cases that nobody has held yet."""
        return self.filter(at__isnull=True, case__closed_on__isnull=True)

    def finished(self) -> Self:
        """Return those that a manager held."""
        return self.filter(at__isnull=False)


class CaseReview(models.Model):
    """One review of a case by the manager, to come or held (policy p.18). Rows are only added.

    One waits at a time, with its clock; what the manager found and decided comes once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="manager_reviews")
    starts_on = models.DateField()
    level = models.CharField(max_length=8)
    """The level by which its day is counted; of one that was held, what the case had then."""
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    whereabouts = models.TextField(blank=True)
    done = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    risks = models.ForeignKey(RiskReview, models.PROTECT, null=True, blank=True, related_name="+")
    """The review of the greater risks that was part of it (P76)."""

    objects = CaseReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(at__isnull=True), name="manager_review_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(at__isnull=True, by__isnull=True, risks__isnull=True)
                & Q(next_on__isnull=True, whereabouts="", done="", decisions="")
                | Q(at__isnull=False, by__isnull=False, risks__isnull=False)
                & Q(next_on__isnull=False)
                & ~Q(whereabouts="")
                & ~Q(done="")
                & ~Q(decisions=""),
                name="manager_review_is_held_whole",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in RiskLevel]),
                name="manager_review_is_of_a_level",
            ),
        )

    def __str__(self) -> str:
        return f"manager's review {self.pk}"

    @property
    def child_id(self) -> int:
        """Return whom it is about, for its clock."""
        return self.case.child_id

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return its clocks: one runs, others ended as the level of the case changed."""
        return Deadline.objects.of(self)


class ManagerQuestionQuerySet(models.QuerySet["ManagerQuestion"]):
    def waiting(self) -> Self:
        """Return those that no manager has answered, whatever became of the case."""
        return self.filter(answered_at__isnull=True)

    def unread(self) -> Self:
        """Return those with an answer that nobody has said they read."""
        return self.filter(answered_at__isnull=False, read_at__isnull=True)


class ManagerQuestion(models.Model):
    """What an officer asks the manager about a case, and the answer (policy p.15, p.18).

    Rows are only added. The answer comes once, and then that it was read.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="manager_questions")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.TextField(blank=True)
    why = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ManagerQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                & Q(decision="", why="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(decision="")
                & ~Q(why=""),
                name="manager_question_is_answered_with_a_decision_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, answered_at__isnull=False),
                name="manager_answer_is_read_by_someone",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="manager_question_asks_something"),
        )
        indexes = (
            models.Index(fields=("case", "-at"), name="manager_question_by_case"),
            models.Index(
                fields=("at",),
                condition=Q(answered_at__isnull=True),
                name="manager_question_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"question {self.pk}"
