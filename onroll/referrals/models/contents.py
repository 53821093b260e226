"""What comes with a referral: enquiries, the risk assessment, groups at risk, and files.

Rows are only added: they are what somebody said on the day it was sent, or of risk afterwards.
"""

from django.db import models
from django.db.models import Q

from onroll.documents.models import Document
from onroll.referrals.models.referral import Referral
from onroll.referrals.models.referrer import ReferralUpdate
from onroll.rules.enquiries import ENQUIRY_STEPS, METHODS, OTHER
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.risk import RISK_QUESTIONS, RiskAnswer


class ReferralEnquiry(models.Model):
    """One thing that was tried to find the child, as policy p.9 asks it to be recorded."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="enquiries")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    """A code of `rules.enquiries`."""
    step_words = models.CharField(max_length=200, blank=True, default="", db_default="")
    """What it was, where that stands in no list."""
    made_on = models.DateField()
    made_at = models.CharField(max_length=20, blank=True)
    """The time of day, in words."""
    made_by = models.CharField(max_length=120, blank=True)
    asked_name = models.CharField(max_length=200, blank=True)
    """Name and team of who was asked."""
    asked_contact = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=10, blank=True)
    outcome = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ("referral", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "number"), name="enquiry_of_a_referral_has_one_number"
            ),
            models.CheckConstraint(
                condition=Q(step__in=list(ENQUIRY_STEPS)), name="enquiry_is_a_known_step"
            ),
            models.CheckConstraint(
                condition=(Q(step=OTHER) & ~Q(step_words="")) | (~Q(step=OTHER) & Q(step_words="")),
                name="enquiry_of_another_kind_says_what_it_was",
            ),
            models.CheckConstraint(condition=~Q(outcome=""), name="enquiry_says_what_came_of_it"),
        )

    def __str__(self) -> str:
        return f"{self.referral_id}/{self.number}"

    @property
    def title(self) -> str:
        """Return what was tried, in words."""
        title = ENQUIRY_STEPS[self.step].title
        return f"{title}: {self.step_words}" if self.step_words else title

    @property
    def how(self) -> str:
        """Return by which way it was made, in words."""
        return dict(METHODS).get(self.method, "")


class ReferralRisk(models.Model):
    """The answer to one of the 21 questions about risk, with words of who answered."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="risks")
    question = models.CharField(max_length=24)
    """A code of `rules.risk`."""
    answer = models.CharField(max_length=8)
    words = models.TextField(blank=True)
    update = models.ForeignKey(
        ReferralUpdate, models.PROTECT, null=True, blank=True, related_name="risks"
    )
    """The addition with which it came; nothing where it came with the form."""

    class Meta:
        ordering = ("referral", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "question"), name="question_of_risk_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(question__in=[question.code for question in RISK_QUESTIONS]),
                name="question_of_risk_is_one_of_the_21",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=[answer.value for answer in RiskAnswer]),
                name="question_of_risk_is_answered_yes_no_or_not_sure",
            ),
        )

    def __str__(self) -> str:
        return self.question


class ReferralTalk(models.Model):
    """The talks that a risk assessment asks for; empty where one is still owed (policy p.16)."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="talk")
    lead = models.CharField(max_length=120, blank=True)
    lead_contact = models.CharField(max_length=200, blank=True)
    manager = models.CharField(max_length=120, blank=True)
    talked_on = models.DateField(null=True, blank=True)
    advice = models.TextField(blank=True)
    exploitation_with = models.CharField(max_length=200, blank=True)
    exploitation_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(talked_on__isnull=True) | ~Q(lead="") & ~Q(manager=""),
                name="talk_about_risk_names_lead_and_manager",
            ),
            models.CheckConstraint(
                condition=Q(exploitation_on__isnull=True) | ~Q(exploitation_with=""),
                name="talk_about_exploitation_names_who_was_asked",
            ),
        )

    def __str__(self) -> str:
        return f"talk of referral {self.referral_id}"


class ReferralGroup(models.Model):
    """A group at risk that the child belongs to: who said so, and on which day (P06)."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="groups")
    group = models.CharField(max_length=30)
    """A code of `rules.groups`."""
    said_by = models.CharField(max_length=120)
    said_on = models.DateField()

    class Meta:
        ordering = ("referral", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "group"), name="group_is_named_once_in_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(group__in=list(RISK_GROUPS)), name="group_of_a_referral_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(said_by=""), name="group_of_a_referral_is_by_somebodys_word"
            ),
        )

    def __str__(self) -> str:
        return self.group

    @property
    def title(self) -> str:
        """Return the name of the group."""
        return RISK_GROUPS[self.group].name


class ReferralFile(models.Model):
    """A document that came with a referral, and what it shows."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="files")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("referral", "pk")

    def __str__(self) -> str:
        return self.words
