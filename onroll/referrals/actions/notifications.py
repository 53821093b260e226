"""What people write down of who was told of a referral, and that they have read of it (P17)."""

from datetime import date, datetime

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
from onroll.referrals.queries.readers import may_mark_read
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused


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
    """Write down that a person told somebody of a step, or why they did not."""
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
    return Notification.objects.create(
        referral=referral,
        happening=happening.value,
        audience=audience.value,
        channel=channel.value,
        on=on,
        why=why,
        at=at,
        by=by,
    )


@transaction.atomic
def note_read(*, referral: Referral, by: User, at: datetime) -> int:
    """Mark what of a referral waits for this person as read; return how many.

    What waits for the officer of a case stays new to them when a manager reads it too.
    """
    unread = Notification.objects.unread().filter(referral=referral).select_related("case")
    children = list(referral.children.select_related("case"))
    theirs = [row.pk for row in unread if may_mark_read(by, row, referral, children)]
    return Notification.objects.filter(pk__in=theirs).update(read_at=at, read_by=by)
