"""Files as people attached them."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length


class Kind(StrEnum):
    """What a document is."""

    INTAKE = "intake"
    """A file sent to be taken in: of a school's pupils, or a list."""


class Document(models.Model):
    """A file as it was received: its bytes, their hash and size. It is never changed or deleted.

    Its key is held by the row of the feature it was attached to. Look at `queries.content` for its
    bytes: following that key would fetch them wherever the row is looked at.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    """As it came; it may be of any letters, and is shown and handed out only."""
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where it lay in a folder or came by a command."""

    class Meta:
        ordering = ("attached_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"), Value("hex"), function="encode"
                    )
                ),
                name="document_has_the_hash_of_its_bytes",
            ),
            models.CheckConstraint(
                condition=Q(size=Length("content")), name="document_has_the_size_of_its_bytes"
            ),
        )

    def __str__(self) -> str:
        return self.name
