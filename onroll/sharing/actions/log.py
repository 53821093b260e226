"""Lines of the sharing log that somebody writes by hand, and lines that were wrong (P39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.rules.hours import moment_in_words
from onroll.rules.refusal import Changed, Refused
from onroll.sharing.models import Disclosure

_SAME = timedelta(minutes=15)
WITHDRAWN = "{} withdrew this line meanwhile, on {}. It stays to be read."


@dataclass(frozen=True, kw_only=True)
class Line:
    """What somebody says was shared or was not: what, with whom, why, and on what basis."""

    is_shared: bool
    on: date
    whom: str
    contents: str
    why: str
    agency: Agency | None = None
    method: str = ""
    bases: Sequence[str] = ()
    done_by: str = ""


@transaction.atomic
def write_line(*, case: Case, line: Line, by: User, at: datetime) -> Disclosure:
    """Add a line to the sharing log of a case, open or closed.

    Refused where the person wrote the very same minutes ago: a page went back and was sent.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    same = Disclosure.objects.filter(
        case=case, by=by, at__gt=at - _SAME, is_shared=line.is_shared, on=line.on
    ).filter(whom=line.whom, contents=line.contents, why=line.why)
    if (last := same.first()) is not None:
        raise Refused(
            f"You wrote exactly this at {timezone.localtime(last.at):%H:%M}, as {last.ref}. "
            "Nothing was added."
        )
    return Disclosure.objects.create(
        case=case,
        is_shared=line.is_shared,
        whom=line.whom,
        agency=line.agency,
        on=line.on,
        method=line.method,
        contents=line.contents,
        why=line.why,
        bases=list(line.bases),
        done_by=line.done_by,
        at=at,
        by=by,
    )


@transaction.atomic
def withdraw_line(*, line: Disclosure, why: str, by: User, at: datetime) -> Disclosure:
    """Say that a line is wrong, or that what it tells of was not sent after all."""
    rows = Disclosure.objects.select_for_update(of=("self",)).select_related("withdrawn_by")
    line = rows.get(pk=line.pk)
    if line.withdrawn_by is not None:
        assert line.withdrawn_at is not None
        raise Changed(
            WITHDRAWN.format(line.withdrawn_by.name, moment_in_words(line.withdrawn_at)),
            stands={"words": line.withdrawn_why},
            is_final=True,
        )
    line.withdrawn_at, line.withdrawn_by, line.withdrawn_why = at, by, why
    line.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return line
