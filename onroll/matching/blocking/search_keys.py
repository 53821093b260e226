"""Search keys of names: what the database keeps of a child and what a search looks for.

They find children while someone types, and candidate pairs for the records of a file. The record
keeps the keys of its own names; a search asks for the keys of every spelling and short form, so
that Bill finds William and Mohammed finds Muhammad.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import product

from onroll.matching.names.folding import sound, written_parts
from onroll.matching.names.variants import tables


def written_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of the parts of names as they are written, in order."""
    return [f"n:{part}" for name in names for part in written_parts(name)]


def sound_keys(names: Iterable[str]) -> list[str]:
    """Return the keys of how the parts of names sound, in order."""
    return [f"s:{sound(part)}" for name in names for part in written_parts(name)]


def name_keys(name: str) -> set[str]:
    """Return the written and the sounded key of each part of a name, and of it run together."""
    parts = written_parts(name)
    keys = {*written_keys([name]), *sound_keys([name])}
    if len(parts) > 1:
        keys.add(f"n:{''.join(parts)}")
    return keys


def search_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return the sorted search keys of all of a child's names: legal, chosen and former.

    Those of a forename and a surname together are `pair_keys`.
    """
    keys: set[str] = set()
    for name in names:
        keys |= name_keys(name)
    return tuple(sorted(keys))


MOST_PARTS = 4


def telling_parts(name: str) -> list[str]:
    """Return the folded parts of a name; of one or two letters only where none is longer."""
    parts = written_parts(name)
    return ([part for part in parts if len(part) > 2] or parts)[:MOST_PARTS]


def pair_keys(forenames: Iterable[str], surnames: Iterable[str], born: date | None) -> set[str]:
    """Return the keys of a forename and a surname together: alone, with the year, with the day.

    Common names apart say little and lead to very many children; together with half of the
    birthday they lead to few. Whichever of the two was written first does not matter.
    """
    left, right = _sounds(forenames), _sounds(surnames)
    return {
        f"{pair}{when}"
        for pair in pairs_of_sounds(left, right)
        for when in ("", *birthday_halves(born))
    }


def pairs_of_sounds(left: Iterable[str], right: Iterable[str]) -> set[str]:
    """Return the key of each two sounds together, whichever comes first."""
    return {f"p:{'+'.join(sorted(two))}" for two in product(set(left), set(right))}


def birthday_halves(born: date | None) -> tuple[str, ...]:
    """Return what stands after a pair for the year of birth and for the day; `?` if not known."""
    return (f":{born.year}", f":{born:%m%d}") if born else (":?",)


def _sounds(names: Iterable[str]) -> list[str]:
    return [sound(part) for name in names for part in telling_parts(name)]


MOST_SOUNDS = 6


@lru_cache(20_000)
def sounds_of_spellings(name: str) -> tuple[str, ...]:
    """Return the sounds under which a name, in any of its spellings, may stand.

    Of a name in several parts any part may be the one that was kept; parts of one or two letters
    say nothing where there is a longer one.
    """
    parts = telling_parts(name)
    sounds = [sound(part) for part in parts]
    if len(parts) > 1:
        sounds.append(sound("".join(parts)))
    spelling_sounds = sorted(
        {sound(spelling) for part in parts for spelling in _other_spellings(part)}
    )
    return tuple(dict.fromkeys((*sounds, *spelling_sounds[: max(0, MOST_SOUNDS - len(sounds))])))


def sorted_written_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return the written keys of names, as they stand."""
    return tuple(sorted(set(written_keys(names))))


def _other_spellings(part: str) -> frozenset[str]:
    name_tables = tables()
    classes = name_tables.spellings.get(part, frozenset()) | name_tables.shorts.get(
        part, frozenset()
    )
    return frozenset().union(*(_members()[class_name] for class_name in classes)) - {part}


@cache
def _members() -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for table in (tables().spellings, tables().shorts):
        for name, classes in table.items():
            for class_name in classes:
                members.setdefault(class_name, set()).add(name)
    return {class_name: frozenset(names) for class_name, names in members.items()}
