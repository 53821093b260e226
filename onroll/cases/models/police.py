"""Whether the police know that a child is missing, and under which numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case


class PoliceReport(models.Model):
    """One telling of it. Rows are only added; of several the newest counts.

    The content of an interview after a child came back is never kept here.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="police_reports")
    is_reported = models.BooleanField()
    """Whether the police were told; else `why_not` says why."""
    reported_by = models.CharField(max_length=120, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    """The day, as far as it is known."""
    force = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    missing_number = models.CharField(max_length=60, blank=True)
    """The number of the child in the force's own system for missing people."""
    why_not = models.TextField(blank=True)
    source = models.CharField(max_length=11, blank=True)
    """The reference of the referral of which the hub wrote it down; "" where it was written here.
    """
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_reported=True, why_not="") & ~Q(reported_by="")
                | Q(is_reported=False, reported_by="", reference="", missing_number="")
                & Q(reported_on__isnull=True, force="")
                & ~Q(why_not=""),
                name="police_report_says_who_told_them_or_why_nobody_did",
            ),
        )
        indexes = (models.Index(fields=("case", "-at"), name="police_report_by_case"),)

    def __str__(self) -> str:
        return f"police report {self.pk}"

    @property
    def title(self) -> str:
        """Return in words whether the police know."""
        not_ = "" if self.is_reported else "Not "
        return f"{not_}{'r' if not_ else 'R'}eported missing to the police"

    @property
    def numbers(self) -> str:
        """Return the reference and the number of the missing person in words, as far as known."""
        reference = f"reference {self.reference}" if self.reference else "no reference yet"
        missing = f"missing person {self.missing_number}" if self.missing_number else ""
        return ", ".join(filter(None, (self.force, reference, missing)))
