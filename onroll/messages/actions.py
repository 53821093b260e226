"""Putting messages into the outbox, sending them, and noting what became of each."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from onroll.accounts.models import User
from onroll.accounts.queries import may_in_some_role
from onroll.messages.kinds import KINDS, Letter, letter
from onroll.messages.models import Kind, Message
from onroll.messages.queries import not_taken
from onroll.messages.sending import Refused

MOST_TRIES = 14
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
"""Each wait is twice the one before, up to this: all tries together take three days and a half."""

Send = Callable[[Letter, str], None]
"""Sends a message to an e-mail address, or raises `Refused`."""


class Delivery(Enum):
    """What became of one try."""

    SENT = "sent"
    REFUSED = "refused"
    NO_SERVER = "no server"
    """The mail server takes nothing at all: the other messages need not be tried."""
    NOT_DUE = "not due"
    """Sent or given up already, in another worker's hands, or not for this person any more."""


@transaction.atomic
def tell(*, kind: Kind, ref: str, to: Iterable[User], at: datetime) -> None:
    """Put a message about a thing into the outbox for each person; whoever has it gets no second.

    It is written, and its job deferred, in the caller's transaction.
    """
    made = [Message(kind=kind.value, ref=ref, user=user, made_at=at, due_at=at) for user in to]
    Message.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        jobs.configure_task("messages.deliver", allow_unknown=False, lock="messages").defer()


@transaction.atomic
def deliver(*, message_id: int, send: Send, at: datetime) -> Delivery:
    """Try to send one message, and note how it went.

    The row is locked while the mail server is spoken to: two workers cannot send it twice, and one
    that dies in between sends it again.
    """
    message = _to_send(message_id, at)
    if message is None:
        return Delivery.NOT_DUE
    message.tries += 1
    try:
        send(letter(Kind(message.kind), message.ref), message.user.email)
    except Refused as refusal:
        _note_refusal(message, refusal, at)
        return Delivery.NO_SERVER if refusal.is_of_server else Delivery.REFUSED
    message.sent_at, message.refused_because = at, ""
    message.save(update_fields=["tries", "sent_at", "refused_because"])
    return Delivery.SENT


def _to_send(message_id: int, at: datetime) -> Message | None:
    """Lock and return a message that is due.

    None if another worker has it, it is not due, or its person may no longer do what it needs.
    """
    message = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .filter(pk=message_id, sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=at)
        .first()
    )
    if message is None or not may_in_some_role(message.user, KINDS[Kind(message.kind)].needs):
        return None
    return message


def _note_refusal(message: Message, refusal: Refused, at: datetime) -> None:
    message.refused_because = str(refusal)
    if message.tries < MOST_TRIES:
        message.due_at = at + min(FIRST_WAIT * 2 ** (message.tries - 1), LONGEST_WAIT)
    else:
        message.given_up_at = at
    message.save(update_fields=["tries", "refused_because", "due_at", "given_up_at"])


@transaction.atomic
def try_again(*, at: datetime) -> int:
    """Make every message that was not taken due now, with all its tries; return how many."""
    return not_taken(at=at).update(due_at=at, tries=0, given_up_at=None)


@transaction.atomic
def note_read(*, kind: Kind, ref: str, by: User, at: datetime) -> None:
    """Note that a person says they have read what a message leads to."""
    unread = Message.objects.filter(kind=kind.value, ref=ref, user=by, read_at__isnull=True)
    unread.update(read_at=at)
