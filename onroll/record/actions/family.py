"""Writing down what the family was told, or why not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.record.models import FamilyTelling
from onroll.rules.refusal import Refused

_SAME = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What the family was told on a day, whom of it and how; or, in words, why not."""

    was_told: bool
    on: date
    words: str
    whom: str = ""
    method: str = ""


@transaction.atomic
def tell_family(*, case: Case, telling: Telling, by: User, at: datetime) -> FamilyTelling:
    """Write it down on a case, open or closed.

    Refused for a day to come, and where the person wrote the very same minutes ago: a page went
    back and was sent.
    """
    if telling.on > at.date():
        raise Refused("Day: it must be today or before", field="on")
    Case.objects.select_for_update().get(pk=case.pk)
    row = {
        "case": case,
        "was_told": telling.was_told,
        "on": telling.on,
        "words": telling.words,
        "whom": telling.whom,
        "method": telling.method,
        "by": by,
    }
    if FamilyTelling.objects.filter(**row, at__gt=at - _SAME).exists():
        raise Refused("You wrote exactly this minutes ago, and it is on record. Nothing was added.")
    return FamilyTelling.objects.create(**row, at=at)
