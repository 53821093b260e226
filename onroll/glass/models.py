"""Each time that somebody broke the glass, or tried to, and what the review found."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.break_glass import VERDICTS, Verdict
from onroll.rules.references import speakable

BY_REFERENCE, BY_NAME = "reference", "name"


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def waiting(self) -> Self:
        """Return what nobody has reviewed."""
        return self.filter(judged_at__isnull=True)


class BreakGlass(models.Model):
    """Somebody broke the glass: who, when, why, and whether there was a case. Only the review comes
    later, and once. What was typed of a child who was not there is not kept.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    by = _person()
    role = models.CharField(max_length=4)
    """The role in which they acted."""
    sought_by = models.CharField(max_length=9)
    """Whether a reference or a name was typed."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    """The sealed case that was opened; none where there is no such."""
    why = models.TextField()
    at = models.DateTimeField()
    verdict = models.CharField(max_length=13, blank=True)
    verdict_words = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = _person(null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(sought_by__in=[BY_REFERENCE, BY_NAME]),
                name="break_glass_is_by_reference_or_name",
            ),
            models.CheckConstraint(
                condition=Q(
                    verdict="", verdict_words="", judged_at__isnull=True, judged_by__isnull=True
                )
                | Q(
                    verdict__in=[verdict.value for verdict in Verdict],
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                )
                & ~Q(verdict_words="")
                & ~Q(judged_by=models.F("by")),
                name="break_glass_is_reviewed_by_somebody_else_in_words",
            ),
        )
        indexes = (models.Index(fields=("by", "at"), name="break_glass_by_person"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def child_id(self) -> int | None:
        """Return whose case it was, for its clock."""
        return self.case.child_id if self.case else None

    @property
    def verdict_title(self) -> str:
        """Return what the review found, in words."""
        return VERDICTS[Verdict(self.verdict)] if self.verdict else ""

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clock of its review."""
        return Deadline.objects.of(self)
