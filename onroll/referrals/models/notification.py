"""Who was told of a step of a referral: when, how, or why not (P17; policy p.9)."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.messages.models import Message
from onroll.referrals.models.referral import Referral


class Happening(StrEnum):
    """A step of a referral of which people are told."""

    RECEIVED = "received"
    UPDATE = "update"
    DECIDED = "decided"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    PASSED = "passed"
    """Another team has what is told of: the hub has nothing left to do, but it is not over."""
    REOPENED = "reopened"
    TAKEN = "taken"
    """A desk to which the hub sent a child says that it has them."""
    UNTAKEN = "untaken"
    """They had it by mistake: nobody has the child, who waits there again."""
    OUTCOME = "outcome"
    """That desk says what came of it."""
    PARTED = "parted"
    """It no longer belongs to a case that it joined: whoever has that case is told."""


UNDONE = (Happening.REOPENED, Happening.UNTAKEN)
"""Steps after which who referred, once told that it was over, is told of the end anew."""


class Audience(StrEnum):
    """Who is told. The hub and the officer inform each other (policy p.9)."""

    REFERRER = "referrer"
    SCHOOL = "school"
    FAMILY = "family"
    HUB = "hub"
    OFFICER = "officer"


class Channel(StrEnum):
    """How somebody was told; the first four are Onroll's, and the last two say that nobody
    was: not yet, or not at all."""

    STATUS_PAGE = "status_page"
    EMAIL_LINK = "email_link"
    SCHOOL_PAGE = "school_page"
    ON_SCREEN = "on_screen"
    TELEPHONE = "telephone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    NO_ANSWER = "no_answer"
    """Somebody rang, and nobody answered: they are still to be told."""
    NOT_TOLD = "not_told"


BY_ONROLL = (Channel.STATUS_PAGE, Channel.EMAIL_LINK, Channel.SCHOOL_PAGE, Channel.ON_SCREEN)
COLLEAGUES = (Audience.HUB.value, Audience.OFFICER.value)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        """Return what was put before the hub or the officer and nobody has marked as read."""
        return self.filter(channel=Channel.ON_SCREEN.value, read_at__isnull=True)


class Notification(models.Model):
    """That somebody was told of a step, or why not. Rows are only added; reading is marked once."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="notifications")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    """The case of one of its children, where the step is of that alone."""
    about = models.JSONField(default=list, db_default=[], blank=True)
    """The numbers of the children whom the step is of; empty where it is of all."""
    happening = models.CharField(max_length=8)
    audience = models.CharField(max_length=8)
    channel = models.CharField(max_length=11)
    on = models.DateField()
    """The day on which they were told, or on which it was decided not to."""
    why = models.TextField(blank=True)
    """Why they were not told; otherwise what was said, or to whom."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where Onroll did it."""
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    is_to_read = False
    """Whether hub or officer is asked to read of it, where a query found that out."""
    message: Message | None = None
    """What went into the outbox with it, likewise."""

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(happening__in=[step.value for step in Happening]),
                name="notification_is_of_a_known_step",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[audience.value for audience in Audience]),
                name="notification_is_to_a_known_audience",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="notification_goes_a_known_way",
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.NOT_TOLD.value, why=""),
                name="notification_that_was_not_given_says_why",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in BY_ONROLL], by__isnull=True)
                | ~Q(channel__in=[channel.value for channel in BY_ONROLL]) & Q(by__isnull=False),
                name="notification_is_onrolls_or_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.ON_SCREEN.value, audience__in=COLLEAGUES)
                | ~Q(channel=Channel.ON_SCREEN.value),
                name="notification_on_screen_is_for_hub_or_officer",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(channel=Channel.ON_SCREEN.value, read_at__isnull=False, read_by__isnull=False),
                name="notification_on_screen_is_read_by_somebody",
            ),
        )
        indexes = (
            models.Index(
                fields=("audience", "referral"),
                condition=Q(channel=Channel.ON_SCREEN.value, read_at__isnull=True),
                name="unread_notification",
            ),
        )

    def __str__(self) -> str:
        return f"{self.happening} to {self.audience} of {self.referral_id}"

    @property
    def is_unread(self) -> bool:
        """Say whether it was put before the hub or the officer and nobody has read it."""
        return self.channel == Channel.ON_SCREEN.value and self.read_at is None
