"""Private links to how far a referral is, and who is sent one."""

import secrets
from datetime import datetime

from django.db import transaction

from onroll.messages import actions as messages
from onroll.messages.models import Kind, Recipient
from onroll.referrals.codes import Stage
from onroll.referrals.contact import place_to_write
from onroll.referrals.models import Referral, StatusLink
from onroll.referrals.queries.referrer import digest, open_to_its_link


@transaction.atomic
def make_link(*, referral: Referral, at: datetime) -> str:
    """Return the key of a new private link to a referral; only its hash is kept."""
    key = secrets.token_urlsafe(32)
    StatusLink.objects.create(referral=referral, digest=digest(key), made_at=at)
    return key


@transaction.atomic
def ask_for_link(*, ref: str, at: datetime) -> None:
    """Send the link of a referral to the address that was given with it, if there is one.

    Nothing is looked up here: it takes the same work for a reference that nothing has.
    """
    messages.tell_without_account(kind=Kind.REFERRAL_LINK, ref=ref, at=at)


@transaction.atomic
def recipient(*, ref: str, at: datetime) -> Recipient | None:
    """Return to whom a message about a referral goes, with a new link; None where nobody gave an
    address, the work was over long ago, or nobody has released it from quarantine.
    """
    referral = Referral.objects.filter(ref=ref).first()
    if referral is None or referral.stage == Stage.QUARANTINE.value:
        return None
    if not open_to_its_link(referral, on=at.date()):
        return None
    place = place_to_write(referral)
    if place is None:
        return None
    address, way = place
    return Recipient(address, make_link(referral=referral, at=at), way, referral.language)
