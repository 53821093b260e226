"""That the hub was told of a case which a school's file opened (P42)."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, sealed_off

if TYPE_CHECKING:
    from onroll.accounts.models import User


class HubNoticeQuerySet(models.QuerySet["HubNotice"]):
    def visible_to(self, user: "User") -> Self:
        """Return what this person may see: all, for who triages (matrix, row 16)."""
        if scope(user, Permission.CASE_TRIAGE) is not Scope.ALL:
            return self.none()
        return self.exclude(case__child__in=sealed_off(user))

    def unread(self) -> Self:
        """Return what nobody at the hub has read."""
        return self.filter(is_told=True, read_at__isnull=True)


class HubNotice(models.Model):
    """One case of which the hub was told, and who read that.

    Where the case passes the hub first it is a referral of its own, and nothing is to be read.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_told = models.BooleanField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    objects = HubNoticeQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(read_by__isnull=True, read_at__isnull=True)
                | Q(is_told=True, read_by__isnull=False, read_at__isnull=False),
                name="hub_notice_is_read_by_somebody",
            ),
        )
        indexes = (
            models.Index(
                fields=("at",),
                condition=Q(is_told=True, read_at__isnull=True),
                name="unread_notice",
            ),
        )

    def __str__(self) -> str:
        return f"notice of {self.case_id}"
