"""Names written in several ways, and short forms: tables made from general knowledge.

Each file in `names/` says where its classes come from. A class says that two spellings may stand
for one name, never that they must: the scorer asks for more than a name.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from onroll.matching.keys import fold

_ENDINGS = {
    "ska": "ski",
    "cka": "cki",
    "dzka": "dzki",
    "skaya": "ski",
    "skaia": "ski",
    "sky": "ski",
    "skyi": "ski",
    "skiy": "ski",
    "skyy": "ski",
    "ova": "ov",
    "eva": "ev",
    "yeva": "ev",
    "iva": "iv",
    "ina": "in",
}
"""Endings of Slavic surnames that change with the sex, to the one a man bears."""
_LAST = frozenset(ending[-1] for ending in _ENDINGS)


@dataclass(frozen=True, slots=True)
class Tables:
    """Of a folded name: the classes of spelling, those of short forms, and whether it is weak."""

    spellings: dict[str, frozenset[str]]
    shorts: dict[str, frozenset[str]]
    weak: frozenset[str]


@cache
def tables() -> Tables:
    """Return all tables as one; a name may stand in several classes."""
    spellings: dict[str, set[str]] = {}
    shorts: dict[str, set[str]] = {}
    weak: set[str] = set()
    for source in sorted(files("onroll.matching.names").iterdir(), key=lambda entry: entry.name):
        if not source.name.endswith(".toml"):
            continue
        table = tomllib.loads(source.read_text("utf-8"))
        _classes(table["spellings"], "s", spellings)
        _classes(table["short"], "n", shorts)
        weak |= {fold(name) for name in table["weak"]}
    return Tables(_frozen(spellings), _frozen(shorts), frozenset(weak))


@lru_cache(20_000)
def classes(name: str) -> frozenset[str]:
    """Return the spelling classes of one folded name without spaces; at least itself."""
    known, man = tables().spellings, masculine(name)
    return known.get(name, frozenset()) | known.get(man, frozenset()) or frozenset((man,))


def masculine(name: str) -> str:
    """Return a Slavic surname with the ending a man bears; other names as they are."""
    if name[-1:] not in _LAST:
        return name
    for ending, other in _ENDINGS.items():
        if len(name) > len(ending) + 2 and name.endswith(ending):
            return name[: -len(ending)] + other
    return name


def _classes(groups: list[str], prefix: str, into: dict[str, set[str]]) -> None:
    for group in groups:
        names = [fold(name.replace("_", " ")).replace(" ", "") for name in group.split()]
        for name in names:
            into.setdefault(name, set()).add(f"{prefix}:{names[0]}")


def _frozen(classes: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(found) for name, found in classes.items()}
