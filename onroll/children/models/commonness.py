"""How common names, birthdays and postcodes are: counts that point at no child."""

from django.db import models


class Commonness(models.Model):
    """How many children on record have one value; `kind` is what was counted."""

    kind = models.CharField(max_length=16)
    value = models.TextField()
    number = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "commonness"
        constraints = (
            models.UniqueConstraint(fields=("kind", "value"), name="value_is_counted_once"),
        )

    def __str__(self) -> str:
        return self.kind
