"""Which search keys to look for: every way a name may have been written down.

The record keeps the keys of the names it was given; whoever looks asks for those of all spellings
and short forms of a name, so that Bill finds William and Mohammed finds Muhammad.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from onroll.matching.keys import sound, telling, written_keys
from onroll.matching.variants import tables

MOST_SOUNDS = 6


@lru_cache(20_000)
def sounds_sought(name: str) -> tuple[str, ...]:
    """Return the sounds under which a name, in any of its spellings, may stand.

    Of a name in several parts any part may be the one that was kept; parts of one or two letters
    say nothing where there is a longer one.
    """
    parts = telling(name)
    own = [sound(part) for part in parts]
    if len(parts) > 1:
        own.append(sound("".join(parts)))
    others = sorted({sound(other) for part in parts for other in _others(part)})
    return tuple(dict.fromkeys((*own, *others[: max(0, MOST_SOUNDS - len(own))])))


def written_sought(names: Iterable[str]) -> tuple[str, ...]:
    """Return the written keys of names, as they stand."""
    return tuple(sorted(set(written_keys(names))))


def _others(part: str) -> frozenset[str]:
    known = tables()
    classes = known.spellings.get(part, frozenset()) | known.shorts.get(part, frozenset())
    return frozenset().union(*(_members()[each] for each in classes)) - {part}


@cache
def _members() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table in (tables().spellings, tables().shorts):
        for name, classes in table.items():
            for each in classes:
                found.setdefault(each, set()).add(name)
    return {each: frozenset(names) for each, names in found.items()}
