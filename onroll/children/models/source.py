"""Sources: who stated a fact, when, and in which file."""

from enum import StrEnum

from django.conf import settings
from django.db import models


class SourceKind(StrEnum):
    """The kinds of sources."""

    FILE = "file"
    LIST = "list"
    OFFICER = "officer"


class Source(models.Model):
    """One source: a file as received, a list, or an officer's entry."""

    kind = models.CharField(max_length=12)
    reference = models.CharField(max_length=40, blank=True)
    """The transfer's reference, for a file or a list."""
    said_by = models.CharField(max_length=120)
    """The school, team or person, in words."""
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("reference",), name="source_by_reference"),)

    def __str__(self) -> str:
        return f"{self.said_by}, {self.said_on:%-d %B %Y}"


class Fact(models.Model):
    """A fact with its source; `source_row` is the record's number within a file or list."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True
