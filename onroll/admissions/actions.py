"""Keep a family that asks about places, and who has taken note of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from onroll.accounts.models import User
from onroll.admissions.models import Family, FamilyChild, FamilyReceipt, Receiver
from onroll.admissions.queries import school_of
from onroll.rules.refusal import Refused

TAKEN = "A colleague has taken note of this family meanwhile. What you wrote is not saved."


@dataclass(frozen=True)
class ChildFacts:
    """A child for whom a place is asked."""

    forename: str
    surname: str
    born_on: date | None = None


@transaction.atomic
def tell_of_family(
    *, facts: Mapping[str, str], children: Sequence[ChildFacts], by: User, at: datetime
) -> Family:
    """Keep a family: Admissions and the lead officer see it on Today at once."""
    family = Family.objects.create(sent_at=at, sent_by=by, school=school_of(by), **facts)
    for number, child in enumerate(children, start=1):
        FamilyChild.objects.create(
            family=family,
            number=number,
            forename=child.forename,
            surname=child.surname,
            born_on=child.born_on,
        )
    return family


@transaction.atomic
def take_note(
    *, family: Family, receiver: Receiver, remark: str, by: User, at: datetime
) -> FamilyReceipt:
    """Write down that Admissions or the lead officer knows of a family; once for each."""
    if family.receipts.filter(receiver=receiver.value).exists():
        raise Refused(TAKEN)
    try:
        with transaction.atomic():
            return FamilyReceipt.objects.create(
                family=family, receiver=receiver.value, remark=remark, by=by, at=at
            )
    except IntegrityError:  # two at the same moment
        raise Refused(TAKEN) from None
