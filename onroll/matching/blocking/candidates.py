"""Candidate pairs: the pairs of two lists that share a blocking key.

A key shared by very many is given up, and a rule that would bring too many pairs keeps only its
rarer keys.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.blocking.pairs import Pairs
from onroll.matching.blocking.rules import BlockingRule, pair_budget, rules_for_sizes
from onroll.matching.records.arrays import Flags, Ints, Keys

CROWD = 4_000
"""No key brings more pairs than this."""
_FILTER_BITS = 22
AT_A_TIME = 2
"""So many rules, or lots of pairs, are worked on at the same time."""


def candidate_pairs(left: KeyedList, right: KeyedList, rules: Sequence[BlockingRule]) -> Pairs:
    """Return the pairs that share a key by one of the rules."""
    width, budget = max(1, len(right)), pair_budget(len(left), len(right))

    def by(rule: BlockingRule) -> Ints:
        keys = rule.keys(left, right)
        if keys is None:
            return np.empty(0, np.int64)
        pairs = _join(*keys, budget)
        return pairs.left * width + pairs.right

    usable_rules = rules_for_sizes(rules, len(left), len(right))
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        codes = np.concatenate([np.empty(0, np.int64), *threads.map(by, usable_rules)])
    codes.sort()
    distinct = codes[np.append(True, codes[1:] != codes[:-1])[: len(codes)]]
    return Pairs(distinct // width, distinct % width)


def _join(left: Keys, right: Keys, budget: int) -> Pairs:
    """Return the pairs of places with an equal key."""
    left_places, right_places = np.flatnonzero(left), np.flatnonzero(right)
    if len(left_places) > len(right_places):
        left_places = left_places[_possible(right[right_places], left[left_places])]
    else:
        right_places = right_places[_possible(left[left_places], right[right_places])]
    order = np.argsort(right[right_places], kind="stable")
    right_places = right_places[order]
    sorted_right = right[right_places]
    start = np.searchsorted(sorted_right, left[left_places], "left")
    times = np.searchsorted(sorted_right, left[left_places], "right") - start
    keep = times > 0
    left_places, start, times = left_places[keep], start[keep], times[keep]
    keep = _affordable(start, times, budget)
    left_places, start, times = left_places[keep], start[keep], times[keep]
    at = np.repeat(start - np.concatenate(([0], np.cumsum(times)[:-1])), times)
    return Pairs(np.repeat(left_places, times), right_places[at + np.arange(len(at))])


def _possible(few: Keys, many: Keys) -> Ints:
    """Return the places of the many keys that may be among the few: a quick sieve."""
    mask = np.uint64((1 << _FILTER_BITS) - 1)
    present = np.zeros(1 << _FILTER_BITS, bool)
    present[few & mask] = True
    return np.flatnonzero(present[many & mask])


def _affordable(keys: Ints, times: Ints, budget: int) -> Flags:
    """Say which rows to keep so that no key, and not the rule, brings too many pairs.

    `keys` are small numbers, equal where the keys are.
    """
    cost = times * np.bincount(keys)[keys]
    keep = cost <= CROWD
    if times[keep].sum() <= budget:
        return keep
    return cost < cost_limit(cost, times, budget)


def cost_limit(cost: Ints, pairs: Ints, budget: int) -> int:
    """Return the cost from which keys are given up, so that no more pairs than that are brought.

    `cost` says how many pairs a key brings in all, `pairs` how many each row brings.
    """
    order = np.argsort(cost, kind="stable")
    fits = int(np.searchsorted(np.cumsum(pairs[order]), budget, "right"))
    return min(CROWD + 1, int(cost[order[fits]]) if fits < len(order) else CROWD + 1)
