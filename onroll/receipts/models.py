"""How a form was answered, for as long as it may be sent again."""

from django.db import models


class Receipt(models.Model):
    """That a form was taken, and how it was answered.

    The digest names nobody: it cannot be worked out without the form's random key, which is kept
    nowhere. What the form did is recorded where it was done.
    """

    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.TextField()
    """Where the person was sent."""
    messages = models.JSONField()
    """What the next page told them: level and text of each message."""
    taken_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("digest",), name="form_is_taken_once_for_its_key"),
        )

    def __str__(self) -> str:
        return f"receipt {self.pk}"
