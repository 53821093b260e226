"""How many things came from a sender."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Q, Sum

from onroll.senders.models import DayKey, Sending
from onroll.senders.sender import Sender

MARK_LENGTH = 16
"""As many characters of a hash as a page needs to tell one sender from another."""


class Kind(StrEnum):
    """What is counted, each kind by itself."""

    FORM = "form"
    DRAFT = "draft"
    WRONG_CODE = "wrong_code"
    FILE = "file"


@dataclass(frozen=True)
class Number:
    """How many things came from an address, and how many from the whole of its network."""

    address: int
    network: int


def digest(key: DayKey, text: str) -> str:
    """Return the hash of an address with the key of a day."""
    return hmac.new(key.key.encode(), text.encode(), hashlib.sha256).hexdigest()


def number(kind: Kind, sender: Sender, *, since: datetime, at: datetime) -> Number:
    """Return how many things of a kind came from a sender after `since`, at most a day before."""
    keys = _keys({since.date(), at.date()})
    from_address = Q(address__in=[digest(key, sender.address) for key in keys])
    from_network = Q(network__in=[digest(key, sender.network) for key in keys])
    came = Sending.objects.filter(from_address | from_network, kind=kind.value, at__gt=since)
    return Number(
        **came.aggregate(
            address=Count("pk", filter=from_address), network=Count("pk", filter=from_network)
        )
    )


def size(kind: Kind, sender: Sender, *, since: datetime, at: datetime) -> int:
    """Return how many bytes came from an address after `since`, at most a day before."""
    addresses = [digest(key, sender.address) for key in _keys({since.date(), at.date()})]
    came = Sending.objects.filter(address__in=addresses, kind=kind.value, at__gt=since)
    total: int | None = came.aggregate(total=Sum("size"))["total"]
    return total or 0


def references(kind: Kind, sender: Sender, *, since: datetime, at: datetime) -> list[str]:
    """Return the references of what came from an address after `since`."""
    addresses = [digest(key, sender.address) for key in _keys({since.date(), at.date()})]
    came = Sending.objects.filter(address__in=addresses, kind=kind.value, at__gt=since)
    return list(came.exclude(about="").values_list("about", flat=True))


def _keys(days: Collection[date]) -> list[DayKey]:
    return list(DayKey.objects.filter(on__in=days))
