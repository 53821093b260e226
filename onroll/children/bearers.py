"""Search children by a typed name: how many bear it, and the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from string import ascii_lowercase as ASCII
from typing import Any

from django.db import connection

from onroll.matching import fold, sounds_of_spellings

_BEARERS = """
with bearers as materialized (
    select id, forename, surname, born_on, search_keys from children_child c
    where {matches} and c.merged_into_id is null and not c.is_protected and not c.is_sealed
        and (%s::date is null or c.born_on is null or c.born_on = %s::date)
)
select id, count(*) over () as number from bearers
order by born_on is null, search_keys && %s desc,
    (lower(surname) = any(%s))::int + (lower(forename) = any(%s))::int desc,
    lower(surname), lower(forename), born_on, id
limit %s
"""
"""Counting before ordering makes PostgreSQL read the index of keys, never the table."""


_EACH = """
(select {i}, row_number() over () as place, number, id from ({bearers}) as found)
"""
SHORTEST_WITH_A_SLIP = 4
"""In shorter names a changed letter is another name, not a typing error."""

_ON_RECORD = """
select key from unnest(%s::text[]) key cross join lateral (
    select count(*) from children_child c where c.search_keys @> array[key]
) bearers where bearers.count > 0
"""
"""Each key is looked up by itself: for hundreds at once PostgreSQL would read the table."""


@dataclass(frozen=True)
class Bearers:
    """How many children bear a name, and the ids of the first, in order."""

    number: int = 0
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Named:
    """A name that was typed, in boxes, and the birthday with it."""

    names: tuple[str, ...]
    born: date | None


@dataclass(frozen=True)
class _Part:
    """What one name asks: `first` are the keys of those who come first in the answer."""

    matches: str
    every: Sequence[list[str]]
    names: Sequence[str]
    born: date | None
    first: Sequence[str] = ()


def find_bearers(several: Sequence[Named], *, most: int) -> list[Bearers]:
    """Return of each the children who have every part of each typed name in any of their names.

    With a birthday, only children born then or with none on record. Never children with a protected
    identity, nor merged records. The same holds for the functions below. Each is one query for any
    number of names, with one more for the typing errors.
    """
    return _select([_of_bearers(each) for each in several], most)


def _of_bearers(asked: Named) -> _Part:
    wanted = [_written(name) for name in asked.names if fold(name)]
    every = [sorted(set().union(*choice)) for choice in product(*wanted)] if wanted else []
    matches = " or ".join(["c.search_keys @> %s"] * len(every))
    return _Part(f"({matches})" if matches else "", every, asked.names, asked.born)


def find_similar(several: Sequence[Named], *, most: int) -> list[Bearers]:
    """Return of each the children with a name like this one: typing errors first.

    Like it: sounds the same, is a short form, or is one typing error away.
    """
    whole = [" ".join(each.names) for each in several]
    keys = [{key for word in fold(name).split() for key in _slips(word)} for name in whole]
    borne = _on_record(set().union(*keys))
    return _select(
        [
            _of_similar(asked, name, [key for key in borne if key in of_name])
            for asked, name, of_name in zip(several, whole, keys, strict=True)
        ],
        most,
    )


def _of_similar(asked: Named, name: str, slips: list[str]) -> _Part:
    like = [f"s:{sound}" for sound in sounds_of_spellings(name)] + slips
    return _Part("c.search_keys && %s" if like else "", [like], [name], asked.born, slips)


def find_misspelt(several: Sequence[Named], *, most: int) -> list[Bearers]:
    """Return of each the children who have each word, or one a typing error away, as a name."""
    keys = [[{f"n:{word}", *_slips(word)} for word in each.names] for each in several]
    borne = _on_record(set().union(*(of_word for words in keys for of_word in words)))
    return _select(
        [
            _of_misspelt(asked, [[key for key in borne if key in of_word] for of_word in words])
            for asked, words in zip(several, keys, strict=True)
        ],
        most,
    )


def _of_misspelt(asked: Named, every: list[list[str]]) -> _Part:
    matches = " and ".join(["c.search_keys && %s"] * len(every))
    return _Part(f"({matches})" if matches else "", every, [], asked.born)


def _slips(word: str) -> set[str]:
    """Return the keys of all words one typing error away from a folded word, about 50 a letter.

    A typing error: a letter wrong, missing or added, or two adjacent letters swapped.
    """
    if len(word) < SHORTEST_WITH_A_SLIP:
        return set()
    halves = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    slips = {head + tail[1:] for head, tail in halves if tail}
    slips |= {head + letter + tail[1:] for head, tail in halves if tail for letter in ASCII}
    slips |= {head + letter + tail for head, tail in halves for letter in ASCII}
    slips |= {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    return {f"n:{slip}" for slip in slips - {word}}


def _on_record(keys: set[str]) -> list[str]:
    """Return the keys that any child has."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ON_RECORD, [sorted(keys)])
        return [key for (key,) in cursor.fetchall()]


def _written(name: str) -> list[set[str]]:
    """Return alternatives for a typed name: the keys of its parts, or the key of all in one."""
    parts = fold(name).split()
    apart = {f"n:{part}" for part in parts}
    return [apart, {f"n:{''.join(parts)}"}] if len(parts) > 1 else [apart]


def _select(parts: Sequence[_Part], most: int) -> list[Bearers]:
    """Return whom each part finds: one query for all of them, of which each is a subquery."""
    asking = [(i, part) for i, part in enumerate(parts) if part.matches]
    if not asking:
        return [Bearers()] * len(parts)
    query = " union all ".join(
        _EACH.format(i=i, bearers=_BEARERS.format(matches=part.matches)) for i, part in asking
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [each for _, part in asking for each in _parameters(part, most)])
        rows = sorted(cursor.fetchall())
    found: dict[int, list[tuple[int, int]]] = {}
    for i, _, number, child in rows:
        found.setdefault(i, []).append((number, child))
    return [
        Bearers(found[i][0][0], tuple(child for _, child in found[i])) if i in found else Bearers()
        for i in range(len(parts))
    ]


def _parameters(part: _Part, most: int) -> list[Any]:
    typed = [name.strip().lower() for name in part.names]
    return [*part.every, part.born, part.born, list(part.first), typed, typed, most]
