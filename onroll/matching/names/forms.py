"""A name made ready for comparing: its parts, spelling classes, short forms and sound."""

from dataclasses import dataclass
from functools import lru_cache

from onroll.matching.names.folding import fold, sound
from onroll.matching.names.variants import classes, tables
from onroll.placeholders import name_without


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name made ready for comparing."""

    joined: str
    tokens: tuple[str, ...]
    whole: frozenset[str]
    """The spelling classes of the name run together."""
    classes: frozenset[str]
    """One spelling class for each part."""
    strong: frozenset[str]
    """The classes of its parts that are long and rare enough to mean something alone."""
    shorts: frozenset[str]
    sound: str
    is_weak: bool


def name_parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name; parts that together are one known name stay together.

    What stands where nobody knew the name is no part of it.
    """
    tokens = tuple(fold(name_without(name).replace("'", "").replace("’", "")).split())
    joined = "".join(tokens)
    return (joined,) if len(tokens) > 1 and joined in tables().spellings else tokens


@lru_cache(100_000)
def name_form(name: str) -> NameForm:
    """Return a name, of one part or several, ready for comparing."""
    return form_of_parts(name_parts(name))


@lru_cache(20_000)
def form_of_parts(tokens: tuple[str, ...]) -> NameForm:
    """Return a name of folded parts ready for comparing."""
    name_tables, joined = tables(), "".join(tokens)
    strong = [t for t in tokens if len(t) > 2 and t not in name_tables.weak]
    return NameForm(
        joined=joined,
        tokens=tokens,
        whole=classes(joined) if joined else frozenset(),
        classes=frozenset(first_class(token) for token in tokens),
        strong=frozenset().union(*(classes(t) for t in strong)),
        shorts=frozenset().union(*(name_tables.shorts.get(t, frozenset()) for t in tokens)),
        sound=sound(joined),
        is_weak=bool(tokens) and not strong,
    )


@lru_cache(20_000)
def first_class(token: str) -> str:
    """Return one class for a part: the first, so that names of as many parts can be held equal."""
    return min(classes(token))
