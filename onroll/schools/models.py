"""Authorities, schools, the days they open, and who works at them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onroll.accounts.roles import SCHOOL_ROLES

if TYPE_CHECKING:
    from onroll.accounts.models import User


class Authority(models.Model):
    """A local authority of the United Kingdom, or a code that stands for one (XXX, MMM)."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=120)
    nation = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=12)
    successor_codes = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, user: "User") -> "SchoolQuerySet":
        """Return the schools this user may open: their own, or all for council officers.

        Names and numbers of schools are public (GIAS); what a school sent is not.
        """
        return self.filter(staff__user=user) if user.role in SCHOOL_ROLES else self


class School(models.Model):
    """A school or other registered place of education, as in GIAS."""

    urn = models.CharField(max_length=6, blank=True)
    la_code = models.CharField(max_length=3)
    establishment = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    phase = models.CharField(max_length=20)
    kind = models.CharField(max_length=80, blank=True)
    is_open = models.BooleanField(default=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    lowest_age = models.PositiveSmallIntegerField(null=True, blank=True)
    highest_age = models.PositiveSmallIntegerField(null=True, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=35, blank=True)
    is_reporting = models.BooleanField(default=False)
    """Whether this authority expects its leaver and joiner files (P54)."""

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("la_code", "establishment"), name="school_has_one_current_number"
            ),
            models.UniqueConstraint(
                fields=("urn",), condition=~Q(urn=""), name="school_has_its_own_urn"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """Return the seven digits of the DfE number, `3102001`."""
        return f"{self.la_code}{self.establishment}"


class FormerNumber(models.Model):
    """An old number of a school, under which files still arrive (files.md 11.6)."""

    school = models.ForeignKey(School, models.CASCADE, related_name="former_numbers")
    la_code = models.CharField(max_length=3)
    establishment = models.CharField(max_length=4)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("school", "la_code", "establishment"),
                name="former_number_is_listed_once_for_a_school",
            ),
        )
        indexes = (models.Index(fields=("la_code", "establishment"), name="former_number_lookup"),)

    def __str__(self) -> str:
        return f"{self.la_code}{self.establishment}"


class Term(models.Model):
    """A term of the authority, or of one school in place of the authority's that it touches."""

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="terms")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("school", "starts_on"), name="term_is_listed_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """A day in term on which a school, or every school, is closed (INSET, snow)."""

    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="closures"
    )
    on = models.DateField()
    why = models.CharField(max_length=60)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(
                fields=("school", "on"), name="closure_is_listed_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.why


class Staff(models.Model):
    """The schools at which a person with a school role works."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, models.CASCADE, related_name="staff")
    from_on = models.DateField()

    class Meta:
        verbose_name_plural = "staff"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "school"), name="person_is_listed_once_at_a_school"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} at {self.school_id}"
