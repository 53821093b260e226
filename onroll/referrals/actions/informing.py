"""Who is told of each step of a referral, as far as Onroll does it, and what people did (P17)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.steps import day_of, record
from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.contact import place_to_write
from onroll.referrals.models import (
    BY_ONROLL,
    Audience,
    Channel,
    Happening,
    Notification,
    Referral,
)
from onroll.referrals.queries.referrer import finished_day, with_case
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused

REFERRER, SCHOOL, HUB, OFFICER = (
    Audience.REFERRER,
    Audience.SCHOOL,
    Audience.HUB,
    Audience.OFFICER,
)
COLLEAGUES = {
    Happening.UPDATE: (HUB, OFFICER),
    Happening.DECIDED: (OFFICER,),
    Happening.ACCEPTED: (HUB,),
    Happening.CLOSED: (HUB,),
}
"""Who of the two is told of what the other, or the referrer, did (policy p.9)."""
OVER = "The work is over. The person who referred is written to, and their status page says so"
OVER_ON_PAGE = "The work is over. The status page of who referred says so; no message can be sent"
MESSAGES = {Happening.RECEIVED: Kind.REFERRAL_RECEIVED, Happening.CLOSED: Kind.REFERRAL_CLOSED}


@transaction.atomic
def inform(
    referral: Referral, happening: Happening, *, at: datetime, case: Case | None = None
) -> None:
    """Tell everybody of a step whom Onroll tells by itself, and write down that it did."""
    channels = list(_outside(referral, happening))
    if happening in MESSAGES and _may_be_written_to(referral):
        messages.tell_without_account(kind=MESSAGES[happening], ref=referral.ref, at=at)
        channels.append((REFERRER, Channel.EMAIL_LINK))
    elif happening is Happening.CLOSED and (author := _author(referral)):
        messages.tell(kind=Kind.OWN_REFERRAL_CLOSED, ref=referral.ref, to=[author], at=at)
        channels.append((SCHOOL if referral.school_id else REFERRER, Channel.EMAIL_LINK))
    channels += [(audience, Channel.ON_SCREEN) for audience in _colleagues(referral, happening)]
    _keep(referral, happening, channels, at=at, case=case)


def _keep(
    referral: Referral,
    happening: Happening,
    channels: Iterable[tuple[Audience, Channel]],
    *,
    at: datetime,
    case: Case | None = None,
) -> None:
    Notification.objects.bulk_create(
        Notification(
            referral=referral,
            case=case,
            happening=happening.value,
            audience=audience.value,
            channel=channel.value,
            on=at.date(),
            at=at,
        )
        for audience, channel in channels
    )


def _may_be_written_to(referral: Referral) -> bool:
    """Return whether there is where to write to; a form in quarantine sends nobody a message."""
    is_apart = referral.stage == Stage.QUARANTINE.value
    return place_to_write(referral) is not None and not is_apart


def _author(referral: Referral) -> User | None:
    """Return who made a referral with an account; nobody where it was typed in for somebody."""
    return None if referral.typed_at else referral.made_by


def _outside(referral: Referral, happening: Happening) -> Iterable[tuple[Audience, Channel]]:
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
    if _may_be_written_to(referral):
        kind = MESSAGES[Happening.RECEIVED]
        messages.tell_without_account(kind=kind, ref=referral.ref, at=at)
        _keep(referral, Happening.RECEIVED, [(REFERRER, Channel.EMAIL_LINK)], at=at)


@transaction.atomic
def inform_of_stage(referral: Referral, *, was: str, at: datetime) -> None:
    """Tell of what the new stage of a referral means: decided, accepted, and over."""
    if was in AT_THE_HUB and referral.stage not in AT_THE_HUB:
        inform(referral, Happening.DECIDED, at=at)
    if referral.stage == Stage.ACCEPTED.value != was:
        inform(referral, Happening.ACCEPTED, at=at)
    inform_if_over(referral, at=at)


def inform_if_over(referral: Referral, *, at: datetime) -> None:
    """Tell that the work on a referral is over, once each time that it is."""
    finished = finished_day(referral)
    if finished is None:
        return
    of_onroll = referral.notifications.filter(audience=REFERRER.value, by__isnull=True)
    if of_onroll.filter(happening=Happening.CLOSED.value, on__gte=finished).exists():
        return
    inform(referral, Happening.CLOSED, at=at)
    is_written_to = _may_be_written_to(referral) or _author(referral) is not None
    words = OVER if is_written_to else OVER_ON_PAGE
    record(referral, words, why="", at=at, by=None)


@transaction.atomic
def case_closed(*, case: Case, at: datetime) -> None:
    """Tell the hub that a case is closed, and who referred once the last one of theirs is."""
    for referral in with_case(case):
        if finished_day(referral) is None:
            _keep(referral, Happening.CLOSED, [(HUB, Channel.ON_SCREEN)], at=at, case=case)
        else:
            inform_if_over(referral, at=at)


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
