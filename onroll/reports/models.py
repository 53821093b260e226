"""The weekly report as it was issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.rules.references import speakable


class WeeklyReport(models.Model):
    """One week's report, frozen when it was issued: the database refuses any later change (P52)."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    week_starts_on = models.DateField(unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody when the job queue issued it."""
    content = models.JSONField()
    """Every figure and list as they were, names included; `content.py` reads it back."""
    sha256 = models.CharField(max_length=64)
    """Of the content as `content.packed` writes it."""

    class Meta:
        ordering = ("-week_starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(week_starts_on__iso_week_day=1), name="weekly_report_starts_on_a_monday"
            ),
        )

    def __str__(self) -> str:
        return self.ref
