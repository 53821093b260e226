"""Which pairs are worth comparing at all: those that share one of several keys.

A key shared by very many is given up, and a rule that would bring too many pairs keeps only its
rarer keys; each slip in one field leaves another rule that finds the pair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.records import Columns, Ints, Names

Keys = NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
CROWD = 4_000
"""No key brings more pairs than this."""
MOST_PAIRS, PAIRS_BY_SIZE = 1_500_000, 150_000_000_000
"""A rule brings no more pairs than this, fewer into a long list, but always one for each child."""
VAST = 200_000_000_000
_FILTER_BITS = 22


@dataclass(frozen=True)
class Pairs:
    """Places in the left and in the right list, ordered, each pair once."""

    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def take(self, places: NDArray[Any] | slice) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.left[places], self.right[places])

    def joined(self, other: "Pairs") -> "Pairs":
        """Return these pairs and then others."""
        return Pairs.concatenate((self, other))

    @classmethod
    def concatenate(cls, parts: Sequence["Pairs"]) -> "Pairs":
        """Return several lots of pairs as one."""
        return cls(
            np.concatenate([part.left for part in parts]),
            np.concatenate([part.right for part in parts]),
        )


def candidates(left: Columns, right: Columns, names: Names) -> Pairs:
    """Return the pairs that share a key."""
    width = max(1, len(right))
    budget = max(len(left), min(MOST_PAIRS, PAIRS_BY_SIZE // width))
    found = [np.empty(0, np.int64)]
    for ours, theirs in _rules(left, right, names):
        pairs = _join(ours, theirs, budget)
        found.append(pairs.left * width + pairs.right)
    ordered = np.sort(np.concatenate(found))
    once = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return Pairs(once // width, once % width)


def _rules(left: Columns, right: Columns, names: Names) -> Iterator[tuple[Keys, Keys]]:
    """Yield the keys of each rule for the left and for the right list; nought is no key."""
    for a, b in (
        (left.upn, right.upn),
        (left.former_upn, right.upn),
        (left.upn, right.former_upn),
        (left.uln, right.uln),
        (left.nhs_number, right.nhs_number),
    ):
        if a.any() and b.any():
            yield mixed(a), mixed(b)
    one, other = _Keyed(left, names), _Keyed(right, names)
    is_vast = len(left) * len(right) > VAST
    for name in _Keyed.RULES:
        if is_vast and name in _Keyed.LOOSE:
            continue
        yield getattr(one, name)(), getattr(other, name)()
    yield mixed(left.dob, one.surname), mixed(right.dob, other.forename)
    yield mixed(one.turned, one.forename), mixed(right.dob, other.forename)
    yield mixed(one.turned, one.surname), mixed(right.dob, other.surname)
    if left.chosen_forename.any() or right.chosen_forename.any():
        yield mixed(left.dob, one.chosen), mixed(right.dob, other.forename)
        yield mixed(left.dob, one.forename), mixed(right.dob, other.chosen)
    if left.phone.any() and right.phone.any():
        yield mixed(left.phone, one.initial), mixed(right.phone, other.initial)
    if left.email.any() and right.email.any():
        yield mixed(left.email, one.initial), mixed(right.email, other.initial)


class _Keyed:
    """The keys of one list."""

    RULES = (
        "birthday_and_surname",
        "birthday_and_forename",
        "birthday_and_initial",
        "birthday_and_surname_initial",
        "birthday_and_last_part",
        "birthday_and_district",
        "both_names_and_year",
        "both_names_and_day",
        "family_names",
        "home_and_forename",
        "home_and_initial",
        "home_and_year",
        "home_and_day",
        "forename_and_month",
        "home_and_surname",
        "door",
        "home_and_number",
        "door_and_forename",
        "door_and_surname",
    )

    LOOSE = frozenset(
        {
            "birthday_and_initial",
            "birthday_and_surname_initial",
            "birthday_and_district",
            "family_names",
            "forename_and_month",
        }
    )
    """Rules that bring mostly strangers once the lists are vast."""

    def __init__(self, columns: Columns, names: Names) -> None:
        self._columns = columns
        sounds, family = np.array(names.sound), np.array(names.family)
        initials, last = np.array(names.initial), np.array(names.last)
        self.dob, self.postcode = columns.dob, columns.postcode
        self.forename, self.surname = sounds[columns.forename], sounds[columns.surname]
        self.chosen = sounds[columns.chosen_forename]
        self.initial = initials[columns.forename]
        self.surname_initial = initials[columns.surname]
        self.last = last[columns.surname]
        self.families = family[columns.forename], family[columns.surname]
        self.turned = _turned(columns.dob)

    def birthday_and_surname(self) -> Keys:
        return mixed(self.dob, self.surname)

    def birthday_and_forename(self) -> Keys:
        return mixed(self.dob, self.forename)

    def birthday_and_initial(self) -> Keys:
        return mixed(self.dob, self.initial)

    def birthday_and_surname_initial(self) -> Keys:
        return mixed(self.dob, self.surname_initial)

    def birthday_and_last_part(self) -> Keys:
        return mixed(self.dob, self.last)

    def birthday_and_district(self) -> Keys:
        return mixed(self.dob, self._columns.district)

    def both_names_and_year(self) -> Keys:
        return mixed(self.forename, self.surname, self.dob // 10_000)

    def both_names_and_day(self) -> Keys:
        return mixed(self.forename, self.surname, self.dob % 10_000)

    def family_names(self) -> Keys:
        return mixed(*self.families)

    def home_and_forename(self) -> Keys:
        return mixed(self.postcode, self.forename)

    def home_and_initial(self) -> Keys:
        return mixed(self.postcode, self.initial)

    def home_and_year(self) -> Keys:
        return mixed(self.postcode, self.dob // 10_000)

    def home_and_day(self) -> Keys:
        return mixed(self.postcode, self.dob % 10_000)

    def forename_and_month(self) -> Keys:
        return mixed(self.forename, self.dob // 100, self.surname_initial)

    def home_and_surname(self) -> Keys:
        return mixed(self.postcode, self.surname)

    def door(self) -> Keys:
        return mixed(self._columns.address)

    def home_and_number(self) -> Keys:
        return mixed(self.postcode, self._columns.number)

    def door_and_forename(self) -> Keys:
        return mixed(self._columns.number, self._columns.street, self.forename)

    def door_and_surname(self) -> Keys:
        return mixed(self._columns.number, self._columns.street, self.surname)


def _turned(dob: Ints) -> Ints:
    """Day and month in each other's place; nought where that is the same or no date."""
    year, month, day = dob // 10_000, dob // 100 % 100, dob % 100
    return np.where((day <= 12) & (day != month), year * 10_000 + day * 100 + month, 0)


def mixed(*parts: Ints) -> Keys:
    """Mix several numbers into one; nought if one of them is."""
    found = np.zeros(len(parts[0]), np.uint64)
    said = np.ones(len(parts[0]), bool)
    for part in parts:
        said &= part != 0
        found = (found ^ part.astype(np.uint64)) * _MIX
        found ^= found >> _SHIFT
    return np.where(said, found, np.uint64(0))


def _join(left: Keys, right: Keys, budget: int) -> Pairs:
    """Return the pairs of places with an equal key."""
    ours = np.flatnonzero(left)
    theirs = _possible(left[ours], right)
    order = np.argsort(right[theirs], kind="stable")
    theirs = theirs[order]
    sorted_right = right[theirs]
    start = np.searchsorted(sorted_right, left[ours], "left")
    times = np.searchsorted(sorted_right, left[ours], "right") - start
    keep = times > 0
    ours, start, times = ours[keep], start[keep], times[keep]
    keep = _affordable(left[ours], times, budget)
    ours, start, times = ours[keep], start[keep], times[keep]
    at = np.repeat(start - np.concatenate(([0], np.cumsum(times)[:-1])), times)
    return Pairs(np.repeat(ours, times), theirs[at + np.arange(len(at))])


def _possible(left: Keys, right: Keys) -> Ints:
    """Return the places in the right list whose key may be in the left one: a quick sieve."""
    mask = np.uint64((1 << _FILTER_BITS) - 1)
    seen = np.zeros(1 << _FILTER_BITS, bool)
    seen[left & mask] = True
    return np.flatnonzero(seen[right & mask] & (right != 0))


def _affordable(keys: Keys, times: Ints, budget: int) -> NDArray[np.bool_]:
    """Say which rows to keep so that no key, and not the rule, brings too many pairs."""
    ordered = np.sort(keys)
    number = np.searchsorted(ordered, keys, "right") - np.searchsorted(ordered, keys, "left")
    cost = times * number
    keep = cost <= CROWD
    if times[keep].sum() <= budget:
        return keep
    order = np.argsort(cost, kind="stable")
    total = np.cumsum(times[order])
    fits = int(np.searchsorted(total, budget, "right"))
    limit = cost[order[fits]] if fits < len(order) else CROWD + 1
    return keep & (cost < limit)
