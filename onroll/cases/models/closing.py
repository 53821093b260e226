"""How a case ended: its outcome and the facts that were stated for it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.children.models import Place, Source
from onroll.schools.models import School


class Closing(models.Model):
    """One closing of a case. Its fields are the facts of `rules.outcomes`, by their codes.

    A case that is opened again and closed once more has two. Nothing here changes but `undone_at`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=40)
    why = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    """The place that this outcome wrote or confirmed."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    provider = models.CharField(max_length=120, blank=True)
    """A school that is not on file, or another provider, in words."""
    authority = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=60, blank=True)
    address = models.TextField(blank=True)
    hours = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    attended_on = models.DateField(null=True, blank=True)
    notice_on = models.DateField(null=True, blank=True)
    notice_by = models.CharField(max_length=120, blank=True)
    died_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_how = models.CharField(max_length=12, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    mistake = models.CharField(max_length=16, blank=True)
    evidence = models.TextField(blank=True)
    doubts = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    """What was unlikely of these facts when they were stated: codes of `rules.contradictions`."""
    explanation = models.TextField(blank=True)
    """Why it is so all the same, in the words of whoever closed the case."""

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(undone_at__isnull=True),
                name="case_has_one_closing_that_stands",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="on_roll")
                | (
                    (Q(school__isnull=False) | ~Q(provider=""))
                    & Q(
                        place__isnull=False,
                        starts_on__isnull=False,
                        attended_on__isnull=False,
                        confirmed_on__isnull=False,
                    )
                    & ~Q(confirmed_by="")
                ),
                name="closing_on_a_roll_names_school_days_and_who_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(doubts=[]) | ~Q(explanation=""),
                name="closing_that_is_doubted_is_explained",
            ),
        )

    def __str__(self) -> str:
        return self.outcome
