"""What letters show of themselves in the chronology of a case (see `cases.offers`).

That a family was asked, asked again, and answered stands there as the enquiry that the letter asks,
and so do its clock on Today and in the diary.
"""

from typing import Any

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Event, EventKind, Rows
from onroll.cases.queries import may_on
from onroll.letters.models import Delivery, Letter
from onroll.rules.hours import ENGLAND


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Any]]:
    """Return the letters of a case that ask nothing, and what became of all, for who reads its
    enquiries."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    letters = Letter.objects.filter(case=case, enquiry__isnull=True).select_related("by")
    return {
        "letters": letters,
        "ends": Delivery.objects.filter(case=case).select_related("letter", "by"),
    }


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what became of letters, and those that ask nothing. Neither `case` nor `user` is
    used."""
    return [
        *(
            Event(
                row.at,
                f"Letter {row.ref} to the family: {row.title}",
                row.way_title,
                row.by,
                kind=EventKind.FAMILY,
            )
            for row in rows.get("letters", ())
        ),
        *map(_end, rows.get("ends", ())),
    ]


def _end(row: Delivery) -> Event:
    is_same_day = row.on == row.at.astimezone(ENGLAND).date()
    words = f"Letter {row.letter.ref}: {row.title.lower()}"
    return Event(
        row.at, words, row.words, row.by, None if is_same_day else row.on, kind=EventKind.FAMILY
    )
