"""Somebody adds to a referral after it was sent (P17)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext

from onroll.accounts.models import User
from onroll.audit import actions as audit
from onroll.documents import actions as documents
from onroll.documents.models import Document, Kind
from onroll.govuk.languages import ENGLISH
from onroll.referrals.actions.step_notifications import inform
from onroll.referrals.actions.steps import keep, lock, record
from onroll.referrals.models import ADDED, Happening, Referral, ReferralUpdate
from onroll.rules.refusal import Refused

File = tuple[str, bytes]
"""A file that somebody attaches: its name and its bytes."""
AGAIN = timedelta(hours=1)
"""So long the same addition is one: the Back button brings its form again."""


@transaction.atomic
def add_update(
    *,
    referral: Referral,
    text: str,
    file: File | None,
    by: User | None,
    at: datetime,
    language: str = ENGLISH,
    gives: Sequence[str] = (),
) -> ReferralUpdate:
    """Keep what somebody adds, and put it before the hub and whoever has the case at once.

    It counts as a change of the referral: who decides on a page without it is told to look again.
    `language` is the code of its page's, `gives` the codes of what it tells of that the referral
    was sent without. The same words and file, sent again within the hour, are what was kept. The
    trail leaves out the network address of who has no account. Raises Refused where there is
    nothing to keep, or the file is not to be taken.
    """
    if not text and file is None:
        raise Refused(gettext("Enter what you want to add, or choose a file"), field="text")
    if by is None:
        audit.withhold_address()
    referral = lock(referral, None)
    gives = [code for code in referral.missing if code in gives]
    last = referral.updates.select_related("document").defer("document__content").first()
    if last and at - last.at < AGAIN and _is_same(last, text, file, by, gives):
        return last
    document = _attach(file, by=by, at=at) if file else None
    update = ReferralUpdate.objects.create(
        referral=referral,
        text=text,
        document=document,
        document_name=document.name if document else "",
        at=at,
        by=by,
        language=language,
        gives=gives,
    )
    record(referral, ADDED, why=text, at=at, by=by)
    inform(referral, Happening.UPDATE, at=at)
    keep(referral)
    return update


def _is_same(
    last: ReferralUpdate, text: str, file: File | None, by: User | None, gives: Sequence[str]
) -> bool:
    """Say whether an addition is the last one, sent again by the same person."""
    digest = sha256(file[1]).hexdigest() if file else ""
    of_last = last.document.sha256 if last.document else ""
    author = by.pk if by else None
    return (last.text, of_last, last.by_id, last.gives) == (text, digest, author, list(gives))


def _attach(file: File, *, by: User | None, at: datetime) -> Document:
    name, content = file
    name = name or "file"
    try:
        return documents.attach(kind=Kind.EVIDENCE, content=content, name=name, by=by, at=at)
    except Refused as refusal:
        raise Refused(str(refusal), field="file") from None
