"""Places where a child is or should be educated, with dates; and flags."""

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from onroll.children.models.child import Child
from onroll.children.models.source import Fact
from onroll.schools.models import School

if TYPE_CHECKING:
    from datetime import date

    from onroll.accounts.models import User

MONTHS_A_SCHOOL_STILL_SEES_A_LEAVER = 12


class PlaceKind(StrEnum):
    """What sort of place. The first three are education; the others say where to look."""

    REGISTERED = "registered"
    HOME_EDUCATION = "home_education"
    ALTERNATIVE = "alternative"
    OFFERED = "offered"
    NAMED = "named"
    """A school someone said the child is going to; nobody there has confirmed it."""
    ABROAD = "abroad"
    OTHER_AUTHORITY = "other_authority"
    """Another authority has taken the child over and answers for where the child is."""
    SAID = "said"
    """The school that the child goes or went to, as a referral says. It never shows that the child
    is there now: no rule counts it as education, or as expected."""


EDUCATION = (
    PlaceKind.REGISTERED.value,
    PlaceKind.HOME_EDUCATION.value,
    PlaceKind.ALTERNATIVE.value,
)
ELSEWHERE = (PlaceKind.ABROAD.value, PlaceKind.OTHER_AUTHORITY.value)
"""Confirmed, these end the authority's duty although they are not education here."""


class PlaceQuerySet(models.QuerySet["Place"]):
    def on_day(self, on: "date") -> Self:
        """Return the places that hold on a day: started by then and not yet ended.

        `to_on` is the last day at the place; a start that nobody gave counts as long ago.
        """
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on)
        )

    def education(self) -> Self:
        """Return the places where a child is educated, not those expected."""
        return self.filter(kind__in=EDUCATION)

    def at_schools_of(self, user: "User", *, on: "date") -> Self:
        """Return places at this person's schools that hold, or ended within twelve months."""
        return self.seen_by_schools(on=on).filter(school__staff__user=user)

    def seen_by_schools(self, *, on: "date") -> Self:
        """Return places by which a school may see a child: they hold, or ended within a year."""
        year_ago = on.replace(year=on.year - 1, day=min(on.day, 28))
        return self.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=year_ago), kind=PlaceKind.REGISTERED.value
        )


class Place(Fact):
    """One fact about where a child is or should be educated.

    Missing is worked out from places and age on a day; it is never typed in (P01).
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=16)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="places")
    provision = models.CharField(max_length=120, blank=True)
    """The school or country in words, where it is not one of the schools on file."""
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    ground_letter = models.CharField(max_length=1, blank=True)
    """The ground of removal as stated; which law it means depends on dates (files.md 8.3)."""
    leaving_reason = models.CharField(max_length=3, blank=True)
    ended_by = models.ForeignKey(
        "children.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_confirmed = models.BooleanField(default=False)
    """Whether the place itself says so, not only the place before."""
    confirmed_from = models.ForeignKey(
        "children.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who confirmed it to an officer."""

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
                name="place_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "registered",
                        "home_education",
                        "alternative",
                        "offered",
                        "named",
                        "abroad",
                        "other_authority",
                        "said",
                    ]
                ),
                name="place_is_of_a_known_kind",
            ),
            models.UniqueConstraint(
                fields=("child", "school", "kind"),
                condition=Q(to_on__isnull=True, school__isnull=False),
                name="child_has_one_open_place_of_a_kind_at_a_school",
            ),
        )
        indexes = (
            models.Index(fields=("child", "from_on"), name="place_by_child"),
            models.Index(fields=("school", "to_on"), name="place_by_school"),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def title(self) -> str:
        """Return where it is, in words."""
        return self.school.name if self.school is not None else self.provision


class Flag(Fact):
    """A risk group or a status (P06): who said so, from when until when."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("child", "kind"),
                condition=Q(to_on__isnull=True),
                name="flag_is_raised_once_at_a_time",
            ),
        )
        indexes = (models.Index(fields=("kind",), name="flag_by_kind"),)

    def __str__(self) -> str:
        return self.kind
