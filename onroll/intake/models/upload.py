"""What a person sent on a form: several files together, or one kept while the form is mended."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.intake.models.transfer import Transfer
from onroll.rules.references import speakable


class Upload(models.Model):
    """Files that a person sent together. What became of each at the door is in `items`."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.ref


class UploadItem(models.Model):
    """One file of an upload: the file it is kept as, or the rule by which nothing was kept."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="items")
    name = models.CharField(max_length=255)
    transfer = models.ForeignKey(
        Transfer, models.PROTECT, null=True, blank=True, related_name="upload_items"
    )
    is_first = models.BooleanField(default=True)
    """Its bytes had not come before."""
    rule = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    """What goes into the sentence of the rule."""

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(transfer__isnull=False, rule="")
                | Q(transfer__isnull=True) & ~Q(rule=""),
                name="sent_file_is_kept_or_says_why_not",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file chosen on a form that could not be taken yet. It is kept for a day, for who chose it.

    A browser forgets a chosen file when a form comes back with another field to mend.
    """

    token = models.CharField(max_length=11, unique=True, default=speakable)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("at",), name="attachment_by_moment"),)

    def __str__(self) -> str:
        return self.token
