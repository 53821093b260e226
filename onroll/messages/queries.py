"""Every read of the outbox."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from onroll.accounts.models import User
from onroll.messages.models import Choice, Kind, Message

STILL_NEWS = timedelta(days=14)
"""A message that could not be sent for so long is sent no more: pages show what it is about."""


def to_send(*, at: datetime) -> list[int]:
    """Return the keys of messages to send now, the longest due first."""
    is_open = Q(user__isnull=True) | Q(user__is_active=True)
    due = _unsent(at).filter(is_open, due_at__lte=at, given_up_at__isnull=True)
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True))


def not_taken(*, at: datetime) -> QuerySet[Message]:
    """Return the messages whose last try failed, with their people: tried again, or given up."""
    return _unsent(at).exclude(refused_because="").select_related("user")


def _unsent(at: datetime) -> QuerySet[Message]:
    return Message.objects.filter(sent_at__isnull=True, made_at__gte=at - STILL_NEWS)


NOT_TAKEN, WAITING, SENT = "not-taken", "waiting", "sent"
"""The lists of the outbox."""


def outbox(which: str, *, at: datetime) -> QuerySet[Message]:
    """Return a list of the outbox, of messages that are still news, the newest first."""
    if which == NOT_TAKEN:
        messages = not_taken(at=at)
    elif which == WAITING:
        messages = _unsent(at).filter(refused_because="")
    else:
        messages = Message.objects.filter(sent_at__gte=at - STILL_NEWS)
    return messages.select_related("user").order_by("-made_at", "-pk")


def numbers(*, at: datetime) -> dict[str, int]:
    """Return how many messages were not taken, and how many wait, by list."""
    counted = _unsent(at).aggregate(
        refused=Count("pk", filter=~Q(refused_because="")),
        untried=Count("pk", filter=Q(refused_because="")),
    )
    return {NOT_TAKEN: counted["refused"], WAITING: counted["untried"]}


def about(ref: str, kinds: Collection[Kind]) -> list[Message]:
    """Return the messages of some kinds about a thing, the first made first."""
    return list(Message.objects.filter(ref=ref, kind__in=[kind.value for kind in kinds]))


def unread(user: User, kind: Kind) -> QuerySet[Message, str]:
    """Return the references of a kind of messages that a person has not read, the newest first."""
    rows = Message.objects.filter(user=user, kind=kind.value, read_at__isnull=True)
    return rows.order_by("-made_at", "-pk").values_list("ref", flat=True)


def has_unread(user: User, kind: Kind, ref: str) -> bool:
    """Say whether a person has a message about a thing and has not said that they read it."""
    to_them = Message.objects.filter(user=user, kind=kind.value, ref=ref)
    return to_them.filter(read_at__isnull=True).exists()


def once_a_day(users: Iterable[User]) -> set[int]:
    """Return the keys of those people who are sent news of their own cases once a day."""
    daily = Choice.objects.filter(user__in=list(users), is_daily=True)
    return set(daily.values_list("user_id", flat=True))
