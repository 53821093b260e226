"""What somebody has typed into a form of several pages, until it is sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onroll.rules.references import speakable

AT_THE_END = "check"
"""The page on which all is sent: what was typed there is none of the answers that are sent."""


class Draft(models.Model):
    """A form that is not finished; only its author reads it.

    The author is a person with an account, or the browser of somebody without one: then
    `token_digest` is the hash of a random token that only a signed cookie of that browser holds.
    What is attached to it (`DraftFile`) goes with it.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    kind = models.CharField(max_length=40)
    """The name of the route that asks it."""
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=11, blank=True, default="", db_default="")
    """The reference of a record that it is about, where it was begun from one."""
    answers = models.JSONField(default=dict)
    """By page and field, what was typed, as it was typed: `{"who": {"forename": ["Amina"]}}`."""
    offered = models.JSONField(default=dict, db_default={}, blank=True)
    """By page and field, what was typed elsewhere before it was begun; shown until that page is
    saved."""
    origin = models.JSONField(default=dict, db_default={}, blank=True)
    """What it was begun from, for the feature that sends it; empty for nothing."""
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    token_digest = models.CharField(max_length=64, blank=True, default="")
    link_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", db_index=True
    )
    """The hash of the key of the last private link to it; another browser goes on by that."""
    start_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Of the first page on which it was begun (`authors.start_digest`); "" of another beginning."""
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("start_digest",),
                condition=~Q(start_digest=""),
                name="draft_is_begun_once_on_a_first_page",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False, token_digest="")
                | (Q(author__isnull=True) & ~Q(token_digest="")),
                name="draft_has_one_author",
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.ref}"

    def version(self, page: str) -> str:
        """Return what is another as soon as a page says something else."""
        return version(self.answers.get(page, {}))

    @property
    def deleted_on(self) -> date:
        """Return the day on which it is gone, unless its author goes on with it before."""
        return timezone.localtime(self.saved_at + timedelta(days=settings.DRAFT_DAYS)).date()

    @property
    def whole_version(self) -> str:
        """Return what is another as soon as any page of questions says something else."""
        return _short({page: typed for page, typed in self.answers.items() if page != AT_THE_END})


def version(typed: Mapping[str, Sequence[str]]) -> str:
    """Return a short hash of what was typed into a page."""
    return _short({name: list(values) for name, values in typed.items()})


def _short(whole: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


class DraftFile(models.Model):
    """A file attached to a form that is not finished. It becomes a document when that is sent."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    words = models.CharField(max_length=200, blank=True)
    """What it shows, as its author says."""
    content = models.BinaryField()
    media_type = models.CharField(max_length=80, blank=True, default="", db_default="")
    """Its type by content, once it was found to be taken."""
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
