"""An agency with its contact and route, and the codes given to its people."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from onroll.rules.references import speakable

if TYPE_CHECKING:
    from datetime import datetime


class Agency(models.Model):
    """Whom to tell, when, and how. One without a telephone number or e-mail is not ready yet."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    name = models.CharField(max_length=120)
    tell_when = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    """A person, or a team."""
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    route = models.TextField(blank=True)
    """How it is told, in words: by which form, at which times."""
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(db_default=Now())
    """When it was put on the list; of the first ones, when Onroll began to write that down."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who last asked the agency whether all this is right."""
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(Lower("name"), name="agency_is_listed_once_by_its_name"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="agency_is_confirmed_by_a_named_person",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_told(self) -> bool:
        """Return whether there is a way to tell it."""
        return bool(self.phone or self.email)


class CodeQuerySet(models.QuerySet["Code"]):
    def valid(self, *, at: "datetime") -> Self:
        """Return the codes that open something at a moment."""
        return self.filter(ended_at__isnull=True, expires_at__gt=at, agency__is_active=True)


class Code(models.Model):
    """A code of one named person of an agency. Only its hash is stored; it is shown once."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="codes")
    person = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="code_is_ended_by_a_named_person",
            ),
        )

    def __str__(self) -> str:
        return f"code {self.pk} of agency {self.agency_id}"
