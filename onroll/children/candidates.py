"""The children on record whom a record may be about: one query for any number of records."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from onroll.children.people import PEOPLE, PersonRow, person_of
from onroll.children.sql import fetch, load
from onroll.matching import (
    Person,
    birthday_halves,
    pairs_of_sounds,
    sorted_written_keys,
    sounds_of_spellings,
    written_keys,
)

BLOCK_LIMIT = 40
"""Most candidates taken from one block of names. If more share both names and half the date of
birth, those closest on the other half come first; if only a name is known, those spelled the same.
"""
CANDIDATE_LIMIT = 16
"""Most candidates compared with one record. There are more only where names are common, and those
left out have little in common with it: a date of birth and one name, or only names."""

_CANDIDATES = load("candidates")
_FIND = f"""{_CANDIDATES},
people as materialized ({PEOPLE} (array(select child from ranked)))
select r.i, people.* from ranked r join people on people.id = r.child order by r.i, r.place
"""
_FIND_IDS = f"{_CANDIDATES} select i, child from ranked order by i, place"


def find_candidates(records: Sequence[Person]) -> list[list[Person]]:
    """Return, for each record in order, the children it may be about, most in common first.

    At most `CANDIDATE_LIMIT` for a record. The blocking rules stand in `sql/candidates.sql`. A
    record that was merged into another leads to that other.
    """
    candidates: list[list[Person]] = [[] for _ in records]
    people: dict[int, Person] = {}
    rows = fetch(
        _FIND, _parameters(records, CANDIDATE_LIMIT), children=len(records) * CANDIDATE_LIMIT
    )
    for i, *columns in rows:
        row = PersonRow(*columns)
        if row.id not in people:
            people[row.id] = person_of(row)
        candidates[i].append(people[row.id])
    return candidates


def find_candidate_ids(records: Sequence[Person], *, most: int) -> list[list[int]]:
    """Return of each record the ids of at most so many children it may be about.

    Those who have most in common with it come first.
    """
    ids: list[list[int]] = [[] for _ in records]
    if records:
        for i, child in fetch(_FIND_IDS, _parameters(records, most), children=len(records)):
            ids[i].append(child)
    return ids


def _parameters(records: Sequence[Person], candidate_limit: int) -> dict[str, object]:
    return {
        "records": json.dumps([_keys(i, record) for i, record in enumerate(records)]),
        "block_limit": BLOCK_LIMIT,
        "candidate_limit": candidate_limit,
    }


def _keys(i: int, record: Person) -> dict[str, Any]:
    """Return the blocking keys of the i-th record, by the names that the query uses."""
    forename = sorted({s for name in record.forenames for s in sounds_of_spellings(name)})
    surname = sorted({s for name in record.surnames for s in sounds_of_spellings(name)})
    pairs = pairs_of_sounds(forename, surname)
    if record.born:
        halves = (*birthday_halves(record.born), ":?")
        pairs = {f"{pair}{half}" for pair in pairs for half in halves}
    names = record.forenames | record.surnames
    return {
        "i": i,
        "born": record.born and record.born.isoformat(),
        "numbers": sorted(record.upns | record.weak_upns | record.ulns),
        "birthdays": birthday_keys({*forename, *surname}, record.born),
        "pairs": sorted(pairs),
        "sex": record.sex,
        "starts": sorted({key[:n] for key in written_keys(names) for n in (3, 5)}),
        "forename": [f"s:{sound}" for sound in forename],
        "surname": [f"s:{sound}" for sound in surname],
        "written": list(sorted_written_keys(names)),
        "postcodes": sorted(record.postcodes),
    }


def birthday_keys(sounds: Iterable[str], born: date | None) -> list[str]:
    """Return what the database function `children_birthday_keys` makes of a date of birth."""
    day = (born - date(2000, 1, 1)).days if born else None
    return [] if day is None else [f"{day}s:{sound}" for sound in sorted(sounds)]
