"""A child, with all names and numbers the child has or had."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.children.models.source import Fact
from onroll.rules.references import speakable

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from onroll.accounts.models import User
    from onroll.children.models.place import Place


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, user: "User", *, on: "date") -> "ChildQuerySet":
        """Return the children this person may see on a day (access matrix, rows 4 and 6).

        A school sees children on its roll, or who left it within twelve months. People who see
        only the cases they are assigned reach a child through the case.
        """
        match scope(user, Permission.CASE_VIEW):
            case Scope.ALL | Scope.JUSTIFIED:
                return self
            case Scope.OWN_SCHOOL | Scope.TRUST:
                return self.filter(pk__in=_at_schools_of(user, on))
            case _:
                return self.none()


def _at_schools_of(user: "User", on: "date") -> "QuerySet[Place, Any]":
    from onroll.children.models.place import Place

    return Place.objects.at_schools_of(user, on=on).values("child_id")


class Child(Fact):
    """A child. Addresses and messages carry only `ref`, which reveals nothing (P58)."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    forename = models.CharField(max_length=80, blank=True)
    middle_names = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    chosen_forename = models.CharField(max_length=80, blank=True)
    chosen_surname = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    is_born_estimated = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, default="U")
    died_on = models.DateField(null=True, blank=True)
    home_la_code = models.CharField(max_length=3, blank=True)
    """The authority where the child lives, when known: not always that of the school."""
    is_protected = models.BooleanField(default=False)
    """Adopted, or hidden for safety: never joined to another record by machine."""
    is_sealed = models.BooleanField(default=False, db_default=False)
    """A case of the child is sealed: the record is only for the team of that case."""
    search_keys = ArrayField(models.TextField(), default=list)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    """The record that this one was merged into; itself merged into none."""

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        constraints = (
            models.CheckConstraint(
                condition=Q(sex__in=["F", "M", "U"]), name="sex_is_female_male_or_unknown"
            ),
            models.CheckConstraint(
                condition=~(Q(forename="") & Q(surname="")), name="child_has_at_least_one_name"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="record_does_not_lead_to_itself"
            ),
        )
        indexes = (
            # With `fastupdate`, a search would read all rows added since the last vacuum.
            GinIndex(fields=("search_keys",), name="child_by_search_keys", fastupdate=False),
            GinIndex(
                Func("born_on", "search_keys", function="children_birthday_keys"),
                name="child_by_birthday_keys",
                fastupdate=False,
            ),
            models.Index(fields=("born_on",), name="child_by_birthday"),
            models.Index(fields=("surname", "forename"), name="child_by_name"),
            # Few rows, and every page asks which children are protected.
            models.Index(fields=("id",), condition=Q(is_protected=True), name="protected_child"),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def name(self) -> str:
        """Return the legal name, surname last."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def chosen_name(self) -> str:
        """Return the chosen name if it differs from the legal one, else an empty string."""
        forename = self.chosen_forename or self.forename
        surname = self.chosen_surname or self.surname
        name = f"{forename} {surname}".strip()
        return "" if name == self.name else name


class NameKind(StrEnum):
    """How else a child is or was known."""

    FORMER = "former"
    ALIAS = "alias"
    WRONG = "wrong"
    """Stated of this child, but another's. It is never read, nor added again."""


class Name(Fact):
    """Another name: a former one, or one that a source used."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=8)
    forename = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("child", "kind", "forename", "surname"),
                name="other_name_is_listed_once_for_a_child",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class IdentifierKind(StrEnum):
    """Numbers a child is known by."""

    UPN = "upn"
    FORMER_UPN = "former_upn"
    TEMPORARY_UPN = "temporary_upn"
    ULN = "uln"
    NHS_NUMBER = "nhs_number"
    WRONG = "wrong"
    """Stated of this child, but not theirs. It is never read, nor added again."""


class Identifier(Fact):
    """A number, as someone gave it. Two children may claim one number: both facts are kept."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=13)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("child", "kind", "value"), name="number_is_listed_once_for_a_child"
            ),
        )
        indexes = (models.Index(fields=("value",), name="identifier_by_value"),)

    def __str__(self) -> str:
        return self.kind
