"""Forms a person has not finished, as Today says it: drafts stand below what features offer."""

from datetime import date, datetime

from onroll.accounts.models import User
from onroll.cases.offers import Todo
from onroll.drafts.queries import unfinished


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return that the person has forms to finish; nothing where there are none."""
    rows = unfinished(user, at=at)
    words = ("form you have not finished", "forms you have not finished")
    return [
        Todo(
            "drafts",
            rows,
            words,
            "drafts:unfinished",
            meaning="soon",
            since="started_at",
            is_own=True,
            is_silent_at_none=True,
        )
    ]
