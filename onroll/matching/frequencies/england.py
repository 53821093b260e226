"""How common a name is among the children of England, before any list is counted.

Forenames are counted at birth by sex and years; for the commonest surnames a share is stated
(`tables/sources.txt`). A name that is in no table is not thereby rare.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onroll.matching.names.variants import classes, tables, traditions

COLUMNS = ("girls_before", "girls_since", "boys_before", "boys_since")
LAST_BEFORE = 2010
"""The last year of birth that counts as before."""
Shares = tuple[float, float, float, float]
"""The share of girls and of boys, born before and since, who bear a name."""
PER = 10_000
ESTABLISHED = 100
"""So many bearers, born in 29 years, make a spelling a name; fewer may be a registrar's slip."""


@dataclass(frozen=True)
class Tradition:
    """Names that go together: its part of all pupils, its forenames and their endings."""

    share: float
    forenames: frozenset[str]
    endings: tuple[str, ...]
    surnames: Mapping[str, float]


@cache
def _counts() -> dict[str, list[int]]:
    """Return the counts of each forename, by its spelling; of all of them by no spelling."""
    text = (files("onroll.matching.frequencies.tables") / "forenames.csv").read_text("utf-8")
    _, *rows = csv.reader(text.splitlines())
    return {name: list(map(int, counts)) for name, *counts in rows}


@cache
def forename_births() -> dict[str, Shares]:
    """Return, by its spelling, which share of girls and boys bear a forename (see `Shares`)."""
    totals = _counts()[""]
    return {name: _shares(counts, totals) for name, counts in _counts().items() if name}


def _shares(counts: list[int], totals: list[int]) -> Shares:
    first, second, third, fourth = (
        count / total for count, total in zip(counts, totals, strict=True)
    )
    return first, second, third, fourth


@cache
def _births_by_class() -> dict[str, Shares]:
    shares_by_class: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(COLUMNS))
    for name, shares in forename_births().items():
        of_class = shares_by_class[min(classes(name))]
        of_class[:] = [sum(pair) for pair in zip(of_class, shares, strict=True)]
    return {class_name: (a, b, c, d) for class_name, (a, b, c, d) in shares_by_class.items()}


@cache
def naming_traditions() -> dict[str, Tradition]:
    """Return the traditions by name."""
    text = (files("onroll.matching.frequencies.tables") / "surnames.toml").read_text("utf-8")
    return {
        name: Tradition(
            table["share"],
            frozenset(table["forenames"]).union(*(traditions()[t] for t in table["tables"])),
            tuple(table["endings"]),
            {surname: bearers / PER for surname, bearers in table["surnames"].items()},
        )
        for name, table in tomllib.loads(text).items()
    }


@cache
def _surnames_by_class() -> dict[str, float]:
    shares_by_class: dict[str, float] = defaultdict(float)
    for tradition in naming_traditions().values():
        for surname, share in tradition.surnames.items():
            shares_by_class[min(classes(surname))] += share
    return dict(shares_by_class)


def forename_shares(tokens: tuple[str, ...]) -> Shares | None:
    """Return how common a forename is in all its spellings; None where no table has it.

    Of one in several parts the rarest part counts, since others are left out or follow as middle
    names: who is Muhammad Ali may stand as Ali.
    """
    by_class = _births_by_class()
    telling = [token for token in tokens if token not in tables().honorific] or list(tokens)
    part_shares = [by_class[c] for c in map(min, map(classes, telling)) if c in by_class]
    whole = by_class.get(min(classes("".join(tokens))))
    rarest = min(part_shares, key=sum, default=None)
    return max(filter(None, (rarest, whole)), key=sum, default=None)


def surname_share(tokens: tuple[str, ...]) -> float:
    """Return how common a surname is in all its spellings; 0 where no table has it."""
    by_class = _surnames_by_class()
    whole = by_class.get(min(classes("".join(tokens))), 0.0)
    return whole or min((by_class.get(min(classes(token)), 0.0) for token in tokens), default=0.0)


@cache
def _bits(attribute: str) -> dict[str, int]:
    bits_by_name: dict[str, int] = defaultdict(int)
    for place, tradition in enumerate(naming_traditions().values()):
        for name in getattr(tradition, attribute):
            bits_by_name[name] |= 1 << place
    return dict(bits_by_name)


def traditions_of(tokens: tuple[str, ...], *, is_surname: bool) -> int:
    """Return the traditions of a name as bits of a number, in the order of the table."""
    bits_by_name = _bits("surnames" if is_surname else "forenames")
    bits = bits_by_name.get("".join(tokens), 0)
    for token in tokens:
        bits |= bits_by_name.get(token, 0)
    return bits if is_surname else bits | _by_ending(tokens)


def _by_ending(tokens: tuple[str, ...]) -> int:
    endings = _bits("endings")
    bits = 0
    for token in tokens:
        for end in _ends(token):
            bits |= endings.get(end, 0)
    return bits


def _ends(token: str) -> list[str]:
    return [token[-length:] for length in range(2, min(9, len(token)))]


def is_listed_name(token: str, *, is_surname: bool = False) -> bool:
    """Say whether a name stands in a table of names, so that it is no slip of another's."""
    if token in tables().spellings or token in tables().shorts:
        return True
    if is_surname:
        return token in _bits("surnames")
    return sum(_counts().get(token, ())) >= ESTABLISHED or is_composed(token)


def is_composed(token: str) -> bool:
    """Say whether a name is made of two known halves, as Gurdeep and Hardeep are."""
    name_tables = tables()
    return any(
        end in name_tables.endings and token[: -len(end)] in name_tables.beginnings
        for end in _ends(token)
    )
