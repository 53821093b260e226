"""A question whether a child is on a roll, without the name of the child."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.agencies.models import Code
from onroll.rules.references import speakable
from onroll.rules.roll_question import Purpose, Reply


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
