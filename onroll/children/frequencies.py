"""How common names, birthdays and postcodes are among the children on record."""

import json
from collections.abc import Iterable

from onroll.children.sql import fetch, load
from onroll.matching import Person, RegisterFrequencies, frequency_keys

ENOUGH_TO_COUNT = 2_000
"""Fewer children than this say too little about how common a name is."""
_FREQUENCIES = load("frequencies")
_TOTALS = (("all", "children"), ("all", "years"))


def register_frequencies(people: Iterable[Person]) -> RegisterFrequencies | None:
    """Return how common what is known of these people is: one query.

    None below `ENOUGH_TO_COUNT` children; matching then uses its own figures.
    """
    people = list(people)
    wanted = {
        key
        for person in people
        for description in person.described
        for key in frequency_keys(description)
    }
    keys = json.dumps(sorted({*wanted, *_TOTALS}))
    rows = fetch(_FREQUENCIES, {"keys": keys}, children=len(people))
    numbers = {(kind, value): number for kind, value, number in rows}
    size, years = (numbers.pop(key, 0) for key in _TOTALS)
    return RegisterFrequencies(size, float(years), numbers) if size >= ENOUGH_TO_COUNT else None


def register_size() -> int:
    """Return how many children there were at the last count; 0 below `ENOUGH_TO_COUNT`."""
    frequencies = register_frequencies(())
    return frequencies.size if frequencies else 0
