"""Who is told of each step of a referral, as far as Onroll does it (P17)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.steps import numbers_of
from onroll.referrals.codes import ANOTHER_TEAM, Stage
from onroll.referrals.contact import author_of, place_to_write
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    Notification,
    NotificationQuerySet,
    Referral,
    ReferredChild,
)

REFERRER, SCHOOL, HUB, OFFICER = (
    Audience.REFERRER,
    Audience.SCHOOL,
    Audience.HUB,
    Audience.OFFICER,
)
COLLEAGUES = {
    Happening.UPDATE: (HUB, OFFICER),
    Happening.DECIDED: (OFFICER,),
    Happening.CLOSED: (HUB,),
}
"""Who of the two is told of what the other, or the referrer, did (policy p.9)."""
OVER = {Happening.CLOSED: "The work is over", Happening.PASSED: ANOTHER_TEAM}
"""How a referral ends of which the hub, and whoever had a case of it, has nothing left to do."""
MESSAGES = {
    Happening.RECEIVED: Kind.REFERRAL_RECEIVED,
    Happening.CLOSED: Kind.REFERRAL_CLOSED,
    Happening.PASSED: Kind.REFERRAL_DECIDED,
}


@transaction.atomic
def inform(
    referral: Referral, happening: Happening, *, at: datetime, about: Sequence[ReferredChild] = ()
) -> None:
    """Tell everybody of a step whom Onroll tells by itself, and write down that it did."""
    channels = list(outside(referral, happening))
    if happening in MESSAGES and may_be_written_to(referral):
        messages.tell_without_account(kind=MESSAGES[happening], ref=referral.ref, at=at)
        channels.append((REFERRER, Channel.EMAIL_LINK))
    elif happening in OVER and (author := author_of(referral)):
        messages.tell(kind=Kind.OWN_REFERRAL_CLOSED, ref=referral.ref, to=[author], at=at)
        channels.append((SCHOOL if referral.school_id else REFERRER, Channel.EMAIL_LINK))
    channels += [(audience, Channel.ON_SCREEN) for audience in _colleagues(referral, happening)]
    keep(referral, happening, channels, at=at, about=about)


def keep(
    referral: Referral,
    happening: Happening,
    channels: Iterable[tuple[Audience, Channel]],
    *,
    at: datetime,
    case: Case | None = None,
    about: Sequence[ReferredChild] = (),
    why: str = "",
) -> None:
    numbers = numbers_of(referral, about)
    Notification.objects.bulk_create(
        Notification(
            referral=referral,
            case=case,
            about=numbers,
            happening=happening.value,
            audience=audience.value,
            channel=channel.value,
            why=why,
            on=at.date(),
            at=at,
        )
        for audience, channel in channels
    )


def may_be_written_to(referral: Referral) -> bool:
    """Return whether there is where to write to; a form in quarantine sends nobody a message."""
    is_apart = referral.stage == Stage.QUARANTINE.value
    return place_to_write(referral) is not None and not is_apart


def outside(referral: Referral, happening: Happening) -> Iterable[tuple[Audience, Channel]]:
    """Return how who referred is told without a message; nobody is told what they wrote."""
    if happening is Happening.UPDATE:
        return
    yield REFERRER, Channel.STATUS_PAGE
    if referral.school_id is not None:
        yield SCHOOL, Channel.SCHOOL_PAGE


def _colleagues(referral: Referral, happening: Happening) -> Iterable[Audience]:
    has_cases = referral.children.filter(case__isnull=False).exists()
    is_handed_over = referral.stage == Stage.HANDED_OVER.value
    is_with_officer = has_cases or is_handed_over or referral.from_case_id is not None
    for audience in COLLEAGUES.get(happening, ()):
        if audience is OFFICER and not is_with_officer:
            continue
        if happening is Happening.CLOSED and not has_cases:  # the hub closed it itself
            continue
        yield audience


@transaction.atomic
def write_that_it_came(referral: Referral, *, at: datetime) -> None:
    """Send who referred the message that their form came, which quarantine held back."""
    if may_be_written_to(referral):
        kind = MESSAGES[Happening.RECEIVED]
        messages.tell_without_account(kind=kind, ref=referral.ref, at=at)
        keep(referral, Happening.RECEIVED, [(REFERRER, Channel.EMAIL_LINK)], at=at)


def told_by_onroll(referral: Referral, *happenings: Happening) -> NotificationQuerySet:
    """Return when Onroll told who referred of a step, or of one of several."""
    rows = Notification.objects.filter(referral=referral, happening__in=happenings)
    return rows.filter(audience=REFERRER.value, by__isnull=True)
