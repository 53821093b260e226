"""Which pairs are worth comparing at all: those that share one of several keys.

A key shared by very many is given up, and a rule that would bring too many pairs keeps only its
rarer keys; each slip in one field leaves another rule that finds the pair.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onroll.matching.records import Columns, Ints, Names

Keys = NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
CROWD = 4_000
"""No key brings more pairs than this."""
MOST_PAIRS, PAIRS_BY_SIZE = 600_000, 40_000_000_000
"""A rule brings no more pairs than this, fewer into a long list, but always one for each child of
the shorter list."""
VAST = 50_000_000_000
_FILTER_BITS = 22
AT_A_TIME = 2
"""So many rules, or lots of pairs, are worked on at the same time."""


@dataclass(frozen=True)
class Pairs:
    """Places in the left and in the right list, each pair once."""

    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def take(self, places: NDArray[Any] | slice) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.left[places], self.right[places])

    def without(self, others: "Pairs") -> "Pairs":
        """Return the pairs that are not among others."""
        if not len(others):
            return self
        width = max(int(self.right.max(initial=0)), int(others.right.max())) + 1
        known = np.sort(others.left * width + others.right)
        codes = self.left * width + self.right
        place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
        return self.take(np.flatnonzero(known[place] != codes))

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


class Keyed:
    """A list of children with what keys are made of, each worked out once."""

    def __init__(self, columns: Columns, names: Names) -> None:
        self._columns = columns
        self.names = names

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def columns(self) -> Columns:
        """The list itself."""
        return self._columns

    def take(self, places: Ints) -> "Keyed":
        """Return some of the children; what they have is fetched when it is asked for."""
        return _Some(self, places)

    def rows(self, places: Ints) -> Columns:
        """Return the columns of some of the children."""
        return self.columns.take(places)

    @cached_property
    def forename(self) -> Ints:
        return self.names.array("sound")[self.columns.forename]

    @cached_property
    def surname(self) -> Ints:
        return self.names.array("sound")[self.columns.surname]

    @cached_property
    def chosen(self) -> Ints:
        return self.names.array("sound")[self.columns.chosen_forename]

    @cached_property
    def initial(self) -> Ints:
        return self.names.array("initial")[self.columns.forename]

    @cached_property
    def surname_initial(self) -> Ints:
        return self.names.array("initial")[self.columns.surname]

    @cached_property
    def last(self) -> Ints:
        return self.names.array("last")[self.columns.surname]

    @cached_property
    def nameless(self) -> Ints:
        columns = self.columns
        nameless: Ints = ((columns.forename == 0) & (columns.surname == 0)).astype(np.int64)
        return nameless

    @cached_property
    def forename_family(self) -> Ints:
        return self.names.array("family")[self.columns.forename]

    @cached_property
    def surname_family(self) -> Ints:
        return self.names.array("family")[self.columns.surname]

    @cached_property
    def year(self) -> Ints:
        return self.columns.dob // 10_000

    @cached_property
    def month(self) -> Ints:
        return self.columns.dob // 100

    @cached_property
    def day(self) -> Ints:
        return self.columns.dob % 10_000

    @cached_property
    def turned(self) -> Ints:
        """Day and month in each other's place; nought where that is the same or no date."""
        year, month, day = self.year, self.month % 100, self.day % 100
        turned = year * 10_000 + day * 100 + month
        return np.where((day <= 12) & (day != month), turned, 0)

    def key(self, parts: str) -> Keys:
        """Return keys mixed from columns, named with spaces between."""
        return mixed(*(self._part(name) for name in parts.split()))

    def _part(self, name: str) -> Ints:
        part: Ints = getattr(self if name in _MADE else self.columns, name)
        return part


class _Some(Keyed):
    """Some children of a list, of which nothing is copied but the keys that are wanted."""

    def __init__(self, whole: Keyed, places: Ints) -> None:
        self.whole = whole
        self.names = whole.names
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def columns(self) -> Columns:
        return self.whole.rows(self.places)

    def rows(self, places: Ints) -> Columns:
        return self.whole.rows(self.places[places])

    def _part(self, name: str) -> Ints:
        return self.whole._part(name)[self.places]


_MADE = frozenset(name for name, made in vars(Keyed).items() if isinstance(made, cached_property))


@dataclass(frozen=True)
class Rule:
    """What a record on the left and one on the right must share to be compared."""

    left: str
    right: str = ""
    is_loose: bool = False
    """Brings mostly strangers once the lists are vast."""

    def keys(self, left: Keyed, right: Keyed) -> tuple[Keys, Keys] | None:
        """Return the keys of both sides, or nothing if one side never says such a thing."""
        ours = left.key(self.left)
        return (ours, right.key(self.right or self.left)) if ours.any() else None


SURE_RULES = (
    Rule("upn"),
    Rule("former_upn", "upn"),
    Rule("upn", "former_upn"),
    Rule("uln"),
    Rule("nhs_number"),
    Rule("dob forename surname"),
)
"""Their pairs are nearly always one child."""

OTHER_RULES = (
    Rule("dob surname"),
    Rule("dob forename"),
    Rule("dob last"),
    Rule("dob nameless"),
    Rule("dob forename_family"),
    Rule("dob surname_family"),
    Rule("dob initial", is_loose=True),
    Rule("dob surname_initial", is_loose=True),
    Rule("dob district", is_loose=True),
    Rule("dob surname", "dob forename"),
    Rule("dob forename", "dob surname"),
    Rule("turned forename", "dob forename"),
    Rule("turned surname", "dob surname"),
    Rule("dob chosen", "dob forename"),
    Rule("dob forename", "dob chosen"),
    Rule("forename surname year"),
    Rule("forename surname day"),
    Rule("forename month surname_initial", is_loose=True),
    Rule("forename year surname_initial", is_loose=True),
    Rule("forename day surname_initial", is_loose=True),
    Rule("forename surname", is_loose=True),
    Rule("forename surname", "surname forename", is_loose=True),
    Rule("surname initial", is_loose=True),
    Rule("surname year", is_loose=True),
    Rule("surname day", is_loose=True),
    Rule("surname", is_loose=True),
    Rule("surname", "forename", is_loose=True),
    Rule("district surname", is_loose=True),
    Rule("district forename", is_loose=True),
    Rule("forename_family surname_family", is_loose=True),
    Rule("postcode forename"),
    Rule("postcode surname"),
    Rule("postcode surname", "postcode forename"),
    Rule("postcode initial"),
    Rule("postcode year"),
    Rule("postcode day"),
    Rule("postcode number"),
    Rule("address street"),
    Rule("number street forename"),
    Rule("number street surname"),
    Rule("street forename", is_loose=True),
    Rule("street surname", is_loose=True),
    Rule("phone initial"),
    Rule("email initial"),
)
"""They bring up the rest: each slip in one field leaves another rule that finds the pair."""

HOME_RULES = (Rule("postcode surname"), Rule("number street surname"), Rule("phone surname"))
"""They bring up children of one home."""


def candidates(left: Keyed, right: Keyed, rules: Sequence[Rule]) -> Pairs:
    """Return the pairs that share a key by one of the rules."""
    width, budget = max(1, len(right)), most_pairs(len(left), len(right))

    def by(rule: Rule) -> Ints:
        keys = rule.keys(left, right)
        if keys is None:
            return np.empty(0, np.int64)
        pairs = _join(*keys, budget)
        return pairs.left * width + pairs.right

    kept = worth_using(rules, len(left), len(right))
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        found = np.concatenate([np.empty(0, np.int64), *threads.map(by, kept)])
    found.sort()
    once = found[np.append(True, found[1:] != found[:-1])[: len(found)]]
    return Pairs(once // width, once % width)


def worth_using(rules: Sequence[Rule], lefts: int, rights: int) -> list[Rule]:
    """Return the rules for lists of such lengths."""
    return [rule for rule in rules if not (rule.is_loose and lefts * rights > VAST)]


def most_pairs(lefts: int, rights: int) -> int:
    """Return how many pairs one rule may bring."""
    return max(min(lefts, rights), min(MOST_PAIRS, PAIRS_BY_SIZE // max(1, rights)))


def mixed(*parts: Ints) -> Keys:
    """Mix several numbers into one; nought if one of them is."""
    found = parts[0].view(np.uint64) * _MIX
    for part in parts[1:]:
        found ^= found >> _SHIFT
        found ^= part.view(np.uint64)
        found *= _MIX
    found ^= found >> _SHIFT
    for part in parts:
        found *= part != 0
    return found


def _join(left: Keys, right: Keys, budget: int) -> Pairs:
    """Return the pairs of places with an equal key."""
    ours, theirs = np.flatnonzero(left), np.flatnonzero(right)
    if len(ours) > len(theirs):
        ours = ours[_possible(right[theirs], left[ours])]
    else:
        theirs = theirs[_possible(left[ours], right[theirs])]
    order = np.argsort(right[theirs], kind="stable")
    theirs = theirs[order]
    sorted_right = right[theirs]
    start = np.searchsorted(sorted_right, left[ours], "left")
    times = np.searchsorted(sorted_right, left[ours], "right") - start
    keep = times > 0
    ours, start, times = ours[keep], start[keep], times[keep]
    keep = _affordable(start, times, budget)
    ours, start, times = ours[keep], start[keep], times[keep]
    at = np.repeat(start - np.concatenate(([0], np.cumsum(times)[:-1])), times)
    return Pairs(np.repeat(ours, times), theirs[at + np.arange(len(at))])


def _possible(few: Keys, many: Keys) -> Ints:
    """Return the places of the many keys that may be among the few: a quick sieve."""
    mask = np.uint64((1 << _FILTER_BITS) - 1)
    seen = np.zeros(1 << _FILTER_BITS, bool)
    seen[few & mask] = True
    return np.flatnonzero(seen[many & mask])


def _affordable(keys: Ints, times: Ints, budget: int) -> NDArray[np.bool_]:
    """Say which rows to keep so that no key, and not the rule, brings too many pairs.

    `keys` are small numbers, equal where the keys are.
    """
    cost = times * np.bincount(keys)[keys]
    keep = cost <= CROWD
    if times[keep].sum() <= budget:
        return keep
    return cost < too_dear(cost, times, budget)


def too_dear(cost: Ints, pairs: Ints, budget: int) -> int:
    """Return the cost from which keys are given up, so that no more pairs than that are brought.

    `cost` says how many pairs a key brings in all, `pairs` how many each row brings.
    """
    order = np.argsort(cost, kind="stable")
    fits = int(np.searchsorted(np.cumsum(pairs[order]), budget, "right"))
    return min(CROWD + 1, int(cost[order[fits]]) if fits < len(order) else CROWD + 1)
