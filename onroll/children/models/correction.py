"""A correction of a child's record: the old and new values, and how the new ones are known."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from onroll.children.models.child import Child
from onroll.children.models.source import Fact


class Part(StrEnum):
    """The parts of a child's record that are corrected, each as a whole."""

    NAME = "name"
    BIRTH = "birth"
    NUMBERS = "numbers"
    HOME = "home"
    GROUPS = "groups"
    BACKGROUND = "background"


class Basis(StrEnum):
    """How the person who told us, or the officer, knows it."""

    DOCUMENT = "document"
    TOLD = "told"
    RECORD = "record"
    MISTYPED = "mistyped"


class Correction(Fact):
    """One correction. `was` and `now` hold what changed, by name of the fact, as plain values.

    `source` says who told us and when; `basis` and `remark` how it is known. Rows are only added.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="corrections")
    part = models.CharField(max_length=12)
    basis = models.CharField(max_length=12)
    remark = models.TextField(blank=True)
    was = models.JSONField()
    now = models.JSONField()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(part__in=["name", "birth", "numbers", "home", "groups", "background"]),
                name="correction_is_of_a_known_part",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["document", "told", "record", "mistyped"]),
                name="correction_has_a_known_basis",
            ),
            models.CheckConstraint(
                condition=~Q(was=F("now")), name="correction_changes_something_on_record"
            ),
        )
        indexes = (models.Index(fields=("child", "part"), name="correction_by_child"),)

    def __str__(self) -> str:
        return self.part
