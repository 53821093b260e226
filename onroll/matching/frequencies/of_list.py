"""Term frequencies of a list: how common its names, birthdays and postcodes are.

Agreement on a rare name says more than on a common one. Counts come from the right-hand list and
are pulled towards how common the name is in England, so that a short list makes no name look rare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.records.arrays import Floats, Ints, mix_columns
from onroll.matching.records.columns import Columns
from onroll.matching.records.names import Names

ESTABLISHED = 4
"""So many bearers make a spelling a name of its own rather than a slip."""
CROWD = 5
"""So many surnames at one address make it a hotel, a hostel, or flats without their numbers; with
one telephone, e-mail address or adult, a hotel's, a school's or a social worker."""
HOME_COLUMNS = ("address", "phone", "email", "adult")
FEW = 1 << 22
"""Numbers below this are counted in a table of all of them, others by sorting."""


@dataclass(frozen=True)
class Counts:
    """Keys in order and how often each is seen."""

    keys: NDArray[Any]
    counts: Ints

    @classmethod
    def of(cls, values: NDArray[Any]) -> "Counts":
        """Count values; nought, which is `not said`, is left out."""
        if len(values) and values.max() < FEW and values.min() >= 0:
            every = np.bincount(values)
            every[0] = 0
            keys = np.flatnonzero(every)
            return cls(keys, every[keys])
        ordered = np.sort(values[values != 0])
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        return cls(ordered[starts], np.diff(np.append(starts, len(ordered))))

    def look_up(self, values: NDArray[Any]) -> Ints:
        """Return how often each value was seen."""
        if not len(self.keys):
            return np.zeros(len(values), np.int64)
        places = np.searchsorted(self.keys, values)
        places[places == len(self.keys)] = 0
        return np.where(self.keys[places] == values, self.counts[places], 0)


@dataclass(frozen=True)
class Frequencies:
    """Counts over one list."""

    size: int
    forename_written: Counts
    forename_family: Counts
    surname_written: Counts
    surname_family: Counts
    both: Counts
    birthday: Counts
    postcode: Counts
    one_birthday: float
    """The chance that a stranger has one given birthday."""
    surname_homes: Counts
    """In how many homes a surname is seen, in any spelling."""
    crowded: Mapping[str, Ints]
    """Of addresses, telephones, e-mail addresses and adults those with which many surnames are
    seen, in order: hardly a home's."""

    def joint(self, forenames: Ints, surnames: Ints) -> Ints:
        """Return how many have both names, each in any spelling."""
        return self.both.look_up(both_names(forenames, surnames))


def both_names(forenames: Ints, surnames: Ints) -> Ints:
    """Return a number for two name families together; nought if either is not said."""
    return np.where((forenames > 0) & (surnames > 0), forenames << 32 | surnames, 0)


def count(columns: Columns, names: Names) -> Frequencies:
    """Count names, birthdays and postcodes in a list."""
    written, family = names.array("written"), names.array("family")
    forenames, surnames = columns.forename, columns.surname
    return Frequencies(
        size=max(1, len(columns)),
        forename_written=Counts.of(written[forenames]),
        forename_family=Counts.of(family[forenames]),
        surname_written=Counts.of(written[surnames]),
        surname_family=Counts.of(family[surnames]),
        both=Counts.of(both_names(family[forenames], family[surnames])),
        birthday=Counts.of(columns.dob),
        postcode=Counts.of(columns.postcode),
        one_birthday=_one_birthday(columns.dob),
        surname_homes=_homes_of(family[surnames], columns.postcode),
        crowded={
            name: _crowded(family[surnames], home_column(columns, name)) for name in HOME_COLUMNS
        },
    )


def _homes_of(surnames: Ints, postcodes: Ints) -> Counts:
    """Count the postcodes at which each surname is seen, each once."""
    pairs = np.unique(np.where(postcodes > 0, surnames << 42 | postcodes, surnames << 42))
    return Counts.of(pairs >> 42)


def home_column(columns: Columns, name: str) -> Ints:
    """Return a column of a home; an address with its postcode: every town has a 1 Church Road."""
    column: Ints = getattr(columns, name)
    if name != "address":
        return column
    return np.where(column != 0, mix_columns(column, columns.postcode + 1).view(np.int64), 0)


def _crowded(surnames: Ints, addresses: Ints) -> Ints:
    """Return the addresses, or telephones, that more surnames share than a family or two bring."""
    at = np.flatnonzero((addresses != 0) & (surnames > 0))
    if not len(at):
        return np.empty(0, np.int64)
    order = np.lexsort((surnames[at], addresses[at]))
    address, surname = addresses[at][order], surnames[at][order]
    is_new = np.append(True, (address[1:] != address[:-1]) | (surname[1:] != surname[:-1]))
    distinct, number = np.unique(address[is_new], return_counts=True)
    crowded: Ints = distinct[number >= CROWD]
    return crowded


def _one_birthday(dob: Ints) -> float:
    """One day of as many years as nine tenths of the list span, but no fewer than five."""
    years = dob[dob > 0] // 10_000
    if not len(years):
        return 1 / (365.25 * 15)
    first, last = np.quantile(years, (0.05, 0.95))
    return float(1 / (365.25 * max(5.0, (last - first + 1) / 0.9)))


def log_share(counts: Ints, size: int, plain: float | Floats, prior: Mapping[str, float]) -> Floats:
    """Return how common something is as a power of two, pulled towards a plain figure."""
    shares = (counts + prior["pull"] * plain) / (size + prior["pull"])
    power: Floats = np.log2(np.maximum(shares, prior["rarest"]))
    return power
