"""What people write down of who was told of a referral, and that they have read of it (P17)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions.steps import day_of
from onroll.referrals.models import (
    BY_ONROLL,
    Audience,
    Channel,
    Happening,
    Notification,
    Referral,
)
from onroll.referrals.queries.notifications import steps_that_happened
from onroll.referrals.queries.readers import absent_of, may_mark_read
from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND, time_in_words
from onroll.rules.refusal import Refused

SAME = timedelta(minutes=15)
KEPT_ALREADY = (
    "You wrote exactly this at {when}, and it is kept. Nothing was added. If they were told again, "
    "say what was said."
)


@transaction.atomic
def note_information(
    *,
    referral: Referral,
    happening: Happening,
    audience: Audience,
    channel: Channel,
    on: date,
    why: str,
    by: User,
    at: datetime,
) -> Notification:
    """Write down that a person told somebody of a step, or why they did not.

    Refused for a step that has not happened, and where the same person wrote the very same minutes
    ago: on a page that was loaded anew, what is sent again looks like another.
    """
    if happening not in steps_that_happened(referral):
        raise Refused("Select a step that has happened", field="happening")
    if channel in BY_ONROLL:
        raise Refused("Onroll writes down itself what it told.", field="channel")
    if channel is Channel.NOT_TOLD and not why:
        raise Refused("Say why nobody was told", field="why")
    if on > day_of(at):
        raise Refused("The day must be today or before", field="on")
    if on < (came_on := day_of(referral.sent_at)):
        raise Refused(
            f"The day must not be before the referral came, on {in_words(came_on)}", field="on"
        )
    row = {
        "referral": referral,
        "happening": happening.value,
        "audience": audience.value,
        "channel": channel.value,
        "on": on,
        "why": why,
        "by": by,
    }
    if (last := Notification.objects.filter(**row, at__gt=at - SAME).first()) is not None:
        when = time_in_words(last.at.astimezone(ENGLAND).time())
        raise Refused(KEPT_ALREADY.format(when=when))
    return Notification.objects.create(**row, at=at)


@transaction.atomic
def note_read(*, referral: Referral, by: User, at: datetime) -> int:
    """Mark what of a referral waits for this person as read; return how many.

    What waits for the officer of a case stays new to them when a manager reads it too.
    """
    unread = Notification.objects.unread().filter(referral=referral).select_related("case")
    children = list(referral.children.select_related("case"))
    absent = absent_of(by, on=at.astimezone(ENGLAND).date())
    readable = [
        row.pk for row in unread if may_mark_read(by, row, referral, children, absent=absent)
    ]
    return Notification.objects.filter(pk__in=readable).update(read_at=at, read_by=by)


def note_opened(*, rows: Collection[Notification], by: User, at: datetime) -> None:
    """Mark as read, when a person opens a referral, what they are not asked to say they read.

    The hub and the officer inform each other, and the system ticks that off (policy p.9).
    """
    unread = Notification.objects.unread().filter(pk__in=[row.pk for row in rows])
    unread.update(read_at=at, read_by=by)
    for row in rows:
        row.read_at, row.read_by = at, by
