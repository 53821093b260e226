"""Who is told of each step of a referral, as far as Onroll does it (P17)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.steps import numbers_of, record
from onroll.referrals.codes import ANOTHER_TEAM, AT_THE_HUB, Stage
from onroll.referrals.contact import author_of, place_to_write
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    HubDecision,
    Notification,
    NotificationQuerySet,
    Referral,
    ReferredChild,
)
from onroll.referrals.queries.progress import Progress, finished_day, progress_of
from onroll.referrals.queries.referrer import with_case
from onroll.referrals.status import Status

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
IN_OUTBOX = "The status page of who referred says so; a message to them is in the outbox"
ON_PAGE = "The status page of who referred says so; no message can be sent"
MESSAGES = {Happening.RECEIVED: Kind.REFERRAL_RECEIVED} | dict.fromkeys(OVER, Kind.REFERRAL_CLOSED)


@transaction.atomic
def inform(
    referral: Referral, happening: Happening, *, at: datetime, about: Sequence[ReferredChild] = ()
) -> None:
    """Tell everybody of a step whom Onroll tells by itself, and write down that it did."""
    channels = list(_outside(referral, happening))
    if happening in MESSAGES and _may_be_written_to(referral):
        messages.tell_without_account(kind=MESSAGES[happening], ref=referral.ref, at=at)
        channels.append((REFERRER, Channel.EMAIL_LINK))
    elif happening in OVER and (author := author_of(referral)):
        messages.tell(kind=Kind.OWN_REFERRAL_CLOSED, ref=referral.ref, to=[author], at=at)
        channels.append((SCHOOL if referral.school_id else REFERRER, Channel.EMAIL_LINK))
    channels += [(audience, Channel.ON_SCREEN) for audience in _colleagues(referral, happening)]
    _keep(referral, happening, channels, at=at, about=about)


def _keep(
    referral: Referral,
    happening: Happening,
    channels: Iterable[tuple[Audience, Channel]],
    *,
    at: datetime,
    case: Case | None = None,
    about: Sequence[ReferredChild] = (),
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
            on=at.date(),
            at=at,
        )
        for audience, channel in channels
    )


def _may_be_written_to(referral: Referral) -> bool:
    """Return whether there is where to write to; a form in quarantine sends nobody a message."""
    is_apart = referral.stage == Stage.QUARANTINE.value
    return place_to_write(referral) is not None and not is_apart


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
        inform(referral, Happening.DECIDED, at=at, about=_decided_again(referral))
    _inform_once_accepted(referral, at=at)
    inform_if_over(referral, at=at)


def _decided_again(referral: Referral) -> list[ReferredChild]:
    """Return the children who came back to the hub since it was last told that it decided."""
    last = _told_by_onroll(referral, Happening.DECIDED).last()
    if last is None:
        return []
    back = HubDecision.objects.filter(entry__referral=referral, turned_back_at__gte=last.at)
    return list(referral.children.filter(pk__in=back.order_by().values("entry")))


def _inform_once_accepted(referral: Referral, *, at: datetime) -> None:
    """Tell who referred that it was accepted, with the first child and once all are decided.

    Their page says nothing of a single child, and not before that somebody has decided.
    """
    is_at_the_hub = referral.stage in AT_THE_HUB
    if is_at_the_hub or _told_by_onroll(referral, Happening.ACCEPTED).exists():
        return
    of_it = HubDecision.objects.standing().filter(entry__referral=referral)
    if of_it.filter(accepted_by__isnull=False).exists():
        _keep(referral, Happening.ACCEPTED, _outside(referral, Happening.ACCEPTED), at=at)


def _told_by_onroll(referral: Referral, *happenings: Happening) -> NotificationQuerySet:
    """Return when Onroll told who referred of a step, or of one of several."""
    rows = Notification.objects.filter(referral=referral, happening__in=happenings)
    return rows.filter(audience=REFERRER.value, by__isnull=True)


def inform_of_acceptance(
    decision: HubDecision, referral: Referral, *, case: Case, at: datetime
) -> None:
    """Tell the hub that a child was accepted, and who referred where it is the first."""
    _inform_once_accepted(referral, at=at)
    to_hub = [(HUB, Channel.ON_SCREEN)]
    _keep(referral, Happening.ACCEPTED, to_hub, at=at, case=case, about=[decision.entry])


def inform_of_return(decision: HubDecision, referral: Referral, *, was: str, at: datetime) -> None:
    """Tell that the hub looks at a child again: itself where an officer turned the child back.

    Who referred is told where their page said before that all was decided.
    """
    channels = list(_outside(referral, Happening.REOPENED)) if was not in AT_THE_HUB else []
    if not decision.is_opened_again:
        channels.append((HUB, Channel.ON_SCREEN))
    _keep(referral, Happening.REOPENED, channels, at=at, about=[decision.entry])


def inform_if_over(referral: Referral, *, at: datetime) -> None:
    """Tell that the work on a referral is over, or with another team, once each time that it is.

    Where one child of it is with another team and one is not, each is told of by itself.
    """
    far = progress_of([referral])[referral.pk]
    if far.finished_on is None or _is_told(referral, far.finished_on):
        return
    is_written_to = _may_be_written_to(referral) or author_of(referral) is not None
    how = IN_OUTBOX if is_written_to else ON_PAGE
    for is_further, (happening, about) in enumerate(_ends(far)):
        if is_further:  # one message leads to the page, which says it of each
            _keep(referral, happening, _outside(referral, happening), at=at, about=about)
        else:
            inform(referral, happening, at=at, about=about)
        record(referral, f"{OVER[happening]}. {how}", why="", at=at, by=None, about=about)


def _ends(far: Progress) -> list[tuple[Happening, list[ReferredChild]]]:
    """Return how a referral ended, each with its children; with none where it is so of all."""
    elsewhere = [child for child, status in far.children if status is Status.PASSED]
    over = [child for child, status in far.children if status is not Status.PASSED]
    if elsewhere and over:
        return [(Happening.CLOSED, over), (Happening.PASSED, elsewhere)]
    return [(Happening.PASSED if elsewhere else Happening.CLOSED, [])]


def _is_told(referral: Referral, finished: date) -> bool:
    """Say whether who referred was told of the end since it was so, and not reopened."""
    reopened = _told_by_onroll(referral, Happening.REOPENED).last()
    notices = _told_by_onroll(referral, *OVER).filter(on__gte=finished)
    return notices.filter(pk__gt=reopened.pk if reopened else 0).exists()


@transaction.atomic
def case_closed(*, case: Case, at: datetime) -> None:
    """Tell the hub that a case is closed, and who referred once the last one of theirs is."""
    for referral in with_case(case):
        if finished_day(referral) is None:
            about = list(referral.children.filter(case__child=case.child_id))
            to_hub = [(HUB, Channel.ON_SCREEN)]
            _keep(referral, Happening.CLOSED, to_hub, at=at, case=case, about=about)
        else:
            inform_if_over(referral, at=at)


@transaction.atomic
def case_reopened(*, case: Case, at: datetime) -> None:
    """Tell the hub that a case is open again, and who referred where they were told it was over."""
    for referral in with_case(case):
        about = list(referral.children.filter(case__child=case.child_id))
        channels = list(_outside(referral, Happening.REOPENED)) if _is_told_over(referral) else []
        channels.append((HUB, Channel.ON_SCREEN))
        _keep(referral, Happening.REOPENED, channels, at=at, case=case, about=about)


def _is_told_over(referral: Referral) -> bool:
    """Say whether the last that who referred was told is that the work is over."""
    closed = _told_by_onroll(referral, *OVER).last()
    reopened = _told_by_onroll(referral, Happening.REOPENED).last()
    return closed is not None and (reopened is None or closed.pk > reopened.pk)
