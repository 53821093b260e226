"""What letters show of themselves in the chronology of a case (see `cases.offers`).

That a family was asked, asked again, and answered stands there as the enquiry that the letter asks,
and so do its clock on Today and in the diary.
"""

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Event, EventKind
from onroll.cases.queries import may_on
from onroll.letters.models import Delivery, Letter
from onroll.rules.hours import ENGLAND


def events(case: Case, user: User) -> list[Event]:
    """Return what became of letters, and those that ask nothing, for who reads its enquiries."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return []
    letters = Letter.objects.filter(case=case, enquiry__isnull=True).select_related("by")
    ends = Delivery.objects.filter(case=case).select_related("letter", "by")
    return [
        *(
            Event(
                row.at,
                f"Letter {row.ref} to the family: {row.title}",
                row.way_title,
                row.by,
                kind=EventKind.FAMILY,
            )
            for row in letters
        ),
        *map(_end, ends),
    ]


def _end(row: Delivery) -> Event:
    is_same_day = row.on == row.at.astimezone(ENGLAND).date()
    words = f"Letter {row.letter.ref}: {row.title.lower()}"
    return Event(
        row.at, words, row.words, row.by, None if is_same_day else row.on, kind=EventKind.FAMILY
    )
