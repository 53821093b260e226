"""Forms a person has not finished, as Today says it: drafts stand below what features offer."""

from datetime import date, datetime

from onroll.accounts.models import User
from onroll.cases.offers import Todo
from onroll.drafts.queries import number_unfinished


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return that the person has forms to finish; nothing where there are none."""
    number = number_unfinished(user, at=at)
    words = ("form you have not finished", "forms you have not finished")
    todo = Todo("drafts", number, words, "drafts:unfinished", meaning="soon", is_own=True)
    return [todo] if number else []
