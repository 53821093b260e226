"""Write down why a child was not referred, or the call about one in danger."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.facts import StartWords
from onroll.referrals.models import Referral, StartRecord
from onroll.rules.refusal import Refused
from onroll.rules.start_records import PROOFS, missing

INCOMPLETE = "Something that makes it true is missing. Then it is a referral."


@transaction.atomic
def write_start_record(*, words: StartWords, by: User, at: datetime) -> StartRecord:
    """Keep what makes it true, under the name of who says so; refused unless it is all known."""
    if missing(words.kind, words.proofs):
        raise Refused(INCOMPLETE)
    return keep_start_record(words, referral=None, by=by, at=at)


def keep_start_record(
    words: StartWords, *, referral: Referral | None, by: User, at: datetime
) -> StartRecord:
    """Keep what is known, with the referral that it became where something is not known."""
    return StartRecord.objects.create(
        kind=words.kind.value,
        forename=words.forename,
        surname=words.surname,
        born_on=words.born_on,
        proofs={proof.code: words.proofs.get(proof.code) or "" for proof in PROOFS[words.kind]},
        referral=referral,
        by=by,
        at=at,
    )
