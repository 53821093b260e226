"""Write down why a child was not referred, or the call about one in danger."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.models import StartRecord
from onroll.rules.refusal import Refused
from onroll.rules.start_records import PROOFS, Kind

INCOMPLETE = "Something that makes it true is missing. Then it is a referral."


@transaction.atomic
def write_start_record(
    *,
    kind: Kind,
    forename: str,
    surname: str,
    born_on: date | None,
    proofs: Mapping[str, str],
    by: User,
    at: datetime,
) -> StartRecord:
    """Keep what makes it true, under the name of who says so; refused unless it is all known."""
    if not all(proofs.get(proof.code) for proof in PROOFS[kind]):
        raise Refused(INCOMPLETE)
    return StartRecord.objects.create(
        kind=kind.value,
        forename=forename,
        surname=surname,
        born_on=born_on,
        proofs={proof.code: proofs[proof.code] for proof in PROOFS[kind]},
        by=by,
        at=at,
    )
