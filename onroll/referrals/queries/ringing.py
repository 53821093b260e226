"""Who is to be rung: a person who referred, whom no message reaches, and who left a number (P17).

The hub rings them. It may always know who referred, and an officer may not without a reason
(access matrix, row 10), so the page on which they write down who was told leaves it to the hub.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.accounts.models import User
from onroll.accounts.queries import is_theirs
from onroll.accounts.roles import Role
from onroll.referrals.models import UNDONE, Audience, Channel, Happening, Notification, Referral
from onroll.referrals.notifications import step_title

OVER = (Happening.CLOSED.value, Happening.PASSED.value)
TO_TELL = (Happening.DECIDED.value, *OVER)
"""The steps of which who referred is told by telephone."""
NUMBER = r"(\d[^\d@]{0,3}){7}"
"""What looks like a telephone number: seven figures, with what people write between them."""


def to_ring(user: User, *, on: date | None = None) -> QuerySet[Notification]:
    """Return the steps of which somebody waits to be told by telephone by this person of the hub.

    That is of what they look at or nobody does, and with a day, of what a colleague looks at for
    whom they cover then. A step asks it until somebody wrote down after it
    that who referred was told of it, or of the end; or why not. A call that nobody answered leaves
    it owed. One that was undone asks nothing.
    """
    is_free = is_theirs(user, "referral__owner", on=on) | Q(referral__owner__isnull=True)
    without_account = Q(referral__made_by__isnull=True) | Q(referral__typed_at__isnull=False)
    steps = Notification.objects.filter(
        is_free,
        without_account,
        audience=Audience.REFERRER.value,
        channel=Channel.STATUS_PAGE.value,
        happening__in=TO_TELL,
        referral__school__isnull=True,
        referral__from_case__isnull=True,
        referral__referrer_contact__regex=NUMBER,
    )
    return steps.exclude(Exists(_written_to()) | Exists(_calls_made()) | Exists(_undone()))


def is_tried() -> Exists:
    """Return of a step whether somebody rang about it since, and nobody answered."""
    calls = _to_referrer().filter(channel=Channel.NO_ANSWER.value)
    return Exists(calls.filter(happening=OuterRef("happening"), pk__gt=OuterRef("pk")))


@dataclass(frozen=True)
class CallOwed:
    """A call that somebody of the hub owes to who referred: about which step, and if they tried."""

    step: Notification
    tried: Notification | None

    @property
    def words(self) -> str:
        """Return what who referred is to be told of."""
        return step_title([self.step])


def call_owed(
    user: User, referral: Referral, notifications: Sequence[Notification]
) -> CallOwed | None:
    """Return the call about a referral that Today asks of this person of the hub, if it does.

    Of several steps it is about the last: who is told of that is told of all. `notifications` are
    those of the referral.
    """
    if user.role != Role.MASH or not re.search(NUMBER, referral.referrer_contact):
        return None
    step = to_ring(user).filter(referral=referral).last()
    if step is None:
        return None
    calls = [row for row in notifications if row.channel == Channel.NO_ANSWER and row.pk > step.pk]
    return CallOwed(step, calls[-1] if calls else None)


def _to_referrer() -> QuerySet[Notification]:
    rows = Notification.objects.filter(referral=OuterRef("referral"))
    return rows.filter(audience=Audience.REFERRER.value).order_by()


def _written_to() -> QuerySet[Notification]:
    """Return the messages that who referred was sent: whoever had one has a link to their page."""
    return _to_referrer().filter(channel=Channel.EMAIL_LINK.value)


def _calls_made() -> QuerySet[Notification]:
    of_step_or_end = Q(happening=OuterRef("happening")) | Q(happening__in=OVER)
    by_somebody = _to_referrer().filter(by__isnull=False).exclude(channel=Channel.NO_ANSWER.value)
    return by_somebody.filter(of_step_or_end, pk__gt=OuterRef("pk"))


def _undone() -> QuerySet[Notification]:
    return _to_referrer().filter(happening__in=UNDONE, pk__gt=OuterRef("pk"))
