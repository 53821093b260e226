"""The child of whom a roll was asked, for an hour, for the form in which the asker refers (P10).

It is sealed with the key in the address of the answer, which is stored nowhere, and is its asker's
alone: who has the address but asked nothing has no name from it.
"""

import json
from datetime import date

from django.core.cache import cache

from onroll.cases.queries.typed import Typed
from onroll.drafts.authors import Author
from onroll.receipts.sealing import seal, unseal

HOUR = 60 * 60


def keep(typed: Typed, *, ref: str, key: str, author: Author) -> None:
    """Keep what was typed for the question `ref`, as long as its answer is shown."""
    words = json.dumps([typed.forename, typed.surname, str(typed.born)])
    cache.set(_name(ref, author), seal(words, key=key), HOUR)


def find(*, ref: str, key: str, author: Author) -> Typed | None:
    """Return what this author typed for a question; None for anybody else, or when it is gone."""
    sealed = cache.get(_name(ref, author))
    if sealed is None:
        return None
    forename, surname, born = json.loads(unseal(sealed, key=key))
    return Typed(forename, surname, date.fromisoformat(born))


def forget(*, ref: str, author: Author) -> None:
    """Keep it no more: a form that is begun holds it."""
    cache.delete(_name(ref, author))


def _name(ref: str, author: Author) -> str:
    whose = f"person_{author.user.pk}" if author.user else author.digest
    return f"asked_of_a_roll_{ref}_{whose}"
