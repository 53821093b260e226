"""What lists show of children, and what was answered."""

from enum import StrEnum
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.intake.models import Row, Transfer
from onroll.rules.findings import FINDINGS, FindingKind, FindingType
from onroll.schools.models import School


class Explanation(StrEnum):
    """What explained a finding, so that it was withdrawn. `words.explanation` has the sentences."""

    ON_LIST = "on_list"
    """A later list has the child: the roll of the finding's school, or the home education list."""
    AT_PLACE = "at_place"
    ON_ONE_ROLL = "on_one_roll"


class FindingQuerySet(models.QuerySet["Finding"]):
    def waiting(self) -> Self:
        """Return the findings that nobody has answered and nothing has explained since.

        What a record merged into another still has is asked of the other.
        """
        is_open = Q(answered_at__isnull=True, withdrawn_at__isnull=True)
        return self.filter(is_open, child__merged_into__isnull=True)


class Finding(models.Model):
    """What a list showed when it was held against what is known of a child (P04, P05)."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="findings")
    row = models.ForeignKey(Row, models.CASCADE, null=True, blank=True, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=14)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField()
    found_at = models.DateTimeField()
    maybe_row = models.ForeignKey(Row, models.SET_NULL, null=True, blank=True, related_name="+")
    """A record of the list that nobody had settled, and that might be of this child."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When later news explained it: the child turned out to be at a school."""
    explanation = models.CharField(max_length=11, blank=True)
    explained_on = models.DateField(null=True, blank=True)
    """The day of the list that has the child, or on which the news came."""
    explained_by = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    """The place where the child turned out to be."""
    answer = models.CharField(max_length=7, blank=True)
    way = models.CharField(max_length=20, blank=True)
    """How it is known where the child is, and the facts that were stated, in words by their codes
    (`rules.confirmations`)."""
    facts = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_why = models.TextField(blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("found_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FindingKind]),
                name="finding_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["known", "missing"], answered_at__isnull=False),
                name="finding_is_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_on__isnull=True)
                | Q(
                    explanation__in=[explanation.value for explanation in Explanation],
                    explained_on__isnull=False,
                    withdrawn_at__isnull=False,
                ),
                name="finding_that_is_explained_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(explanation="at_place", explained_by__isnull=False)
                | ~Q(explanation="at_place") & Q(explained_by__isnull=True),
                name="finding_names_the_place_that_explains_it",
            ),
            models.UniqueConstraint(
                fields=("child", "kind", "school"),
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="finding_waits_once_for_each_child_and_school",
            ),
        )
        indexes = (
            models.Index(
                fields=("found_at",),
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="waiting_finding",
            ),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def type(self) -> FindingType:
        """Return what its kind means."""
        return FINDINGS[self.kind]

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has answered and nothing has explained it since."""
        return self.answered_at is None and self.withdrawn_at is None
