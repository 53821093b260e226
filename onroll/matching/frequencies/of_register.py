"""Term frequencies of the register, looked up for a few records at a time.

The register counts its children now and then and keeps the figures by `Key`; whoever scores a
record fetches those of its names. The same counts as `of_list.count` makes of a whole list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from onroll.matching.frequencies.of_list import Counts, Frequencies, both_names
from onroll.matching.names.forms import name_form
from onroll.matching.records.arrays import Ints
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names
from onroll.matching.records.packing import pack_date, pack_postcode

Record = Mapping[str, str]
Key = tuple[str, str]
"""What was counted, and of which value: `("forename", "sam")`."""
FORENAME, SURNAME, BOTH = "forename", "surname", "both"
FORENAMES_LIKE, SURNAMES_LIKE = "forenames like", "surnames like"
BIRTHDAY, POSTCODE = "birthday", "postcode"
_FORENAMES = ("forename", "chosen_forename", "middle_names")
_SURNAMES = ("surname", "chosen_surname", "former_surname")


@dataclass(frozen=True)
class RegisterFrequencies:
    """Of how many children, over how many years of birth, what was seen how often."""

    size: int
    years: float = 15.0
    numbers: Mapping[Key, int] = field(default_factory=dict)


@lru_cache(20_000)
def spelling_family(name: str) -> str:
    """Return what all spellings of a name share."""
    return " ".join(sorted(name_form(name.strip()).classes))


def frequency_keys(record: Record) -> set[Key]:
    """Return what to look up before a record is compared."""
    keys: set[Key] = {
        both_names_key(record.get("forename", ""), record.get("surname", "")),
        birthday_key(record.get("dob", "")),
        postcode_key(record.get("postcode", "")),
    }
    for fields, is_forename in ((_FORENAMES, True), (_SURNAMES, False)):
        for field_name in fields:
            if name := record.get(field_name, ""):
                keys.update(name_frequency_keys(name, is_forename=is_forename))
    return keys


@lru_cache(20_000)
def name_frequency_keys(name: str, *, is_forename: bool) -> tuple[Key, Key]:
    """Return the keys of a name as it is written, and in any of its spellings."""
    written = name_form(name.strip()).joined
    if is_forename:
        return (FORENAME, written), (FORENAMES_LIKE, spelling_family(name))
    return (SURNAME, written), (SURNAMES_LIKE, spelling_family(name))


def both_names_key(forename: str, surname: str) -> Key:
    """Return the key of a forename and a surname together, each in any of its spellings."""
    return BOTH, f"{spelling_family(forename)}|{spelling_family(surname)}"


def birthday_key(born: str) -> Key:
    """Return the key of a birthday, given as a list writes it."""
    return BIRTHDAY, str(pack_date(born))


def postcode_key(postcode: str) -> Key:
    """Return the key of a postcode."""
    return POSTCODE, str(pack_postcode(postcode))


def as_frequencies(counted: RegisterFrequencies, names: Names, right: Columns) -> Frequencies:
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


def _counts(counted: RegisterFrequencies, kind: str, named: Iterable[tuple[int, str]]) -> Counts:
    counts_by_number = {
        number: counted.numbers.get((kind, key), 0) for number, key in named if number
    }
    keys: Ints = np.array(sorted(counts_by_number), np.int64)
    return Counts(keys, np.array([counts_by_number[key] for key in keys.tolist()], np.int64))
