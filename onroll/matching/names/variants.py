"""Spellings of one name, and short forms: tables made from general knowledge.

Each file in `tables/` says where its classes come from. A class says that two spellings may stand
for one name, never that they must: the scorer asks for more than a name.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from onroll.matching.names.folding import fold

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
    honorific: frozenset[str]
    """Parts before or after a name that very many bear."""
    beginnings: frozenset[str]
    endings: frozenset[str]
    """The halves of names such as Gur-deep and Har-deep, each a name of its own."""


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    folder = files("onroll.matching.names.tables")
    sources = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        source.name.removesuffix(".toml"): tomllib.loads(source.read_text("utf-8"))
        for source in sources
        if source.name.endswith(".toml")
    }


@cache
def tables() -> Tables:
    """Return all tables as one; a name may stand in several classes."""
    spellings: dict[str, set[str]] = {}
    shorts: dict[str, set[str]] = {}
    for table in _read().values():
        _classes(table["spellings"], "s", spellings)
        _classes(table["short"], "n", shorts)

    def listed(section: str) -> list[str]:
        return [fold(name) for table in _read().values() for name in table.get(section, ())]

    return Tables(
        _frozen(spellings),
        _frozen(shorts),
        _in_all_spellings(listed("weak"), spellings),
        _in_all_spellings(listed("honorific"), spellings),
        frozenset(listed("beginnings")),
        frozenset(listed("endings")),
    )


def _in_all_spellings(names: list[str], spellings: dict[str, set[str]]) -> frozenset[str]:
    classes = {class_name for name in names for class_name in spellings.get(name, ())}
    return frozenset(names) | {
        name for name, name_classes in spellings.items() if name_classes & classes
    }


@cache
def traditions() -> dict[str, frozenset[str]]:
    """Return the names of each naming tradition, folded and without spaces, by its table."""
    return {
        name: frozenset(
            fold(spelling.replace("_", " ")).replace(" ", "")
            for group in table["spellings"]
            for spelling in group.split()
        )
        for name, table in _read().items()
    }


@lru_cache(20_000)
def classes(name: str) -> frozenset[str]:
    """Return the spelling classes of one folded name without spaces; at least itself."""
    spellings, man = tables().spellings, masculine(name)
    return spellings.get(name, frozenset()) | spellings.get(man, frozenset()) or frozenset((man,))


def masculine(name: str) -> str:
    """Return a Slavic surname with the ending a man bears; other names as they are."""
    if name[-1:] not in _LAST:
        return name
    for ending, man_ending in _ENDINGS.items():
        if len(name) > len(ending) + 2 and name.endswith(ending):
            return name[: -len(ending)] + man_ending
    return name


def _classes(groups: list[str], prefix: str, into: dict[str, set[str]]) -> None:
    for group in groups:
        names = [fold(name.replace("_", " ")).replace(" ", "") for name in group.split()]
        for name in names:
            into.setdefault(name, set()).add(f"{prefix}:{names[0]}")


def _frozen(classes: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(class_names) for name, class_names in classes.items()}
