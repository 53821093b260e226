"""Where a child lives and with whom."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onroll.children.models.child import Child
from onroll.children.models.source import Fact
from onroll.formats.codes import RELATIONSHIPS


class AddressKind(StrEnum):
    """Where the child lives now or lived, or where the family said it was going."""

    HOME = "home"
    FORWARDING = "forwarding"
    NO_FIXED = "no_fixed"
    """That the child has no fixed abode; there is no address then."""
    WRONG = "wrong"
    """Stated of this child, but not so. It is shown as wrong, and never added again."""


class Address(Fact):
    """An address with its dates. Who sees a protected one: access matrix, row 8."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=12, default=AddressKind.HOME.value)
    lines = ArrayField(models.CharField(max_length=120), default=list)
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=60, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    is_protected = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
                name="address_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=("postcode",), name="address_by_postcode"),)

    def __str__(self) -> str:
        return self.kind


class Adult(Fact):
    """A parent, carer or other contact, as one source described them. Never merged by name."""

    title = models.CharField(max_length=35, blank=True)
    forename = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    phones = ArrayField(models.CharField(max_length=35), default=list)
    email = models.CharField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"{self.title} {self.forename} {self.surname}".strip()


class Relationship(Fact):
    """What an adult is to a child: relationship (CBDS CS012), responsibility, living together."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="relationships")
    adult = models.ForeignKey(Adult, models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=3, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    has_responsibility = models.BooleanField(null=True, blank=True)
    lives_with_child = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("child", "adult"), name="adult_is_listed_once_for_a_child"
            ),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def title(self) -> str:
        """Return what the adult is to the child, in words; "" where nobody has said."""
        return RELATIONSHIPS.get(self.kind, "")
