"""The children on record whom somebody may mean who types a name or a number.

For any number of those typed in as many questions to the database as for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries.typed import MOST_WORDS, Typed
from onroll.children.models import Child, Identifier, IdentifierKind, Place
from onroll.children.models.place import EDUCATION
from onroll.children.queries import (
    Bearers,
    Named,
    find_bearers,
    find_candidate_ids,
    find_misspelt,
    find_similar,
    merge_targets,
    plain,
)
from onroll.rules.identifiers import normalise

MOST_LOOKED_AT, MOST_WEIGHED = 100, 20
"""Most candidates fetched; and most of those, if visible, that are scored."""
MOST_SHOWN = 20
"""Most children on the page; beyond that it says how many there are and what to add."""


def sees_own_pupils_only(user: User) -> bool:
    """Return whether a user finds only pupils of their school or trust (row 3, `O` and `T`)."""
    return scope(user, Permission.CHILD_FIND_UNIQUE) in (Scope.OWN_SCHOOL, Scope.TRUST)


@dataclass(frozen=True)
class Candidates:
    """The possible children: by number, by name, or by a similar name."""

    typed: Typed
    numbered: frozenset[int]
    bearers: Bearers
    is_by_likeness: bool
    children: Mapping[int, Child]


def find(user: User, several: Sequence[Typed], on: date) -> list[Candidates]:
    """Return who has the typed number, who bears the name, and others who have much in common.

    If the number leads to somebody, bearers of the name are not looked for.
    """
    numbered = _numbered(user, [typed.number for typed in several], on)
    bearers = _bearers(several, numbered)
    like = _like(several, bearers)
    keys = [
        list(dict.fromkeys((*numbered[n], *bearers[n][0].ids, *like[n])))
        for n in range(len(several))
    ]
    visible = _children(user, list(dict.fromkeys(key for group in keys for key in group)), on=on)
    return [
        Candidates(
            typed,
            frozenset(numbered[n]),
            *bearers[n],
            _chosen(keys[n], {*numbered[n], *bearers[n][0].ids}, visible),
        )
        for n, typed in enumerate(several)
    ]


def _chosen(
    keys: Sequence[int], certain: set[int], visible: Mapping[int, Child]
) -> dict[int, Child]:
    """Return whom to compare: all who bear the name or number, and some who have much in common."""
    weighed = [key for key in keys if key in visible and key not in certain][:MOST_WEIGHED]
    chosen = (key for key in keys if key in visible and (key in certain or key in weighed))
    return {key: visible[key] for key in chosen}


def _bearers(
    several: Sequence[Typed], numbered: Sequence[Sequence[int]]
) -> list[tuple[Bearers, bool]]:
    """Return who bears each name, and whether only a similar one."""
    bearers_of = [(Bearers(), False) for _ in several]
    places = [n for n, typed in enumerate(several) if typed.names and not numbered[n]]
    whole = [Named(several[n].names, several[n].born) for n in places]
    for n, bearers in zip(places, find_bearers(whole, most=MOST_SHOWN), strict=True):
        bearers_of[n] = bearers, False
    nobody = [n for n in places if not bearers_of[n][0].number and not several[n].is_whole_name]
    if nobody:
        names = [Named((several[n].name,), several[n].born) for n in nobody]
        for n, similar in zip(nobody, find_similar(names, most=MOST_SHOWN), strict=True):
            bearers_of[n] = similar, bool(similar.number)
    return bearers_of


def _like(several: Sequence[Typed], bearers: Sequence[tuple[Bearers, bool]]) -> list[Sequence[int]]:
    """Return who has much in common with each, where not enough bear the name already."""
    like: list[Sequence[int]] = [() for _ in several]
    places = [
        n
        for n, typed in enumerate(several)
        if typed.names and not (bearers[n][0].number >= MOST_SHOWN and typed.born is None)
    ]
    records = [several[n].as_record for n in places]
    for n, ids in zip(places, find_candidate_ids(records, most=MOST_LOOKED_AT), strict=True):
        like[n] = ids
    return like


def find_spelled_nearly(user: User, several: Sequence[Typed], on: date) -> list[Candidates]:
    """Return who bears the typed words with a typing error, if nobody else is similar."""
    words = [Named(typed.words[:MOST_WORDS], typed.born) for typed in several]
    results = find_misspelt(words, most=MOST_SHOWN)
    visible = _children(user, [key for bearers in results for key in bearers.ids], on=on)
    return [
        Candidates(
            typed,
            frozenset(),
            bearers,
            True,
            {key: visible[key] for key in bearers.ids if key in visible},
        )
        for typed, bearers in zip(several, results, strict=True)
    ]


def _numbered(user: User, texts: Sequence[str], on: date) -> list[list[int]]:
    """Return of each text the ids of children with this UPN, ULN, NHS number or reference."""
    filled = [text for text in texts if text]
    if not filled:
        return [[] for _ in texts]
    numbers = Identifier.objects.filter(value__in=[normalise(text) for text in filled])
    refs = [text.strip().upper() for text in filled]
    cases = Case.objects.visible_to(user, on=on).filter(ref__in=refs)
    pairs = [
        *numbers.exclude(kind=IdentifierKind.WRONG.value).values_list("value", "child_id"),
        *Child.objects.filter(ref__in=refs).values_list("ref", "pk"),
        *cases.values_list("ref", "child_id"),
    ]
    targets = merge_targets(child for _, child in pairs)
    return [
        sorted({targets[child] for value, child in pairs if value in _readings(text)})
        for text in texts
    ]


def _readings(text: str) -> tuple[str, ...]:
    """Return how a typed number may stand on record: as a number, and as a reference."""
    return (normalise(text), text.strip().upper()) if text else ()


def _children(user: User, ids: Sequence[int], *, on: date) -> dict[int, Child]:
    """Return visible children by id, with places and open cases; never protected ones.

    A school gets only its own pupils, and no cases: those have a page of their own.
    """
    places: QuerySet[Place] = Place.objects.filter(kind__in=EDUCATION).select_related(
        "school", "source"
    )
    open_cases = Case.objects.open().visible_to(user, on=on)
    rows = Child.objects.filter(plain(), pk__in=ids, merged_into__isnull=True)
    if sees_own_pupils_only(user):
        rows = rows.visible_to(user, on=on)
        places = places.filter(school__staff__user=user)
        open_cases = Case.objects.none()
    rows = rows.prefetch_related(
        "names",
        Prefetch("places", places, to_attr="taught_at"),
        Prefetch("cases", Case.objects.open(), to_attr="open_cases"),
        Prefetch("cases", open_cases, to_attr="cases_in_sight"),
    )
    return {child.pk: child for child in rows}
