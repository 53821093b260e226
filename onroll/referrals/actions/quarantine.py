"""A person releases what is in quarantine to the hub's queue, or refuses it with a reason."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, DeadlineQuerySet, Ended, Subject
from onroll.referrals.actions.open_cases import route
from onroll.referrals.actions.step_notifications import write_that_it_came
from onroll.referrals.codes import Quarantined, Stage
from onroll.referrals.models import Quarantine, Referral, ReferralStep
from onroll.rules.refusal import Refused

ANSWERED = "Somebody has answered about these forms meanwhile. What you wrote is not saved."


@transaction.atomic
def release(*, quarantined: Collection[Quarantine], why: str, by: User, at: datetime) -> int:
    """Let referrals into the hub's queue, with the clock of the day they came; return how many.

    One that was refused may be released too.
    """
    rows = _lock(quarantined, (Quarantined.WAITING, Quarantined.REFUSED))
    refs = [row.referral_id for row in rows]
    Referral.objects.filter(pk__in=refs).update(stage=Stage.CONTACT.value, version=F("version") + 1)
    clocks.run_on(clocks=_clocks(refs), ended=[Ended.NOT_ASKED])
    for referral in Referral.objects.filter(pk__in=refs).exclude(referrer_contact=""):
        write_that_it_came(referral, at=at)
    number = _answer(rows, Quarantined.RELEASED, "Released from quarantine", why=why, by=by, at=at)
    for referral in Referral.objects.filter(pk__in=refs).order_by("pk"):
        route(referral, at=at)
    return number


@transaction.atomic
def refuse(*, quarantined: Collection[Quarantine], why: str, by: User, at: datetime) -> int:
    """Keep referrals out of the queue as forms that no person meant; return how many."""
    rows = _lock(quarantined, (Quarantined.WAITING,))
    refs = [row.referral_id for row in rows]
    Referral.objects.filter(pk__in=refs).update(version=F("version") + 1)
    clocks.end(clocks=_clocks(refs), on=at.date(), why=Ended.NOT_ASKED)
    return _answer(rows, Quarantined.REFUSED, "Refused in quarantine", why=why, by=by, at=at)


def _lock(rows: Collection[Quarantine], answers: Collection[Quarantined]) -> list[Quarantine]:
    """Lock those of these whose answer may still be given; refuse when there is none."""
    waiting = Quarantine.objects.filter(
        pk__in=[row.pk for row in rows], answer__in=[answer.value for answer in answers]
    )
    locked = list(waiting.order_by("pk").select_for_update())
    if not locked:
        raise Refused(ANSWERED)
    return locked


def _clocks(referrals: Collection[int]) -> DeadlineQuerySet:
    return Deadline.objects.filter(subject=Subject.REFERRAL.value, subject_id__in=referrals)


def _answer(
    rows: Collection[Quarantine],
    answer: Quarantined,
    words: str,
    *,
    why: str,
    by: User,
    at: datetime,
) -> int:
    Quarantine.objects.filter(pk__in=[row.pk for row in rows]).update(
        answer=answer.value, why=why, answered_by=by, answered_at=at
    )
    ReferralStep.objects.bulk_create(
        ReferralStep(referral_id=row.referral_id, what=words, why=why, at=at, by=by) for row in rows
    )
    return len(rows)
