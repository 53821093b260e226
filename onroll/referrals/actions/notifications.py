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
def note_read(*, referral: Referral, audience: Audience, by: User, at: datetime) -> int:
    """Mark what is new of a referral as read, for the hub or for the officer; return how many."""
    unread = Notification.objects.unread().filter(referral=referral, audience=audience.value)
    return unread.update(read_at=at, read_by=by)
