"""Children who bear a name that somebody typed: how many there are, and the first of them."""

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
"""All are counted before any is ordered, so that the index of keys is read and never the table."""


SHORTEST_WITH_A_SLIP = 4
"""In a name of fewer letters another letter makes another name."""

_ON_RECORD = """
select key from unnest(%s::text[]) key cross join lateral (
    select count(*) from children_child c where c.search_keys @> array[key]
) bearers where bearers.count > 0
"""
"""Key by key in the index: of hundreds at once the database would rather read the table."""


@dataclass(frozen=True)
class Bearers:
    """How many children bear a name, and the first of them in order."""

    number: int = 0
    ids: tuple[int, ...] = ()


def find_bearers(names: Iterable[str], *, born: date | None, most: int) -> Bearers:
    """Return the children on whose record every part of each of the names is written.

    A part of a double name is enough, and which of a child's names it stands in does not matter.
    With a birthday, those who have it or none. Nobody is among them whose identity is protected,
    and no record that was merged into another.
    """
    wanted = [_written(name) for name in names if fold(name)]
    every = [sorted(set().union(*choice)) for choice in product(*wanted)] if wanted else []
    matches = " or ".join(["c.search_keys @> %s"] * len(every))
    return _found(matches, every, names, born, most)


def find_like(name: str, *, born: date | None, most: int) -> Bearers:
    """Return the children one of whose names is like this one, those a slip away first.

    It sounds like it, is a short form of it, or differs by one slip of the pen.
    """
    near = _on_record({key for word in fold(name).split() for key in _slips(word)})
    like = [f"s:{each}" for each in sounds_of_spellings(name)] + near
    matches = "c.search_keys && %s" if like else ""
    return _found(matches, [like], [name], born, most, first=near)


def find_spelled_nearly(words: Iterable[str], *, born: date | None, most: int) -> Bearers:
    """Return the children who bear each of these words as a name, or one a slip away from it."""
    every = [_on_record({f"n:{word}", *_slips(word)}) for word in words]
    return _found(" and ".join(["c.search_keys && %s"] * len(every)), every, [], born, most)


def _slips(word: str) -> set[str]:
    """Return the keys of all words one slip of the pen away from a folded word.

    A letter is wrong, missing or too many, or two stand in each other's place. They are some 50 for
    each letter.
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
    """Return which of the keys are those of any child."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_RECORD, [sorted(keys)])
        return [key for (key,) in cursor.fetchall()]


def _written(name: str) -> list[set[str]]:
    """Return the keys of each part of a name, or that of the name run together."""
    parts = fold(name).split()
    apart = {f"n:{part}" for part in parts}
    return [apart, {f"n:{''.join(parts)}"}] if len(parts) > 1 else [apart]


def _found(
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
