"""To whom something was passed on because nobody did it in time."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onroll.accounts.roles import Role
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.models.referral import Referral


class Rank(StrEnum):
    """Who is told: first the deputy, after as long again the manager."""

    DEPUTY = "deputy"
    MANAGER = "manager"


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def open(self) -> "EscalationQuerySet":
        """Return those whose clock still runs: nobody has done it yet.

        What somebody of the hub looks at themselves is theirs, and not passed on to them.
        """
        running = self.filter(deadline__met_on__isnull=True, deadline__ended_on__isnull=True)
        is_owned = Q(referral__owner__isnull=False, referral__owner=F("to"))
        is_of_hub = Q(deadline__subject=Subject.REFERRAL.value, to__role=Role.MASH.value)
        return running.exclude(is_owned & is_of_hub)


class Escalation(models.Model):
    """Something that waits too long, and one person to whom it was passed on."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="escalations")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="+")
    """The clock that was not met."""
    rank = models.CharField(max_length=7)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("deadline", "rank", "to"), name="person_is_passed_a_thing_on_once"
            ),
            models.CheckConstraint(
                condition=Q(rank__in=[rank.value for rank in Rank]),
                name="escalation_is_to_a_deputy_or_a_manager",
            ),
        )
        indexes = (models.Index(fields=("to",), name="escalation_by_person"),)

    def __str__(self) -> str:
        return f"{self.referral_id} to {self.to_id}"
