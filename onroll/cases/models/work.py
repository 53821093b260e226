"""What has been noticed on a case, and what people wrote."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.children.models import Place, Source
from onroll.rules.alerts import Word


class AlertKind(StrEnum):
    """What can be noticed on a case that no clock says."""

    LOCATED = "located"
    """A place of education holds that was not known when the case was opened."""
    LEAD = "lead"
    """A record of a file or list is, or may be, of this child."""
    CLAIM = "claim"
    """What a school said of this child is confirmed, and does not yet show where the child is."""
    LOST_AGAIN = "lost_again"
    """The school where the child was found says that the child has left."""
    DOUBTED = "doubted"
    """The hub found of a child referred again what the case says otherwise."""
    UNTRACED = "untraced"
    """Not traced after the enquiries: whoever meets the child must say so (P53)."""
    OVER_AGE = "over_age"
    REOPENED = "reopened"
    """What closed the case no longer holds."""


class Alert(models.Model):
    """Something someone must look at, as facts; it is put into words on the day it is read.

    It ends when a person settles it, when its cause is gone, or when the case closes.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=24)
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    source_row = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    """What the source says of the child, where its record does more than name them."""
    is_unsure = models.BooleanField(default=False)
    """Nobody has settled yet whether the record is of this child."""
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where the alert ended because its cause was gone."""
    settled_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-raised_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(settled_by__isnull=True),
                name="alert_is_settled_by_someone_at_a_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("case",), condition=Q(settled_at__isnull=True), name="open_alert_by_case"
            ),
        )

    def __str__(self) -> str:
        return self.kind


class AlertWord(models.Model):
    """That somebody has seen the alerts of one kind on a case, or muted them until a day.

    Rows are only added. `rules.alerts` says which of them hold.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="alert_words")
    kind = models.CharField(max_length=24)
    word = models.CharField(max_length=5)
    back_on = models.DateField(null=True, blank=True)
    """Of a mute, the day on which the alerts come back."""
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(word__in=[word.value for word in Word]),
                name="alert_word_is_a_known_one",
            ),
            models.CheckConstraint(
                condition=Q(word=Word.MUTED.value, back_on__isnull=False) & ~Q(why="")
                | ~Q(word=Word.MUTED.value) & Q(back_on__isnull=True, why=""),
                name="alert_word_that_mutes_has_a_day_and_a_reason",
            ),
        )
        indexes = (models.Index(fields=("case", "kind"), name="alert_word_by_case"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.word}"


class Note(models.Model):
    """What someone wrote on a case. Added, never edited; a correction is another note."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_safeguarding = models.BooleanField(default=False)
    """Shown only to those whom row 9 of the access matrix names."""

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("case", "at"), name="note_by_case"),)

    def __str__(self) -> str:
        return f"note {self.pk}"


class SavedView(models.Model):
    """A set of filters on the register that someone keeps under a name. Holds no child's name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="saved_view_has_its_own_name"),
        )

    def __str__(self) -> str:
        return self.name
