"""Why a child was not referred, or the call about one in danger, by the name of who says so.

Where something that makes it true is not known the child is referred, and both have a link.
"""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.referrals.models.referral import Referral
from onroll.rules.references import speakable
from onroll.rules.start_records import TITLES, Kind, missing

if TYPE_CHECKING:
    from onroll.accounts.models import User


class StartRecordQuerySet(models.QuerySet["StartRecord"]):
    def visible_to(self, user: "User") -> Self:
        """Return what this person may see: all, for who triages; of others their own.

        What became a referral out of this person's sight is not there either (row 33).
        """
        if scope(user, Permission.CASE_TRIAGE) is not Scope.ALL:
            return self.filter(by=user)
        in_sight = Referral.objects.visible_to(user).values("pk")
        return self.filter(Q(referral__isnull=True) | Q(referral__in=in_sight))

    def not_referred(self) -> Self:
        """Return those that did not become a referral: `is_followed` where one followed a call."""
        after = Referral.objects.filter(call=OuterRef("pk"))
        return self.filter(referral__isnull=True).annotate(is_followed=Exists(after))


class StartRecord(models.Model):
    """What somebody with an account wrote down at the end of the first pages. Only added."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    kind = models.CharField(max_length=20)
    forename = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    born_on = models.DateField(null=True, blank=True)
    proofs = models.JSONField()
    """The answers by the codes of `rules.start_records.PROOFS`; days as 2026-11-29.

    An empty one is not known."""
    referral = models.OneToOneField(
        Referral,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="start_record",
    )
    """The referral that it became, since something of it was not known."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    is_followed = False
    """Whether a referral followed the call, where a query found that out."""

    objects = StartRecordQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="start_record_is_of_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """Return what it says, in words."""
        return TITLES[Kind(self.kind)]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return in words what of it is not known."""
        return tuple(proof.words for proof in missing(Kind(self.kind), self.proofs))

    @property
    def is_call(self) -> bool:
        """Return whether it is a call about danger, after which the child is referred."""
        return self.kind == Kind.CALL

    @property
    def name(self) -> str:
        """Return the name of the child."""
        return f"{self.forename} {self.surname}"
