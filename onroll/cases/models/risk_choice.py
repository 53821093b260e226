"""That an officer set the level of risk of a case otherwise than its facts give, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.rules.risk_level import RiskLevel


class RiskChoiceQuerySet(models.QuerySet["RiskChoice"]):
    def standing(self) -> Self:
        """Return those that hold still, of open cases."""
        return self.filter(ended_at__isnull=True, case__closed_on__isnull=True)


class RiskChoice(models.Model):
    """One such choice. It holds until the next review, or until somebody chooses anew.

    Rows are only added; `ended_at` alone may follow.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_choices")
    level = models.CharField(max_length=8)
    by_facts = models.CharField(max_length=8)
    """What the facts gave on that day."""
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RiskChoiceQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(ended_at__isnull=True),
                name="risk_choice_of_a_case_is_one",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in RiskLevel]) & ~Q(why=""),
                name="risk_choice_is_a_level_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level}, not {self.by_facts}"
