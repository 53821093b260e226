"""Blocking rules: what two records must share to be compared at all.

Each slip in one field leaves another rule that finds the pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onroll.matching.blocking.keyed import KeyedList
from onroll.matching.records.arrays import Keys

MOST_PAIRS, PAIRS_BY_SIZE = 600_000, 40_000_000_000
"""A rule brings no more pairs than this, fewer into a long list, but always one for each child of
the shorter list."""
VAST = 50_000_000_000


@dataclass(frozen=True)
class BlockingRule:
    """What a record on the left and one on the right must share to be compared."""

    left: str
    right: str = ""
    is_loose: bool = False
    """Brings mostly strangers once the lists are vast."""

    def keys(self, left: KeyedList, right: KeyedList) -> tuple[Keys, Keys] | None:
        """Return the keys of both sides, or nothing if one side never says such a thing."""
        left_keys = left.key(self.left)
        return (left_keys, right.key(self.right or self.left)) if left_keys.any() else None


STRONG_RULES = (
    BlockingRule("upn"),
    BlockingRule("former_upn", "upn"),
    BlockingRule("upn", "former_upn"),
    BlockingRule("uln"),
    BlockingRule("nhs_number"),
    BlockingRule("dob forename surname"),
)
"""Their pairs are nearly always one child."""
WIDE_RULES = (
    BlockingRule("dob surname"),
    BlockingRule("dob forename"),
    BlockingRule("dob last"),
    BlockingRule("dob nameless"),
    BlockingRule("dob forename_family"),
    BlockingRule("dob surname_family"),
    BlockingRule("dob initial", is_loose=True),
    BlockingRule("dob surname_initial", is_loose=True),
    BlockingRule("dob district", is_loose=True),
    BlockingRule("dob surname", "dob forename"),
    BlockingRule("dob forename", "dob surname"),
    BlockingRule("turned forename", "dob forename"),
    BlockingRule("turned surname", "dob surname"),
    BlockingRule("dob chosen", "dob forename"),
    BlockingRule("dob forename", "dob chosen"),
    BlockingRule("forename surname year"),
    BlockingRule("forename surname day"),
    BlockingRule("forename month surname_initial", is_loose=True),
    BlockingRule("forename year surname_initial", is_loose=True),
    BlockingRule("forename day surname_initial", is_loose=True),
    BlockingRule("forename surname", is_loose=True),
    BlockingRule("forename surname", "surname forename", is_loose=True),
    BlockingRule("surname initial", is_loose=True),
    BlockingRule("surname year", is_loose=True),
    BlockingRule("surname day", is_loose=True),
    BlockingRule("surname", is_loose=True),
    BlockingRule("surname", "forename", is_loose=True),
    BlockingRule("district surname", is_loose=True),
    BlockingRule("district forename", is_loose=True),
    BlockingRule("forename_family surname_family", is_loose=True),
    BlockingRule("postcode forename"),
    BlockingRule("postcode surname"),
    BlockingRule("postcode surname", "postcode forename"),
    BlockingRule("postcode initial"),
    BlockingRule("postcode year"),
    BlockingRule("postcode day"),
    BlockingRule("postcode number"),
    BlockingRule("address street"),
    BlockingRule("number street forename"),
    BlockingRule("number street surname"),
    BlockingRule("street forename", is_loose=True),
    BlockingRule("street surname", is_loose=True),
    BlockingRule("phone initial"),
    BlockingRule("email initial"),
)
"""They bring up the rest: each slip in one field leaves another rule that finds the pair."""
HOUSEHOLD_RULES = (
    BlockingRule("postcode surname"),
    BlockingRule("number street surname"),
    BlockingRule("phone surname"),
)
"""They bring up children of one home."""


def rules_for_sizes(rules: Sequence[BlockingRule], lefts: int, rights: int) -> list[BlockingRule]:
    """Return the rules for lists of such lengths."""
    return [rule for rule in rules if not (rule.is_loose and lefts * rights > VAST)]


def pair_budget(lefts: int, rights: int) -> int:
    """Return how many pairs one rule may bring."""
    return max(min(lefts, rights), min(MOST_PAIRS, PAIRS_BY_SIZE // max(1, rights)))
