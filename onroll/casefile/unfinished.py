"""Forms a person has not finished, as Today says it: drafts stand below what features offer."""

from datetime import date, datetime, time

from django.conf import settings

from onroll.accounts.models import User
from onroll.addresses import page_address
from onroll.cases.offers import Coming, Todo
from onroll.drafts.queries import unfinished
from onroll.rules.hours import ENGLAND


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
            kept_days=days,
            is_own=True,
            is_silent_at_none=True,
        )
    ]


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return on which day each of a person's unfinished forms is deleted; one query."""
    begin = datetime.combine(on, time(), ENGLAND)
    return [
        Coming(
            draft.deleted_on,
            "A form that you have not finished is deleted, unless you go on with it",
            draft.ref,
            page_address("drafts:unfinished"),
        )
        for draft in unfinished(user, at=begin).defer("answers", "offered")
        if on <= draft.deleted_on <= until
    ]
