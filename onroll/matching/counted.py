"""How common names are among all children, looked up for one pair of records at a time.

A register counts its children now and then and keeps the figures by `Key`; whoever scores fetches
those of the names at hand. The same counts as `frequencies.count` makes of a whole list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from onroll.matching.frequencies import Counts, Frequencies, both_names
from onroll.matching.likeness import form
from onroll.matching.records import Columns, Ints, Names, pack_date, pack_postcode

Record = Mapping[str, str]
Key = tuple[str, str]
"""What was counted, and of which value: `("forename", "sam")`."""

FORENAME, SURNAME, BOTH = "forename", "surname", "both"
FORENAMES_LIKE, SURNAMES_LIKE = "forenames like", "surnames like"
BIRTHDAY, POSTCODE = "birthday", "postcode"
_FORENAMES = ("forename", "chosen_forename", "middle_names")
_SURNAMES = ("surname", "chosen_surname", "former_surname")


@dataclass(frozen=True)
class Counted:
    """Of how many children, over how many years of birth, what was seen how often."""

    size: int
    years: float = 15.0
    numbers: Mapping[Key, int] = field(default_factory=dict)


@lru_cache(20_000)
def family(name: str) -> str:
    """Return what all spellings of a name share."""
    return " ".join(sorted(form(name.strip()).classes))


def both(forename: str, surname: str) -> str:
    """Return what all spellings of a forename and a surname together share."""
    return f"{family(forename)}|{family(surname)}"


def keys_of(record: Record) -> set[Key]:
    """Return what to look up before a record is compared."""
    found: set[Key] = {
        (BOTH, both(record.get("forename", ""), record.get("surname", ""))),
        (BIRTHDAY, str(pack_date(record.get("dob", "")))),
        (POSTCODE, str(pack_postcode(record.get("postcode", "")))),
    }
    for fields, is_forename in ((_FORENAMES, True), (_SURNAMES, False)):
        for each in fields:
            if name := record.get(each, ""):
                found.update(_keys_of_name(name, is_forename=is_forename))
    return found


@lru_cache(20_000)
def _keys_of_name(name: str, *, is_forename: bool) -> tuple[Key, Key]:
    written = form(name.strip()).joined
    if is_forename:
        return (FORENAME, written), (FORENAMES_LIKE, family(name))
    return (SURNAME, written), (SURNAMES_LIKE, family(name))


def frequencies(counted: Counted, names: Names, right: Columns) -> Frequencies:
    """Return the counts as the scorer reads them, for the names of one comparison."""
    written = list(zip(names.array("written").tolist(), names.joined, strict=True))
    families = list(zip(names.array("family").tolist(), names.families, strict=True))
    return Frequencies(
        size=max(1, counted.size),
        forename_written=_counts(counted, FORENAME, written),
        forename_family=_counts(counted, FORENAMES_LIKE, families),
        surname_written=_counts(counted, SURNAME, written),
        surname_family=_counts(counted, SURNAMES_LIKE, families),
        both=_counts(counted, BOTH, _pairs(names, right)),
        birthday=_counts(counted, BIRTHDAY, ((day, str(day)) for day in right.dob.tolist())),
        postcode=_counts(counted, POSTCODE, ((p, str(p)) for p in right.postcode.tolist())),
        one_birthday=1 / (365.25 * max(5.0, counted.years)),
        surname_homes=_counts(counted, SURNAMES_LIKE, families),
        crowded={},
    )


def _pairs(names: Names, right: Columns) -> Iterable[tuple[int, str]]:
    table = names.array("family")
    numbers = both_names(table[right.forename], table[right.surname]).tolist()
    places = zip(right.forename.tolist(), right.surname.tolist(), strict=True)
    for number, (forename, surname) in zip(numbers, places, strict=True):
        like = (names.families[n] for n in (forename, surname))
        yield number, "|".join(like)


def _counts(counted: Counted, kind: str, named: Iterable[tuple[int, str]]) -> Counts:
    seen = {number: counted.numbers.get((kind, key), 0) for number, key in named if number}
    keys: Ints = np.array(sorted(seen), np.int64)
    return Counts(keys, np.array([seen[key] for key in keys.tolist()], np.int64))
