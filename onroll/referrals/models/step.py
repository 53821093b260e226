"""What happened to a referral, step by step."""

from datetime import date, datetime

from django.conf import settings
from django.db import models

from onroll.referrals.models.referral import Referral
from onroll.rules.hours import ENGLAND

ADDED = "The person who referred added something"
"""The one step that who referred takes."""


class ReferralStep(models.Model):
    """Something that happened to a referral. Rows are only added."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    gives = models.JSONField(default=list, db_default=[], blank=True)
    """Of what the referral was sent without: the codes of which the hub says that it has them."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody for the sending: who referred is kept apart."""

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.what

    @property
    def is_by_referrer(self) -> bool:
        """Say whether who referred did it, so that its author is not everybody's to know."""
        return self.what == ADDED

    @property
    def day(self) -> date | None:
        """Return the day of the coming in, where no more of it is known."""
        is_coming = self.by_id is None and self.at == self.referral.sent_at
        is_known = self.referral.has_time or not is_coming
        return None if is_known else self.at.astimezone(ENGLAND).date()

    @property
    def when(self) -> date | datetime:
        """Return when it happened, as far as that is known."""
        return self.day or self.at
