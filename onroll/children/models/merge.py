"""Merges of two records of one child, and answers that two records are two children."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onroll.children.models.child import Child

if TYPE_CHECKING:
    from typing import Self

PERSON = settings.AUTH_USER_MODEL


class MergeQuerySet(models.QuerySet["Merge"]):
    def waiting(self) -> "Self":
        """Return the proposals that nobody has answered."""
        return self.filter(agreed_at__isnull=True, refused_at__isnull=True)

    def standing(self) -> "Self":
        """Return the merges that were agreed and not undone."""
        return self.filter(agreed_at__isnull=False, undone_at__isnull=True)


class Merge(models.Model):
    """A merge of `merged` into `kept`: proposed by one person, agreed or refused by another.

    `moved` holds, by app, every change of a row, so that undoing restores exactly that.
    """

    kept = models.ForeignKey(Child, models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Child, models.PROTECT, related_name="merges_away")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    why = models.TextField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    refused_why = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    undone_why = models.TextField(blank=True)
    moved = models.JSONField(default=dict, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kept=F("merged")), name="child_is_not_merged_with_itself"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")),
                name="merge_is_agreed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, refused_at__isnull=True),
                name="merge_is_agreed_by_someone_and_not_refused",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refused_why="")
                | Q(refused_at__isnull=False, refused_by__isnull=False) & ~Q(refused_why=""),
                name="merge_is_refused_by_someone_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_why="")
                | Q(undone_at__isnull=False, undone_by__isnull=False, agreed_at__isnull=False)
                & ~Q(undone_why=""),
                name="merge_is_undone_by_someone_for_a_reason_once_agreed",
            ),
            models.UniqueConstraint(
                fields=("merged",),
                condition=Q(agreed_at__isnull=False, undone_at__isnull=True),
                name="child_is_merged_away_once",
            ),
            models.UniqueConstraint(
                fields=("kept", "merged"),
                condition=Q(agreed_at__isnull=True, refused_at__isnull=True),
                name="merge_is_proposed_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"merge {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Return whether nobody has agreed or refused yet."""
        return self.agreed_at is None and self.refused_at is None

    @property
    def is_standing(self) -> bool:
        """Return whether the records are merged now."""
        return self.agreed_at is not None and self.undone_at is None


class NotSameQuerySet(models.QuerySet["NotSame"]):
    def standing(self) -> "Self":
        """Return the answers that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class NotSame(models.Model):
    """A person's answer that two records are two children; it also holds for merged records.

    `one` is the record with the lower id. A wrong answer is withdrawn, with a reason, and
    stays on record.
    """

    one = models.ForeignKey(Child, models.PROTECT, related_name="+")
    other = models.ForeignKey(Child, models.PROTECT, related_name="+")
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)

    objects = NotSameQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "not the same"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="pair_has_the_lower_number_first"
            ),
            models.UniqueConstraint(
                fields=("one", "other"),
                condition=Q(withdrawn_at__isnull=True),
                name="pair_is_told_apart_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                name="telling_apart_is_withdrawn_by_someone_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    @property
    def is_standing(self) -> bool:
        """Return whether nobody has withdrawn the answer."""
        return self.withdrawn_at is None
