"""Children who bear a name that somebody typed: how many there are, and the first of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db import connection

from onroll.matching.keys import fold
from onroll.matching.seeking import sounds_sought

_BEARERS = """
with bearers as materialized (
    select id, forename, surname, born_on from children_child c
    where ({alternatives}) and c.merged_into_id is null and not c.is_protected
        and (%s::date is null or c.born_on is null or c.born_on = %s::date)
)
select id, count(*) over () from bearers
order by born_on is null, (lower(surname) = any(%s))::int + (lower(forename) = any(%s))::int desc,
    lower(surname), lower(forename), born_on, id
limit %s
"""
"""All are counted before any is ordered, so that the index of keys is read and never the table."""


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
    return _found("c.search_keys @> %s", every, names, born, most)


def find_sounding(name: str, *, born: date | None, most: int) -> Bearers:
    """Return the children one of whose names sounds like this one or is a short form of it."""
    sounds = [f"s:{each}" for each in sounds_sought(name)]
    return _found("c.search_keys && %s", [sounds] if sounds else [], [name], born, most)


def _written(name: str) -> list[set[str]]:
    """Return the keys of each part of a name, or that of the name run together."""
    parts = fold(name).split()
    apart = {f"n:{part}" for part in parts}
    return [apart, {f"n:{''.join(parts)}"}] if len(parts) > 1 else [apart]


def _found(
    matches: str, every: Sequence[list[str]], names: Iterable[str], born: date | None, most: int
) -> Bearers:
    if not every:
        return Bearers()
    query = _BEARERS.format(alternatives=" or ".join([matches] * len(every)))
    typed = [name.strip().lower() for name in names]
    with connection.cursor() as cursor:
        cursor.execute(query, [*every, born, born, typed, typed, most])
        rows = cursor.fetchall()
    return Bearers(rows[0][1] if rows else 0, tuple(key for key, _ in rows))
