"""Search children by a typed name: how many bear it, and the first of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from string import ascii_lowercase as ASCII

from django.db import connection

from onroll.matching import fold, sounds_of_spellings

_BEARERS = """
with bearers as materialized (
    select id, forename, surname, born_on, search_keys from children_child c
    where ({matches}) and c.merged_into_id is null and not c.is_protected
        and (%s::date is null or c.born_on is null or c.born_on = %s::date)
)
select id, count(*) over () from bearers
order by born_on is null, search_keys && %s desc,
    (lower(surname) = any(%s))::int + (lower(forename) = any(%s))::int desc,
    lower(surname), lower(forename), born_on, id
limit %s
"""
"""Counting before ordering makes PostgreSQL read the index of keys, never the table."""


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


def find_bearers(names: Iterable[str], *, born: date | None, most: int) -> Bearers:
    """Return the children who have every part of each typed name in any of their names.

    With `born`, only children with that date of birth or none. Never children with a protected
    identity, nor merged records. The same holds for the functions below.
    """
    wanted = [_written(name) for name in names if fold(name)]
    every = [sorted(set().union(*choice)) for choice in product(*wanted)] if wanted else []
    matches = " or ".join(["c.search_keys @> %s"] * len(every))
    return _select(matches, every, names, born, most)


def find_similar(name: str, *, born: date | None, most: int) -> Bearers:
    """Return the children with a name like this one: typing errors first.

    Like it: sounds the same, is a short form, or is one typing error away.
    """
    slips = _on_record({key for word in fold(name).split() for key in _slips(word)})
    like = [f"s:{sound}" for sound in sounds_of_spellings(name)] + slips
    matches = "c.search_keys && %s" if like else ""
    return _select(matches, [like], [name], born, most, first=slips)


def find_misspelt(words: Iterable[str], *, born: date | None, most: int) -> Bearers:
    """Return the children who have each word, or one a typing error away, as a name."""
    keys = [{f"n:{word}", *_slips(word)} for word in words]
    borne = _on_record(set().union(*keys))
    every = [[key for key in borne if key in of_word] for of_word in keys]
    return _select(" and ".join(["c.search_keys && %s"] * len(every)), every, [], born, most)


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
    with connection.cursor() as cursor:
        cursor.execute(_ON_RECORD, [sorted(keys)])
        return [key for (key,) in cursor.fetchall()]


def _written(name: str) -> list[set[str]]:
    """Return alternatives for a typed name: the keys of its parts, or the key of all in one."""
    parts = fold(name).split()
    apart = {f"n:{part}" for part in parts}
    return [apart, {f"n:{''.join(parts)}"}] if len(parts) > 1 else [apart]


def _select(
    matches: str,
    every: Sequence[list[str]],
    names: Iterable[str],
    born: date | None,
    most: int,
    *,
    first: Sequence[str] = (),
) -> Bearers:
    if not matches:
        return Bearers()
    query = _BEARERS.format(matches=matches)
    typed = [name.strip().lower() for name in names]
    with connection.cursor() as cursor:
        cursor.execute(query, [*every, born, born, list(first), typed, typed, most])
        rows = cursor.fetchall()
    return Bearers(rows[0][1] if rows else 0, tuple(key for key, _ in rows))
