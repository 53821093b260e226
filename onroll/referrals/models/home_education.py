"""A school's report that went to the officer for home education, and who took it (P68)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.referrals.codes import Decision
from onroll.referrals.models.child import ReferredChild
from onroll.referrals.models.decision import HubDecision
from onroll.referrals.models.referral import Referral
from onroll.rules.hours import ENGLAND


class HomeEducationReport(models.Model):
    """That a school's referral is before the officer for home education; it is received once."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="home_education_report")
    concerns = models.JSONField()
    """Codes of `rules.school_reports.Concern`."""
    is_for_hub = models.BooleanField()
    """Whether the hub has it too, by the setting of the day or because it is graver."""
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="report_of_home_education_is_received_by_a_named_person",
            ),
        )
        indexes = (
            models.Index(
                fields=("at",),
                condition=Q(received_at__isnull=True),
                name="report_to_receive",
            ),
        )

    def __str__(self) -> str:
        return f"report of {self.referral_id}"

    @property
    def to_receive(self) -> "list[ReferredChild]":
        """Return the children whom the hub sent to home education and nobody has: who receives the
        report has them too."""
        return [
            child
            for child in self.referral.children.all()
            if (row := child.decision)
            and row.decision == Decision.HOME_EDUCATION.value
            and row.is_to_receive
        ]

    @property
    def received_with_it(self) -> "list[HubDecision]":
        """Return what was received with the report: by the same person, on the same day."""
        if self.received_at is None:
            return []
        on = self.received_at.astimezone(ENGLAND).date()
        return [
            row
            for row in self.hub_receipts
            if row.receipt_by_id == self.received_by_id and row.receipt_on == on
        ]

    @property
    def receipt_stays(self) -> str:
        """Return in a sentence what rests on the receipt, so that it cannot be taken back."""
        return next(filter(None, (row.receipt_stays for row in self.received_with_it)), "")

    @property
    def may_be_given_back(self) -> bool:
        """Say whether somebody has the report, and nothing rests on that yet."""
        return self.received_by_id is not None and not self.receipt_stays

    @property
    def hub_receipts(self) -> "list[HubDecision]":
        """Return what the hub entered itself of who has a child whom it sent to home education."""
        decisions = [child.decision for child in self.referral.children.all()]
        of_it = (row for row in decisions if row and row.decision == Decision.HOME_EDUCATION.value)
        return [row for row in of_it if row.receipt_on is not None]
