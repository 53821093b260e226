"""Meetings of agencies: what is on the agenda and why, what was said, and what was decided."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from onroll.accounts.access import may
from onroll.accounts.permissions import Permission
from onroll.cases.models import ActionPoint, Case
from onroll.rules.hours import time_in_words
from onroll.rules.meetings import GROUNDS, Ground
from onroll.rules.references import speakable

if TYPE_CHECKING:
    from onroll.accounts.models import User


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User") -> Self:
        """Return the meetings a person may see: who gives out cases sees all (matrix, row 17)."""
        return self if may(user, Permission.CASE_ASSIGN) else self.none()


class Meeting(models.Model):
    """One meeting: its day and place, who came, and the minutes once it has ended."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = _person()
    people = models.JSONField(default=list)
    """Who came: pairs of a name and for whom they came."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _person(null=True, blank=True)
    minutes = models.BinaryField(default=b"")
    minutes_sha256 = models.CharField(max_length=64, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, minutes_sha256="")
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                & Q(
                    minutes_sha256=Func(
                        Func(F("minutes"), function="sha256"), Value("hex"), function="encode"
                    )
                ),
                name="meeting_ends_with_minutes_that_have_their_hash",
            ),
        )
        indexes = (models.Index(fields=("on",), name="meeting_by_day"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Say whether the meeting is still to end."""
        return self.ended_at is None

    @property
    def hour(self) -> str:
        """Return at what time it starts, in words; "" where nobody said."""
        return time_in_words(self.starts_at) if self.starts_at else ""

    @property
    def agencies(self) -> str:
        """Return for whom people came, each once, as a list in words."""
        return ", ".join(dict.fromkeys(agency for _, agency in self.people))


class OfCaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return what a person may read of it: who may see its case (matrix, row 5)."""
        return self.filter(case__in=Case.objects.visible_to(user, on=on))


class AgendaItem(models.Model):
    """A case on the agenda of a meeting: why, and what was said about it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    grounds = ArrayField(models.CharField(max_length=20))
    why = models.TextField(blank=True)
    """Why an officer put it on, in words; empty where the register gave the grounds."""
    at = models.DateTimeField()
    by = _person()
    words = models.TextField(blank=True)
    """What was said."""
    talked_at = models.DateTimeField(null=True, blank=True)
    talked_by = _person(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = _person(null=True, blank=True)
    removed_why = models.TextField(blank=True)

    decisions: Sequence[ActionPoint] = ()
    """What the meeting decided on the case, where a query read it."""

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "case"),
                condition=Q(removed_at__isnull=True),
                name="case_is_on_an_agenda_once",
            ),
            models.CheckConstraint(
                condition=Q(talked_at__isnull=True, talked_by__isnull=True, words="")
                | Q(talked_at__isnull=False, talked_by__isnull=False, removed_at__isnull=True)
                & ~Q(words=""),
                name="agenda_item_is_talked_about_by_someone_in_words",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_why="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_why=""),
                name="agenda_item_is_taken_off_by_someone_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("case",), name="agenda_item_by_case"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.case_id}"

    @property
    def titles(self) -> list[str]:
        """Return why it is on the agenda, in words, the gravest first."""
        return [GROUNDS[Ground(code)] for code in self.grounds]
