"""Forms a person has not finished, as Today says it: drafts stand below what features offer."""

from datetime import date, datetime

from django.conf import settings

from onroll.accounts.models import User
from onroll.cases.offers import Todo
from onroll.drafts.queries import unfinished


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return that the person has forms to finish; nothing where there are none.

    It says since when the oldest lies as it was saved, from which day the days run.
    """
    rows = unfinished(user, at=at)
    days = settings.DRAFT_DAYS
    words = (
        f"form you have not finished, deleted {days} days after you last saved it",
        f"forms you have not finished, each deleted {days} days after you last saved it",
    )
    return [
        Todo(
            "drafts",
            rows,
            words,
            "drafts:unfinished",
            meaning="soon",
            since="saved_at",
            is_own=True,
            is_silent_at_none=True,
        )
    ]
