"""Count what comes from a sender, and forget it."""

from datetime import date, datetime

from django.db import transaction

from onroll.senders.models import DayKey, Sending
from onroll.senders.queries import MARK_LENGTH, Kind, digest
from onroll.senders.sender import Sender


@transaction.atomic
def count(*, kind: Kind, sender: Sender, at: datetime, about: str = "", size: int = 0) -> str:
    """Count one thing that came; return the words by which a page tells its sender from others."""
    key, _ = DayKey.objects.get_or_create(on=at.date())
    address = digest(key, sender.address)
    Sending.objects.create(
        kind=kind.value,
        address=address,
        network=digest(key, sender.network),
        about=about,
        size=size,
        at=at,
    )
    return address[:MARK_LENGTH]


@transaction.atomic
def forget(*, before: date) -> int:
    """Delete the keys of the days before one, and what was counted then; return how many."""
    DayKey.objects.filter(on__lt=before).delete()
    deleted, _ = Sending.objects.filter(at__date__lt=before).delete()
    return deleted
