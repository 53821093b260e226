"""A form of a public page comes in: too many from one sender are kept in quarantine (trust 1.11).

None is dropped. A person without an account is never told which way the form went.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from onroll.accounts.models import User
from onroll.audit import actions as audit
from onroll.referrals.actions.new_referral import refer
from onroll.referrals.actions.steps import record
from onroll.referrals.codes import Stage
from onroll.referrals.facts import ReferralFacts
from onroll.referrals.models import Quarantine, Referral
from onroll.senders import actions as senders
from onroll.senders.queries import Kind, Number, number, references
from onroll.senders.sender import Sender

MANY = "Kept in quarantine: its sender sent very many forms"


@transaction.atomic
def receive(
    *, ref: str, facts: ReferralFacts, by: User | None, at: datetime, sender: Sender
) -> Referral:
    """Keep a form; in quarantine where its sender has no account and sends too many.

    Then those that came before it from the same address go there too: not the urgent ones, and not
    one that somebody has looked at. The audit trail does not hold the sender's address.
    """
    if by is not None:
        return refer(ref=ref, facts=facts, by=by, at=at)
    audit.withhold_address()
    if (earlier := Referral.objects.filter(ref=ref).first()) is not None:
        return earlier
    name = senders.count(kind=Kind.FORM, sender=sender, at=at, about=ref)
    since = at - timedelta(minutes=settings.SENDER_MINUTES)
    came = number(Kind.FORM, sender, since=since, at=at)
    if not _is_flood(came):
        return refer(ref=ref, facts=facts, by=None, at=at)
    referral = refer(ref=ref, facts=facts, by=None, at=at, stage=Stage.QUARANTINE)
    _put(referral, sender=name, came=came, at=at)
    if came.address > settings.SENDER_FORMS:
        for untouched in _untouched(references(Kind.FORM, sender, since=since, at=at)):
            untouched.stage = Stage.QUARANTINE.value
            untouched.save(update_fields=["stage"])
            _put(untouched, sender=name, came=came, at=at)
    return referral


def _is_flood(came: Number) -> bool:
    return came.address > settings.SENDER_FORMS or came.network > settings.NETWORK_FORMS


def _untouched(refs: list[str]) -> list[Referral]:
    """Return the referrals among these, locked, that wait in the queue and nobody has looked at."""
    new = Referral.objects.filter(ref__in=refs, stage=Stage.CONTACT.value, is_urgent=False)
    alone = new.filter(owner=None, quarantine=None).order_by("pk")
    return list(alone.select_for_update(of=("self",)))


def _put(referral: Referral, *, sender: str, came: Number, at: datetime) -> None:
    Quarantine.objects.create(
        referral=referral,
        sender=sender,
        forms=max(came.address, came.network),
        minutes=settings.SENDER_MINUTES,
        since_at=at,
    )
    record(referral, MANY, why="", at=at, by=None)
