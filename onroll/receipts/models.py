"""Receipts: how a form was answered, for as long as it may be sent again."""

from django.db import models


class Receipt(models.Model):
    """One form that was acted on, and its answer.

    The digest identifies nobody: it cannot be computed without the form's random key, which is
    stored nowhere. The form's effects are recorded in the audit trail.
    """

    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.TextField()
    """Where the person was sent, sealed with the form's key (`receipts.sealing`)."""
    messages = models.JSONField()
    """What the next page told them: level and text of each message."""
    taken_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("digest",), name="form_is_taken_once_for_its_key"),
        )

    def __str__(self) -> str:
        return f"receipt {self.pk}"
