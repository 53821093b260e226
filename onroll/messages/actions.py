"""Putting messages into the outbox, sending them, and noting what became of each."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from enum import Enum

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app as jobs

from onroll.accounts.models import User
from onroll.accounts.queries import may_in_some_role, with_colleagues
from onroll.messages.channels.frame import Closed, Refused
from onroll.messages.kinds import KINDS, Letter, letter, letter_of_many
from onroll.messages.models import (
    ALONE,
    BY_CHOICE,
    ENDS,
    WITHOUT_ACCOUNT,
    Choice,
    Kind,
    Message,
    Recipient,
    Way,
)
from onroll.messages.queries import STILL_NEWS, not_taken, once_a_day
from onroll.messages.quiet import at_next_daily, in_the_morning

MOST_TRIES = 14
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
"""Each wait is twice the one before, up to this: all tries together take three days and a half."""

Send = Callable[[Letter, Way, str], None]
"""Sends a message to an address, or raises `Refused` or `Closed`."""


class Delivery(Enum):
    """What became of one try."""

    SENT = "sent"
    REFUSED = "refused"
    CLOSED = "closed"
    """Nothing sends that way now: it waits, and no try is counted."""
    NOT_DUE = "not due"
    """Sent or given up already, in another worker's hands, or not for this person any more."""
    NO_RECIPIENT = "no recipient"
    """Nobody gave an address for the reference: the message is gone."""


@transaction.atomic
def tell(
    *,
    kind: Kind,
    ref: str,
    to: Iterable[User],
    at: datetime,
    apart_from: User | None = None,
    with_covers: bool = True,
) -> None:
    """Put a message about a thing into the outbox for each person; whoever has it gets no second.

    Who covers for one of them on that day is told as well, unless it is said otherwise, and
    `apart_from`, who did it, is not.
    News of own cases waits for the next look of the worker, which makes one message of several, or
    for the morning where the person has chosen that.

    Of what may happen to a thing again (`EACH_TIME`), each time is told: one that waits still
    stands for the later one too. It is written, and its job deferred, in the caller's transaction.
    """
    on = timezone.localtime(at).date()
    everyone = with_colleagues(to, on=on) if with_covers else list(to)
    people = [user for user in everyone if user != apart_from]
    daily = once_a_day(people) if kind.value in BY_CHOICE else set()
    made = [
        Message(
            kind=kind.value,
            ref=ref,
            user=user,
            made_at=at,
            due_at=_not_at_night(kind, at_next_daily(at) if user.pk in daily else at),
        )
        for user in people
    ]
    Message.objects.bulk_create(made, ignore_conflicts=True)
    if made and kind.value not in BY_CHOICE:
        _defer()


@transaction.atomic
def choose_how_often(*, user: User, is_daily: bool, at: datetime) -> None:
    """Keep whether a person is sent news of their own cases once a day, from now on."""
    choice = {"is_daily": is_daily, "at": at}
    Choice.objects.update_or_create(user=user, defaults=choice)


@transaction.atomic
def tell_without_account(*, kind: Kind, ref: str, at: datetime) -> None:
    """Put a message into the outbox for who gave an address for a reference, if anybody did.

    That is looked up when it is sent: here everything is the same for a reference that nobody has.
    One that waits already becomes this one, where this weighs more or is a later end; and where
    somebody waits for this one, it waits no longer for the morning, since the same page is behind
    both.
    """
    message = Message(kind=kind.value, ref=ref, made_at=at, due_at=_not_at_night(kind, at))
    Message.objects.bulk_create([message], ignore_conflicts=True)
    is_end = kind.value in ENDS
    lighter = WITHOUT_ACCOUNT if is_end else WITHOUT_ACCOUNT[: WITHOUT_ACCOUNT.index(kind.value)]
    waiting = Message.objects.waiting().filter(ref=ref, user__isnull=True)
    waiting.filter(kind__in=lighter).update(kind=kind.value)
    if not KINDS[kind].is_quiet:
        waiting.filter(due_at__gt=at).update(due_at=at)
    _defer()


def withdraw(*, kinds: Collection[Kind], refs: Iterable[str]) -> None:
    """Send no message that still waits of what does not wait any more."""
    waiting = Message.objects.waiting().filter(kind__in=[kind.value for kind in kinds])
    waiting.filter(ref__in=list(refs)).delete()


def unsay_close(*, ref: str) -> None:
    """Let no message that waits say that the work on a form is over, since it goes on again."""
    waiting = Message.objects.waiting().filter(ref=ref, kind=Kind.REFERRAL_CLOSED.value)
    waiting.update(kind=Kind.REFERRAL_DECIDED.value)


def _not_at_night(kind: Kind, at: datetime) -> datetime:
    return in_the_morning(at, settings.QUIET_HOURS) if KINDS[kind].is_quiet else at


def _defer() -> None:
    jobs.configure_task("messages.deliver", allow_unknown=False, lock="messages").defer()


@transaction.atomic
def deliver(*, message_id: int, send: Send, at: datetime) -> Delivery:
    """Try to send one message, and note how it went.

    The row is locked while the server is spoken to: two workers cannot send it twice, and one
    that dies in between sends it again.
    """
    message = _to_send(message_id, at)
    if message is None:
        return Delivery.NOT_DUE
    further = _due_to_the_same(message, at)
    try:
        is_sent = _send(message, send, at, is_of_several=bool(further))
    except Closed:
        return Delivery.CLOSED
    except Refused as refusal:
        _note_refusal(message, refusal, at)
        return Delivery.REFUSED
    if not is_sent:
        message.delete()
        return Delivery.NO_RECIPIENT
    message.tries += 1
    for row in (message, *further):
        row.sent_at, row.refused_because, row.channel = at, "", message.channel
        row.save(update_fields=["tries", "sent_at", "refused_because", "channel"])
    return Delivery.SENT


def _due_to_the_same(message: Message, at: datetime) -> list[Message]:
    """Lock and return what else is due to a person with an account: one letter stands for all."""
    if message.user is None or message.kind in ALONE:
        return []
    waiting = Message.objects.waiting().filter(user=message.user, due_at__lte=at)
    fresh = waiting.filter(made_at__gte=at - STILL_NEWS).exclude(pk=message.pk)
    fresh = fresh.exclude(kind__in=ALONE)
    due = fresh.select_for_update(of=("self",), skip_locked=True).select_related("user")
    return [row for row in due if _may_open(message.user, Kind(row.kind))]


@transaction.atomic
def _send(message: Message, send: Send, at: datetime, *, is_of_several: bool) -> bool:
    """Send a message; return False where nobody without an account gave an address.

    What is made to send it, such as a link, is taken back where it is not taken.
    """
    kind = Kind(message.kind)
    if message.user is not None:
        message.channel = Way.EMAIL.value
        text = letter_of_many() if is_of_several else letter(kind, message.ref)
        send(text, Way.EMAIL, message.user.email)
        return True
    recipient = _recipient(kind, message.ref, at)
    if recipient is None:
        return False
    message.channel = recipient.way.value
    text = letter(kind, message.ref, key=recipient.key, language=recipient.language)
    send(text, recipient.way, recipient.address)
    return True


def _recipient(kind: Kind, ref: str, at: datetime) -> Recipient | None:
    """Return who gave an address for a reference: a feature names in `messages` of its AppConfig,
    by kind, the action that knows.
    """
    paths = [
        configured[kind.value]
        for config in apps.get_app_configs()
        if kind.value in (configured := getattr(config, "messages", {}))
    ]
    recipient: Recipient | None = import_string(paths[0])(ref=ref, at=at)
    return recipient


def _to_send(message_id: int, at: datetime) -> Message | None:
    """Lock and return a message that is due.

    None if another worker has it, it is not due, or its person may no longer do what it needs.
    """
    message = (
        Message.objects.waiting()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .filter(pk=message_id, due_at__lte=at)
        .first()
    )
    if message is None or message.user is None:
        return message
    return message if _may_open(message.user, Kind(message.kind)) else None


def _may_open(user: User, kind: Kind) -> bool:
    """Return whether a person may open, in some role, the page that a message leads to."""
    needs = KINDS[kind].needs
    return needs is not None and may_in_some_role(user, needs)


def _note_refusal(message: Message, refusal: Refused, at: datetime) -> None:
    message.refused_because = str(refusal)
    message.tries += 1
    if message.tries < MOST_TRIES:
        again = at + min(FIRST_WAIT * 2 ** (message.tries - 1), LONGEST_WAIT)
        message.due_at = _not_at_night(Kind(message.kind), again)
    else:
        message.given_up_at = at
    message.save(update_fields=["tries", "channel", "refused_because", "due_at", "given_up_at"])


@transaction.atomic
def try_again(*, at: datetime) -> int:
    """Make every message that was not taken due now, with all its tries; return how many."""
    return not_taken(at=at).update(due_at=at, tries=0, given_up_at=None)


@transaction.atomic
def note_read(*, kind: Kind, ref: str, by: User, at: datetime) -> None:
    """Note that a person says they have read what a message leads to."""
    unread = Message.objects.filter(kind=kind.value, ref=ref, user=by, read_at__isnull=True)
    unread.update(read_at=at)
