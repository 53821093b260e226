"""Messages to people: of what kind, about what, to whom, and how the sending went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.govuk.languages import ENGLISH


class Kind(StrEnum):
    """What a message says. `kinds.KINDS` has the words of each."""

    WEEKLY_REPORT = "weekly_report"
    REFERRAL_WAITS = "referral_waits"
    REFERRAL_OF_CASE = "referral_of_case"
    REFERRAL_SENT = "referral_sent"
    ACCEPT_URGENT = "accept_urgent"
    ACCEPT_CALM = "accept_calm"
    OWN_REFERRAL_CLOSED = "own_referral_closed"
    CHECK_ANSWERED = "check_answered"
    NEW_FILE_ASKED = "new_file_asked"
    CASE_GIVEN = "case_given"
    CASE_ALERT = "case_alert"
    ENQUIRY_ANSWERED = "enquiry_answered"
    MANAGER_ASKED = "manager_asked"
    MANAGER_ANSWERED = "manager_answered"
    CASE_SEALED = "case_sealed"
    BREAK_GLASS = "break_glass"
    CASE_BY_GLASS = "case_by_glass"
    REFERRAL_LINK = "referral_link"
    REFERRAL_RECEIVED = "referral_received"
    REFERRAL_DECIDED = "referral_decided"
    REFERRAL_CLOSED = "referral_closed"


class Way(StrEnum):
    """How a message is sent."""

    EMAIL = "email"
    SMS = "sms"


WITHOUT_ACCOUNT = (
    Kind.REFERRAL_LINK.value,
    Kind.REFERRAL_RECEIVED.value,
    Kind.REFERRAL_DECIDED.value,
    Kind.REFERRAL_CLOSED.value,
)
"""Messages to people without an account, the weightiest last: a later one replaces one that waits,
since the same page shows both."""
ENDS = (Kind.REFERRAL_DECIDED.value, Kind.REFERRAL_CLOSED.value)
"""How a form ends. Of these the later one is true, whichever it is."""

NEWS = (
    Kind.CASE_GIVEN.value,
    Kind.CASE_ALERT.value,
    Kind.ENQUIRY_ANSWERED.value,
    Kind.MANAGER_ASKED.value,
    Kind.MANAGER_ANSWERED.value,
)
"""News of a person's own cases, and what is asked of them as a manager: one message, or one a day,
as the person has chosen."""
BY_CHOICE = (*NEWS, Kind.ACCEPT_CALM.value)
"""What is sent within a few minutes or once a day, as the person has chosen."""
ALONE = (Kind.ACCEPT_URGENT.value,)
"""Messages that stand in no letter of several: each asks for something within hours."""

EACH_TIME = (Kind.OWN_REFERRAL_CLOSED.value, *NEWS)
"""Messages to people with an account of what may happen to a thing again: each time is told. Of the
others a person has one about a thing, ever."""


@dataclass(frozen=True)
class Recipient:
    """A person without an account: where, and the key of the page the message leads to."""

    address: str
    """An e-mail address or a mobile number, as `way` says."""
    key: str
    way: Way = Way.EMAIL
    language: str = ENGLISH
    """The code of the language in which they wrote to us."""


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        """Return the messages that are neither sent nor given up."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)


class Message(models.Model):
    """A message to one person. It holds a reference and nothing else of what it is about (P58).

    A person without an account has no address here either: the feature that the reference belongs
    to knows it when the message is sent (`messages` of its AppConfig).
    """

    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=11)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where the person has no account."""
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When it is to be sent; after a try that failed, when it is to be tried again."""
    tries = models.PositiveSmallIntegerField(default=0)
    refused_because = models.TextField(blank=True)
    """Why the last try failed, in words; nothing once the message is sent."""
    channel = models.CharField(max_length=5, blank=True, default="", db_default="")
    """The `Way` by which it was sent, or tried last."""
    sent_at = models.DateTimeField(null=True, blank=True)
    """When a server took it to send it on."""
    given_up_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    """When the person said that they have read what it leads to."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "ref", "user"),
                condition=~Q(kind__in=EACH_TIME),
                name="person_gets_a_message_about_a_thing_once",
            ),
            models.UniqueConstraint(
                fields=("kind", "ref", "user"),
                condition=Q(kind__in=EACH_TIME, sent_at__isnull=True, given_up_at__isnull=True),
                name="one_message_of_what_happens_again_waits_for_a_person",
            ),
            models.UniqueConstraint(
                fields=("ref",),
                condition=Q(user__isnull=True, sent_at__isnull=True, given_up_at__isnull=True),
                name="one_message_waits_for_a_person_without_an_account",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True, kind__in=WITHOUT_ACCOUNT)
                | Q(user__isnull=False) & ~Q(kind__in=WITHOUT_ACCOUNT),
                name="message_is_to_an_account_or_of_a_kind_for_people_without",
            ),
            models.CheckConstraint(
                condition=Q(ref__regex=r"^[2-9A-HJKMNP-RT-Z]{3}(-[2-9A-HJKMNP-RT-Z]{3}){2}$"),
                name="message_carries_a_reference_and_no_words",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(refused_because="", given_up_at__isnull=True),
                name="message_that_was_sent_is_not_refused",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True) | ~Q(refused_because=""),
                name="message_that_is_given_up_says_why",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="message_to_send",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} to {self.user_id or 'nobody with an account'}"

    def has_waited(self, *, at: datetime) -> bool:
        """Say whether it was in the outbox at a moment, neither sent before nor given up."""
        ended_at = self.sent_at or self.given_up_at
        return self.made_at <= at and (ended_at is None or ended_at >= at)


class Choice(models.Model):
    """How often a person with an account is sent news of their own cases; at once, if not said."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="message_choice"
    )
    is_daily = models.BooleanField()
    """One message a day, in the morning, and not one for what comes within a few minutes."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}: {'once a day' if self.is_daily else 'at once'}"
