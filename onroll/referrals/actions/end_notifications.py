"""Who is told that the work on a referral is over, or goes on again (P17)."""

from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.referrals.actions.step_notifications import (
    HUB,
    OVER,
    inform,
    keep,
    may_be_written_to,
    outside,
    told_by_onroll,
)
from onroll.referrals.actions.steps import numbers_of, record
from onroll.referrals.contact import author_of
from onroll.referrals.models import (
    UNDONE,
    Audience,
    Channel,
    Happening,
    HubDecision,
    Referral,
    ReferredChild,
)
from onroll.referrals.queries.progress import Progress, finished_day, progress_of
from onroll.referrals.queries.referrer import with_case
from onroll.referrals.status import Status

IN_OUTBOX = "The status page of who referred says so; a message to them is in the outbox"
ON_PAGE = "The status page of who referred says so; no message can be sent"


def inform_if_over(referral: Referral, *, at: datetime) -> None:
    """Tell that the work on a referral is over, or with another team, once each time that it is.

    Where one child of it is with another team and one is not, each is told of by itself.
    """
    far = progress_of([referral])[referral.pk]
    if far.finished_on is None or _is_told(referral, far.finished_on):
        return
    is_written_to = may_be_written_to(referral) or author_of(referral) is not None
    how = IN_OUTBOX if is_written_to else ON_PAGE
    for is_further, (happening, about) in enumerate(_ends(far)):
        if is_further:  # one message leads to the page, which says it of each
            keep(referral, happening, outside(referral, happening), at=at, about=about)
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
    reopened = told_by_onroll(referral, *UNDONE).last()
    notices = told_by_onroll(referral, *OVER).filter(on__gte=finished)
    return notices.filter(pk__gt=reopened.pk if reopened else 0).exists()


@transaction.atomic
def case_closed(*, case: Case, at: datetime) -> None:
    """Tell the hub that a case is closed, and who referred once the last one of theirs is."""
    for referral in with_case(case):
        if finished_day(referral) is None:
            about = list(referral.children.filter(case__child=case.child_id))
            to_hub = [(HUB, Channel.ON_SCREEN)]
            keep(referral, Happening.CLOSED, to_hub, at=at, case=case, about=about)
        else:
            inform_if_over(referral, at=at)


def inform_of_mistake(
    decision: HubDecision, referral: Referral, *, why: str, by: User, at: datetime
) -> None:
    """Tell the hub that nobody has a child who was sent on, and why it seemed so.

    Who referred is told where they were told that another team has all, as when a case is open
    again. Somebody of the hub knows what they take back themselves.
    """
    channels = _told_that_it_goes_on(referral, Happening.UNTAKEN)
    about = [decision.entry]
    keep(referral, Happening.UNTAKEN, channels, at=at, about=about)
    if by.role != Role.MASH:
        to_hub = [(HUB, Channel.ON_SCREEN)]
        keep(referral, Happening.UNTAKEN, to_hub, at=at, about=about, why=why)
    else:
        unread = referral.notifications.unread().filter(happening=Happening.TAKEN.value)
        unread.filter(about=numbers_of(referral, about)).update(read_at=at, read_by=by)


@transaction.atomic
def case_reopened(*, case: Case, at: datetime) -> None:
    """Tell the hub that a case is open again, and who referred where they were told it was over."""
    for referral in with_case(case):
        about = list(referral.children.filter(case__child=case.child_id))
        channels = _told_that_it_goes_on(referral, Happening.REOPENED)
        channels.append((HUB, Channel.ON_SCREEN))
        keep(referral, Happening.REOPENED, channels, at=at, case=case, about=about)


def _is_told_over(referral: Referral) -> bool:
    """Say whether the last that who referred was told is that the work is over."""
    closed = told_by_onroll(referral, *OVER).last()
    reopened = told_by_onroll(referral, *UNDONE).last()
    return closed is not None and (reopened is None or closed.pk > reopened.pk)


def _told_that_it_goes_on(
    referral: Referral, happening: Happening
) -> list[tuple[Audience, Channel]]:
    """Return how who referred is told that the work goes on, where they were told it was over.

    No message that waits says then that it is.
    """
    if not _is_told_over(referral):
        return []
    messages.unsay_close(ref=referral.ref)
    return list(outside(referral, happening))
