"""Every read of the outbox."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.messages.models import Kind, Message

STILL_NEWS = timedelta(days=14)
"""A message that could not be sent for so long is sent no more: pages show what it is about."""


def to_send(*, at: datetime) -> list[int]:
    """Return the keys of messages to send now, the longest due first."""
    due = _unsent(at).filter(due_at__lte=at, given_up_at__isnull=True, user__is_active=True)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True))


def not_taken(*, at: datetime) -> QuerySet[Message]:
    """Return the messages whose last try failed, with their people: tried again, or given up."""
    return _unsent(at).exclude(refused_because="").select_related("user")


def _unsent(at: datetime) -> QuerySet[Message]:
    return Message.objects.filter(sent_at__isnull=True, made_at__gte=at - STILL_NEWS)


def newest_unread(user: User, kind: Kind) -> Message | None:
    """Return the newest message of a kind that this user has not said they read, if any."""
    unread = Message.objects.filter(user=user, kind=kind.value, read_at__isnull=True)
    return unread.order_by("-made_at", "-pk").first()


def has_unread(user: User, kind: Kind, ref: str) -> bool:
    """Say whether a person has a message about a thing and has not said that they read it."""
    to_them = Message.objects.filter(user=user, kind=kind.value, ref=ref)
    return to_them.filter(read_at__isnull=True).exists()
