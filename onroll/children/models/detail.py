"""A child's background (ethnicity, languages, free meals) in DfE codes; every entry is kept."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from onroll.children.models.child import Child
from onroll.children.models.source import Fact


class DetailKind(StrEnum):
    """What a detail is about; all are optional."""

    ETHNICITY = "ethnicity"
    """A code of CS080."""
    FIRST_LANGUAGE = "first_language"
    """A code of CS005, as the next two."""
    LETTERS_LANGUAGE = "letters_language"
    INTERPRETER = "interpreter"
    """The language to interpret on calls; `no` where none is needed."""
    FREE_MEALS = "free_meals"
    """`yes` or `no`."""


class Detail(Fact):
    """One entry of one detail, as its code; an empty value means "not known after all".

    Rows are only added; `queries.current_details` returns those that hold.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="details")
    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "ethnicity",
                        "first_language",
                        "letters_language",
                        "interpreter",
                        "free_meals",
                    ]
                ),
                name="detail_is_of_a_known_kind",
            ),
        )
        indexes = (models.Index(fields=("child", "kind"), name="detail_by_child"),)

    def __str__(self) -> str:
        return self.kind
