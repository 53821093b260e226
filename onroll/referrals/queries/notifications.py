"""What is read of who was told of each step of a referral, and of what is new to whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from onroll.accounts.models import User
from onroll.accounts.queries import is_theirs
from onroll.accounts.roles import Role
from onroll.cases.models import Case
from onroll.messages.models import Kind
from onroll.messages.queries import about as messages_about
from onroll.referrals.codes import Decision, Stage
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    HubDecision,
    Notification,
    Referral,
    ReferralUpdate,
    ReferredChild,
)
from onroll.referrals.queries.readers import Absent, absent_of, may_mark_read, reads_as
from onroll.referrals.queries.referrer import about_case

TO_READ = (
    Happening.UPDATE.value,
    Happening.CLOSED.value,
    Happening.TAKEN.value,
    Happening.UNTAKEN.value,
    Happening.OUTCOME.value,
    Happening.PARTED.value,
)
"""Steps that somebody has to read; the others stand on a list of their own until they are done.

So does a decision, but for what the hub decided about an open case: its officer reads of that. And
the hub reads of a case that its officer opened again, as it read that it was closed.
"""


OF_A_STEP = (
    Kind.REFERRAL_RECEIVED,
    Kind.REFERRAL_DECIDED,
    Kind.REFERRAL_CLOSED,
    Kind.OWN_REFERRAL_CLOSED,
)
"""Messages that tell who referred of a step."""


def notifications_of(referral: Referral) -> list[Notification]:
    """Return who was told of what of a referral, the first to be told first.

    Beside each message that was written for it stands that of the outbox: one that waited already
    stands for the later one as well.
    """
    rows = list(_with_reading(referral.notifications.select_related("by", "read_by", "case")))
    written = [row for row in rows if row.channel == Channel.EMAIL_LINK.value]
    made = messages_about(referral.ref, OF_A_STEP) if written else []
    for row in written:
        row.message = next((m for m in reversed(made) if m.has_waited(at=row.at)), None)
    return rows


def steps_that_happened(referral: Referral) -> set[Happening]:
    """Return the steps of a referral of which somebody may have been told: those Onroll told of.

    It tells who referred of each; of one that came back before all was decided the hub alone.
    """
    is_of_step = Q(audience=Audience.REFERRER.value) | Q(happening=Happening.REOPENED.value)
    rows = referral.notifications.filter(is_of_step, by__isnull=True).order_by()
    happened = {Happening(code) for code in rows.values_list("happening", flat=True)}
    return {Happening.RECEIVED, *happened}


def notifications_of_case(case: Case) -> QuerySet[Notification]:
    """Return what hub and officer were told of the referrals that a case came of."""
    colleagues = (Audience.HUB.value, Audience.OFFICER.value)
    rows = Notification.objects.filter(referral__in=about_case(case), audience__in=colleagues)
    return _with_reading(rows.select_related("referral", "by", "read_by"))


def updates_of_case(case: Case) -> QuerySet[ReferralUpdate]:
    """Return what was added to the referrals that a case came of, the newest first."""
    rows = ReferralUpdate.objects.filter(referral__in=about_case(case))
    return rows.select_related("referral")


def unread_by(user: User, *, on: date | None = None) -> QuerySet[Referral]:
    """Return the referrals of which something waits to be read by this person.

    An officer reads of their own cases and of those that nobody has, with a day also of who is
    absent then; a manager of all.
    """
    unread = unread_of(user, on=on).values("referral")
    referrals = Referral.objects.visible_to(user).filter(pk__in=unread)
    referrals = referrals.exclude(stage=Stage.QUARANTINE.value)
    return of_own_cases(user, referrals, on=on) if user.role == Role.LOC else referrals


def of_own_cases(
    user: User, referrals: QuerySet[Referral], *, on: date | None = None
) -> QuerySet[Referral]:
    """Return of referrals with something unread those whose cases nobody else has."""
    of_colleagues = Q(pk__in=_of_colleagues(user, on)) | Q(pk__in=_sent_by_colleagues(user, on))
    is_sent_by_user = Q(from_case__isnull=False, made_by=user)
    of_own_case = unread_of(user, on=on).filter(is_theirs(user, "case__owner", on=on)).order_by()
    is_of_own_case = Q(pk__in=of_own_case.values("referral"))
    return referrals.exclude(of_colleagues & ~is_sent_by_user & ~is_of_own_case)


def unread_of(user: User, *, on: date | None = None) -> QuerySet[Notification]:
    """Return what waits to be read by whoever reads as this person does.

    What is of one case alone, such as that a referral left it, is new to whoever has that case, and
    to a manager.
    """
    rows = Notification.objects.unread().filter(_is_to_read(), audience=reads_as(user).value)
    return _of_own(user, rows, on) if user.role == Role.LOC else rows


def asked_to_read(user: User, *, on: date | None = None) -> QuerySet[Notification]:
    """Return what waits for this person alone to be read: of a manager what no officer has."""
    rows, referrals = unread_of(user, on=on), unread_by(user, on=on)
    if user.role == Role.MGR:
        rows, referrals = _of_own(user, rows, on), of_own_cases(user, referrals, on=on)
    return rows.filter(referral__in=referrals.order_by().values("pk"))


def _of_own(user: User, rows: QuerySet[Notification], on: date | None) -> QuerySet[Notification]:
    """Return what is new without that of the single cases of colleagues."""
    is_of_case = Q(audience=Audience.OFFICER.value, case__owner__isnull=False)
    return rows.exclude(is_of_case & ~is_theirs(user, "case__owner", on=on))


def news_of(
    user: User,
    referral: Referral,
    notifications: Sequence[Notification],
    children: Sequence[ReferredChild],
    *,
    absent: Absent = tuple,
) -> list[Notification]:
    """Return what of a referral waits to be read by this person, as `unread_by` does.

    A manager sees what stands for an officer, and the deputy may read it for them.
    """
    if referral.stage == Stage.QUARANTINE.value:
        return []
    audience = reads_as(user).value
    unread = [
        row
        for row in notifications
        if row.is_unread and row.audience == audience and row.is_to_read
    ]
    if user.role != Role.LOC:
        return unread
    return [row for row in unread if may_mark_read(user, row, referral, children, absent=absent)]


def ticked_by_opening(
    user: User,
    referral: Referral,
    notifications: Iterable[Notification],
    children: Sequence[ReferredChild],
    *,
    on: date,
) -> list[Notification]:
    """Return what nobody read of a referral, is for this person, and nobody is asked to say."""
    absent = absent_of(user, on=on)
    return [
        row
        for row in notifications
        if row.is_unread
        and not row.is_to_read
        and may_mark_read(user, row, referral, children, absent=absent)
    ]


def _is_to_read() -> Q:
    """Return which notifications somebody reads: steps to read, and decisions on open cases.

    These are of cases sent to the hub, of children whom it joined to one, and of children of whom
    one is open that they did not join.
    """
    joined = HubDecision.objects.standing().filter(
        decision=Decision.OPEN_CASE.value, by__isnull=False
    )
    is_of_case = Q(referral__from_case__isnull=False) | Q(
        referral__in=joined.order_by().values("entry__referral")
    )
    decided = Q(happening=Happening.DECIDED.value, audience=Audience.OFFICER.value)
    is_of_case |= Q(case__isnull=False)
    reopened = Q(happening=Happening.REOPENED.value, case__isnull=False)
    return Q(happening__in=TO_READ) & ~_was_a_mistake() | decided & is_of_case | reopened


def _was_a_mistake() -> Q:
    """Return that somebody had a child who was sent on, where that was a mistake: it is no news."""
    later = Notification.objects.filter(
        referral=OuterRef("referral"),
        about=OuterRef("about"),
        happening=Happening.UNTAKEN.value,
        pk__gt=OuterRef("pk"),
    )
    return Q(happening=Happening.TAKEN.value) & Q(Exists(later))


def _with_reading(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    reading = {"is_to_read": ExpressionWrapper(_is_to_read(), BooleanField())}
    return rows.annotate(**reading)


def _sent_by_colleagues(user: User, on: date | None) -> QuerySet[Referral, int]:
    """Return the keys of the cases that went to the hub and are those of somebody else."""
    of_somebody = Referral.objects.filter(from_case__owner__isnull=False).order_by()
    return of_somebody.exclude(is_theirs(user, "from_case__owner", on=on)).values_list(
        "pk", flat=True
    )


def _of_colleagues(user: User, on: date | None) -> QuerySet[ReferredChild, int]:
    """Return the keys of referrals with a case of somebody else and none of this person."""
    with_owner = ReferredChild.objects.filter(case__owner__isnull=False).order_by()
    with_own = with_owner.filter(is_theirs(user, "case__owner", on=on)).values("referral")
    return with_owner.exclude(referral__in=with_own).values_list("referral", flat=True)
