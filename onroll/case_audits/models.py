"""Audits of casework: the sample and its seed, a graded form for each case, and what follows."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onroll.accounts.access import may
from onroll.accounts.permissions import Permission
from onroll.cases.models import ActionPoint, Case
from onroll.rules.case_audits import ANSWERS, GRADES, POOLS, QUESTIONS, Answer, Grade, Pool, sample
from onroll.rules.references import speakable

if TYPE_CHECKING:
    from onroll.accounts.models import User


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class CaseAuditQuerySet(models.QuerySet["CaseAudit"]):
    def visible_to(self, user: "User") -> Self:
        """Return the audits a person may see: who watches over the casework sees all."""
        return self if may(user, Permission.CASE_OVERSEE) else self.none()


class CaseAudit(models.Model):
    """One audit: from which cases how many were drawn, and by which seed."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    pool = models.CharField(max_length=20)
    closed_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of closed cases: how many days ago at most they closed."""
    number = models.PositiveSmallIntegerField()
    """How many cases were asked for."""
    seed = models.BigIntegerField()
    references = ArrayField(models.CharField(max_length=11))
    """The cases there were to choose from, in order."""
    at = models.DateTimeField()
    by = _person()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _person(null=True, blank=True)

    objects = CaseAuditQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="case_audit_is_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=30), name="case_audit_has_cases"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Say whether the audit is still to end."""
        return self.ended_at is None

    @property
    def pool_words(self) -> str:
        """Return in words from which cases the sample was drawn."""
        words = POOLS[Pool(self.pool)]
        return f"{words} (in the last {self.closed_days} days)" if self.closed_days else words

    @property
    def seed_words(self) -> str:
        """Return the seed as it is typed, without commas."""
        return f"{self.seed}"

    @property
    def drawn(self) -> list[str]:
        """Return the cases that the seed draws, worked out again."""
        return sample(self.references, self.number, self.seed)


class SampleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return what a person may read of it: who may see its case (matrix, row 5)."""
        return self.filter(case__in=Case.objects.visible_to(user, on=on))


class SampleCase(models.Model):
    """A case of the sample: its form, or why it was left out."""

    audit = models.ForeignKey(CaseAudit, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="audited")
    place = models.PositiveSmallIntegerField()
    """In which place the seed drew it."""
    answers = models.JSONField(default=dict)
    """A code of `Answer` by question."""
    remarks = models.JSONField(default=dict)
    grade = models.CharField(max_length=20, blank=True)
    good = models.TextField(blank=True)
    """What was good."""
    graded_at = models.DateTimeField(null=True, blank=True)
    graded_by = _person(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = _person(null=True, blank=True)
    left_out_why = models.TextField(blank=True)

    actions: Sequence[ActionPoint] = ()
    """What the audit asks for on the case, where a query read it."""

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ("audit", "place")
        constraints = (
            models.UniqueConstraint(fields=("audit", "case"), name="case_is_in_an_audit_once"),
            models.CheckConstraint(
                condition=Q(graded_at__isnull=True, graded_by__isnull=True, grade="", good="")
                | Q(graded_at__isnull=False, graded_by__isnull=False, left_out_at__isnull=True)
                & ~Q(grade=""),
                name="audited_case_is_graded_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(left_out_at__isnull=True, left_out_by__isnull=True, left_out_why="")
                | Q(left_out_at__isnull=False, left_out_by__isnull=False) & ~Q(left_out_why=""),
                name="audited_case_is_left_out_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("case",), name="sample_case_by_case"),)

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.case_id}"

    @property
    def is_waiting(self) -> bool:
        """Say whether it has no form yet, and was not left out."""
        return self.graded_at is None and self.left_out_at is None

    @property
    def grade_words(self) -> str:
        """Return the grade of the whole in words; "" where there is none yet."""
        return GRADES[Grade(self.grade)] if self.grade else ""

    @property
    def lines(self) -> Sequence[tuple[str, str, str]]:
        """Return each question in a few words, its answer and the remark."""
        return [
            (
                question.title,
                ANSWERS[Answer(self.answers[code])] if code in self.answers else "",
                self.remarks.get(code, ""),
            )
            for code, question in QUESTIONS.items()
        ]
