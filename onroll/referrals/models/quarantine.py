"""The quarantine: forms of senders who sent very many. None is dropped; a person answers each."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.referrals.codes import Quarantined
from onroll.referrals.models.referral import Referral

if TYPE_CHECKING:
    from onroll.accounts.models import User


class QuarantineQuerySet(models.QuerySet["Quarantine"]):
    def visible_to(self, user: "User") -> Self:
        """Return what this person may see: all, for who triages (matrix, row 16)."""
        is_all = scope(user, Permission.CASE_TRIAGE) is Scope.ALL
        return self if is_all else self.none()

    def waiting(self) -> Self:
        """Return what nobody has released or refused."""
        return self.filter(answer=Quarantined.WAITING.value)


class Quarantine(models.Model):
    """Why a referral is kept out of the hub's queue, and what somebody answered.

    A referral that is refused stays here, and may be released later.
    """

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="quarantine")
    sender = models.CharField(max_length=16)
    """The beginning of a hash of the sender's address, whose key is deleted the night after."""
    forms = models.PositiveIntegerField()
    """How many forms had come from the sender's address or network by then, with this one."""
    minutes = models.PositiveSmallIntegerField()
    """Over how many minutes they were counted."""
    since_at = models.DateTimeField()
    answer = models.CharField(max_length=8, default=Quarantined.WAITING.value)
    why = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        ordering = ("referral__sent_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer=Quarantined.WAITING.value, why="")
                & Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=[Quarantined.RELEASED.value, Quarantined.REFUSED.value])
                & Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(why=""),
                name="quarantine_ends_by_somebodys_answer_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("answer", "sender"), name="quarantine_by_sender"),)

    def __str__(self) -> str:
        return f"quarantine of {self.referral_id}"
