"""What is due, on a case or on a child: the clocks that run, and the days that were moved."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Model, Q

from onroll.children.models import Child, Place
from onroll.rules.clocks import Clock, clock_on
from onroll.rules.hours import ENGLAND


class Subject(StrEnum):
    """What a clock can run on. Each code is the name of a model, in lower case."""

    CASE = "case"
    CHILD = "child"
    REFERRAL = "referral"
    HUB_DECISION = "hubdecision"
    FURTHER_CHECK = "furthercheck"
    ENQUIRY = "enquiry"
    PUPIL_MESSAGE = "pupilmessage"
    CASE_REVIEW = "casereview"
    COMPLAINT = "complaint"
    ACTION_POINT = "actionpoint"
    BREAK_GLASS = "breakglass"


class Ended(StrEnum):
    """Why a clock stopped although what it waited for was not done."""

    CASE_CLOSED = "case_closed"
    NOT_ASKED = "not_asked"
    PLACE_OVER = "place_over"
    MERGED = "merged"
    GIVEN_UP = "given_up"


ENDED_WORDS = {
    Ended.CASE_CLOSED: "the case closed",
    Ended.NOT_ASKED: "no longer the question",
    Ended.PLACE_OVER: "the place holds no longer",
    Ended.MERGED: "two records joined",
    Ended.GIVEN_UP: "given up, with a reason",
}
"""Each reason as pages show it after "Ended: "."""


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def of(self, row: Model) -> Self:
        """Return the clocks of a case or another subject."""
        return self.of_each(Subject(str(row._meta.model_name)), row.pk)

    def of_each(self, subject: Subject, pk: Any) -> Self:
        """Return the clocks of a subject by its number, which may be an OuterRef."""
        return self.filter(subject=subject.value, subject_id=pk)

    def running(self) -> Self:
        """Return the clocks that were neither met nor ended."""
        return self.filter(met_on__isnull=True, ended_on__isnull=True)

    def overdue(self, *, at: datetime) -> Self:
        """Return the running clocks whose time is over: of hours by the minute, others by day."""
        is_over = Q(due_at__lt=at) | Q(
            due_at__isnull=True, due_on__lt=at.astimezone(ENGLAND).date()
        )
        return self.running().filter(is_over)


class Deadline(models.Model):
    """One clock: when it started, when it is due, and the day it was met or ended without that.

    `clock` is a code of `rules.clocks`; its clause and whether law or local come from there.
    """

    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    """Whom the subject is about; nobody for a referral. It follows the subject when two records are
    joined."""
    subject = models.CharField(max_length=12)
    subject_id = models.PositiveBigIntegerField()
    clock = models.CharField(max_length=40)
    starts_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    """Of a clock of hours, or of a day that has an hour: the moment; `due_on` is its day."""
    met_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=16, blank=True)
    """A code of `Ended`."""
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    """The place that is to begin, for the clock of a first day."""

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "subject_id", "clock", "starts_on"),
                name="clock_runs_once_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="clock_is_due_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(ended_on__isnull=True),
                name="clock_is_met_or_ended_and_not_both",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="")
                | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="clock_that_ended_says_why",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on",),
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="running_clock_by_day",
            ),
            models.Index(fields=("subject", "subject_id", "due_on"), name="clock_by_subject"),
        )

    def __str__(self) -> str:
        return self.clock

    @property
    def rule(self) -> Clock:
        """Return the clock's rule as it stood on the day it started."""
        return clock_on(self.clock, on=self.starts_on)

    @property
    def is_running(self) -> bool:
        """Say whether it was neither met nor ended."""
        return self.met_on is None and self.ended_on is None


class DeadlineChange(models.Model):
    """A due day that was moved: from, to, by whom and why. Never without this row."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="changes")
    was_on = models.DateField()
    now_on = models.DateField()
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.was_on} to {self.now_on}"
