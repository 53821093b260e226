"""All names of a run, each once, with what comparing and blocking need of it."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from onroll.matching.frequencies.england import (
    forename_shares,
    is_listed_name,
    surname_share,
    traditions_of,
)
from onroll.matching.names.folding import skeleton, sound
from onroll.matching.names.forms import NameForm, first_class, form_of_parts, name_parts
from onroll.matching.names.variants import classes, masculine, tables
from onroll.matching.records.arrays import Ints


class Names:
    """All names of a run, each once, with what is needed to compare and to look for them."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, ...]] = [()]
        self.joined: list[str] = [""]
        self.families: list[str] = [""]
        self._places: dict[str, int] = {"": 0}
        self._numbers: dict[str, dict[str, int]] = {name: {"": 0} for name in _NUMBERED}
        self._columns: dict[str, list[int]] = {name: [0] for name in (*_NUMBERED, *_FLAGS)}
        self._arrays: dict[str, Ints] = {}
        self._forms: dict[int, NameForm] = {}

    def __len__(self) -> int:
        return len(self.parts)

    def place(self, name: str) -> int:
        """Return the place of a name, putting it in if it is new."""
        name = name.strip()
        place = self._places.get(name)
        return self._add(name) if place is None else place

    def places(self, names: Iterable[str]) -> Ints:
        """Return the places of several names."""
        return np.fromiter((self.place(name) for name in names), np.int64)

    def array(self, aspect: str) -> Ints:
        """Return for each place one thing about the name, as a number.

        `sound` of its first and `last` of its last part, `family` of spellings, its `skeleton`,
        the letters as `written`, the `initial`, the `sound_length`; and the flags: `several`
        parts, `short` forms known, a `table` of spellings that has it, `many` classes of
        spelling, too `weak` to tell, a known `forename` or `surname`, `honorific` parts alone;
        and how common it is, in thousand millionths (`SHARES`), -1 for a forename that no table
        has, and to which traditions it belongs, as bits.
        """
        column = self._arrays.get(aspect)
        if column is None or len(column) < len(self):
            column = self._arrays[aspect] = np.array(self._columns[aspect])
        return column

    def form(self, place: int) -> NameForm:
        """Return a name ready for comparing."""
        form = self._forms.get(place)
        if form is None:
            form = self._forms[place] = form_of_parts(self.parts[place])
        return form

    def _add(self, name: str) -> int:
        facts = _name_facts(name)
        if facts is None:
            self._places[name] = 0
            return 0
        place = self._places[name] = len(self.parts)
        tokens, texts, flags = facts
        self.parts.append(tokens)
        *_, family, _, joined = texts
        self.joined.append(joined)
        self.families.append(family)
        for aspect, key in zip(_NUMBERED, texts, strict=True):
            table = self._numbers[aspect]
            self._columns[aspect].append(table.setdefault(key, len(table)))
        for aspect, flag in zip(_FLAGS, flags, strict=True):
            self._columns[aspect].append(flag)
        return place


_NUMBERED = ("sound", "last", "family", "skeleton", "written")
SHARES = ("girls_before", "girls_since", "boys_before", "boys_since")
_FLAGS = (
    "initial", "sound_length", "several", "short", "table", "many", "weak", "forename", "surname",
    "honorific",
    *SHARES, "surname_share", "forename_traditions", "surname_traditions",
)  # fmt: skip
PER = 1_000_000_000
NameFacts = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""The parts of a name, its texts in the order of `_NUMBERED`, its figures in that of `_FLAGS`."""


@lru_cache(20_000)
def _name_facts(name: str) -> NameFacts | None:
    """Return what is needed of a name, None for what is no name."""
    tokens = name_parts(name)
    if not tokens:
        return None
    name_tables, joined = tables(), "".join(tokens)
    first = sound(next((token for token in tokens if len(token) > 1), tokens[0]))
    last = first if len(tokens) == 1 else sound(tokens[-1])
    shares = forename_shares(tokens)
    family = " ".join(sorted({first_class(token) for token in tokens}))
    is_listed = joined in name_tables.spellings or masculine(joined) in name_tables.spellings
    return (
        tokens,
        (first, last, family, skeleton(joined), joined),
        (
            ord(joined[0]),
            len(first),
            len(tokens) > 1,
            any(token in name_tables.shorts for token in tokens),
            is_listed,
            is_listed and len(classes(joined)) > 1,
            all(len(t) <= 2 or t in name_tables.weak for t in tokens),
            len(tokens) == 1 and is_listed_name(joined),
            len(tokens) == 1 and is_listed_name(joined, is_surname=True),
            all(token in name_tables.honorific for token in tokens),
            *((round(share * PER) for share in shares) if shares else [-1] * len(SHARES)),
            round(surname_share(tokens) * PER),
            traditions_of(tokens, is_surname=False),
            traditions_of(tokens, is_surname=True),
        ),
    )
