"""That a case is sealed, and that somebody proposes to seal or unseal one (access matrix, row 33).

As long as a seal stands, every case of its child is only for who has the sealed case and its team.
"""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from onroll.accounts.access import opened
from onroll.cases.models.case import Case, Member

if TYPE_CHECKING:
    from onroll.accounts.models import User


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class SealQuerySet(models.QuerySet["Seal"]):
    def standing(self) -> Self:
        """Return the seals that nobody has taken away."""
        return self.filter(ended_at__isnull=True)


class Seal(models.Model):
    """A case is sealed, from a moment until somebody unseals it, each with a reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="seals")
    why = models.TextField()
    at = models.DateTimeField()
    by = _person()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _person(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(ended_at__isnull=True),
                name="case_has_one_seal_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="seal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="case_is_unsealed_by_someone_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"seal of {self.case_id}"


class SealProposal(models.Model):
    """A lead officer's proposal to seal or to unseal a case; the answer comes once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="seal_proposals")
    is_to_seal = models.BooleanField()
    """Whether to seal it; else to unseal it."""
    why = models.TextField()
    at = models.DateTimeField()
    by = _person()
    is_agreed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = _person(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(answered_at__isnull=True),
                name="one_proposal_to_seal_a_case_waits",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="proposal_to_seal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    is_agreed__isnull=True, answered_at__isnull=True, answered_by__isnull=True
                )
                | Q(is_agreed__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="proposal_to_seal_is_answered_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"proposal of {self.case_id}"

    @property
    def act(self) -> str:
        """Return what is proposed, in one word."""
        return "seal" if self.is_to_seal else "unseal"


def sealed_off(user: "User") -> "QuerySet[Seal, Any]":
    """Return the ids of the children whose sealed case this user may not see: a subquery.

    Left out are the cases they have or are on the team of, and those they opened by break-glass.
    """
    on_team = Member.objects.filter(user=user).values("case_id")
    worked_on = Q(case__owner=user) | Q(case__in=on_team) | Q(case__child__in=opened(user))
    return Seal.objects.standing().exclude(worked_on).values("case__child_id")
