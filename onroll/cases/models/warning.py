"""What somebody who visits or rings must know beforehand, of a child or an address."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.children.models import Address


class WarningNote(models.Model):
    """One warning, such as "visit in pairs". Rows are only added; one that is over stays to read.

    It holds for the child, or for one address of the child, until somebody ends it with a reason.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="warnings")
    """The case on which it was written; it shows on every case of the child."""
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="+")
    """The address that it is about; else it is about the child and the family."""
    text = models.TextField()
    review_on = models.DateField()
    """The day by which somebody looks whether it still holds; each look sets the next."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="warning_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="warning_is_ended_by_someone_with_a_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=("case",), condition=Q(ended_at__isnull=True), name="warning_by_case"
            ),
        )

    def __str__(self) -> str:
        return f"warning {self.pk}"
