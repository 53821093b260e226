"""What came from which sender. No address is stored: only its hash, with a key of the day.

The key is deleted the night after. From then on nobody can tell, not even by trying every address,
from whom a form came.
"""

import secrets

from django.db import models


def new_key() -> str:
    """Return a random key (256 bits)."""
    return secrets.token_hex(32)


class DayKey(models.Model):
    """The key of the hashes of one day."""

    on = models.DateField(unique=True)
    key = models.CharField(max_length=64, default=new_key)

    def __str__(self) -> str:
        return f"key of {self.on}"


class Sending(models.Model):
    """One thing that came from a sender without an account."""

    kind = models.CharField(max_length=12)
    """A code of `queries.Kind`."""
    address = models.CharField(max_length=64)
    """The keyed hash of the sender's address."""
    network = models.CharField(max_length=64)
    """The keyed hash of the network that the address belongs to."""
    about = models.CharField(max_length=40, blank=True)
    """The reference of what came, if it has one."""
    size = models.PositiveBigIntegerField(default=0, db_default=0)
    """Of a file, its bytes."""
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (
            models.Index(fields=("address", "kind", "at"), name="sending_by_address"),
            models.Index(fields=("network", "kind", "at"), name="sending_by_network"),
        )

    def __str__(self) -> str:
        return f"sending {self.pk}"
