"""A question whether a child is on a roll, and a school's request for further checks."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.agencies.models import Code
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.further_checks import WANTED, Outcome, Wanted
from onroll.rules.references import speakable
from onroll.rules.roll_question import Purpose, Reply
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User


class RollQuestion(models.Model):
    """Who asked, for what, and what was answered. Rows are only added."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """A person with an account; nobody for who asked by a code."""
    code = models.ForeignKey(Code, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=16)
    reply = models.CharField(max_length=5)
    mark = models.CharField(max_length=16)
    """The same for the same child; nobody makes the name from it."""

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False, code__isnull=True)
                | Q(asked_by__isnull=True, code__isnull=False),
                name="roll_question_is_asked_by_a_person_or_by_a_code",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="roll_question_has_a_purpose_of_the_list",
            ),
            models.CheckConstraint(
                condition=Q(reply__in=[reply.value for reply in Reply]),
                name="roll_question_is_answered_yes_no_or_refer",
            ),
        )
        indexes = (
            models.Index(fields=("asked_by", "asked_at"), name="roll_question_by_person"),
            models.Index(fields=("code", "asked_at"), name="roll_question_by_code"),
        )

    def __str__(self) -> str:
        return self.ref


class FurtherCheckQuerySet(models.QuerySet["FurtherCheck"]):
    def visible_to(self, user: "User") -> Self:
        """Return what this person may see: all, for who answers; a school's, for its staff."""
        if scope(user, Permission.CHECK_ANSWER) is Scope.ALL:
            return self
        return self.filter(school__staff__user=user)

    def waiting(self) -> Self:
        """Return the requests that nobody has answered."""
        return self.filter(outcome="")


class FurtherCheck(models.Model):
    """What a school asks the lead officer to find out before it decides anything (P61).

    The child is as the school names it. What was asked never changes; the answer comes once.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    forename = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    born_on = models.DateField()
    last_attended_on = models.DateField()
    wanted = models.JSONField()
    """Codes of `rules.further_checks.Wanted`."""
    account = models.TextField()
    """What the school knows, and what it has tried."""
    why_not_refer = models.TextField(blank=True, default="", db_default="")
    """Why it asks and does not refer, where the child has been away for long; "" for no such."""
    outcome = models.CharField(max_length=12, blank=True, default="")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FurtherCheckQuerySet.as_manager()

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_by__isnull=True)
                & Q(answered_at__isnull=True)
                | Q(outcome__in=[outcome.value for outcome in Outcome])
                & Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer=""),
                name="further_check_is_answered_in_words_by_a_named_person",
            ),
            models.CheckConstraint(condition=~Q(wanted=[]), name="further_check_says_what_to_find"),
        )
        indexes = (models.Index(fields=("school", "sent_at"), name="further_check_by_school"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def name(self) -> str:
        """Return the name as the school has it."""
        return f"{self.forename} {self.surname}"

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clock of the request."""
        return Deadline.objects.of(self)

    @property
    def wanted_words(self) -> list[str]:
        """Return what is to be found out, in words."""
        return [WANTED[Wanted(code)] for code in self.wanted]
