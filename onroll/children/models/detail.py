"""What is known of a child's background: in the codes of DfE, each telling kept."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from onroll.children.models.child import Child
from onroll.children.models.source import Fact


class DetailKind(StrEnum):
    """What a detail is about. None is ever needed."""

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
    """One telling of one detail, in its code; an empty value says that it is not known after all.

    Rows are only added. `queries.details_of` says which telling holds.
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
