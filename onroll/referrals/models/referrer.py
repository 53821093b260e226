"""What the person who referred has afterwards: a private link, and what they add."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.documents.models import Document
from onroll.govuk.languages import ENGLISH, IN_ENGLISH
from onroll.referrals.models.referral import Referral


class StatusLink(models.Model):
    """A private link to the page that says how far a referral is. Rows are only added.

    The key in the link is kept nowhere; this is its hash.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="link_is_kept_as_a_hash"
            ),
        )

    def __str__(self) -> str:
        return f"link to {self.referral_id}"


class ReferralUpdate(models.Model):
    """What somebody added to a referral after it was sent. Rows are only added."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="updates")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default=ENGLISH, db_default=ENGLISH)
    """The code of the language of the page it was typed into."""
    gives = models.JSONField(default=list, db_default=[], blank=True)
    """What it tells of that the referral was sent without, as its author says: its codes there."""
    owes = models.JSONField(default=list, db_default=[], blank=True)
    """The talks that its answers about risk ask for, and that are owed since: their codes."""
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    document_name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where it came by the private link."""

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text="", document__isnull=True),
                name="update_has_words_or_a_document",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=True, document_name="")
                | Q(document__isnull=False) & ~Q(document_name=""),
                name="update_names_its_document",
            ),
        )

    def __str__(self) -> str:
        return f"update {self.pk} to {self.referral_id}"

    @property
    def language_in_english(self) -> str:
        """Return the name of the language of its page; nothing for English."""
        return "" if self.language == ENGLISH else IN_ENGLISH[self.language]
