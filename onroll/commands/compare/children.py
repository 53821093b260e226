"""Which rows of a list are of one child, so that each child is looked for once.

Names and a birthday that two rows share do not make one child of them at two schools: two children
may share them. They do at one school, however its name is written, and where the home is one, or
all that the rows say, and where one registration is main and the other subsidiary.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from onroll.formats.roll import spell_of
from onroll.formats.sheets import SheetRow
from onroll.formats.standing import Stand, Standing, standing
from onroll.matching import ListEntry, SchoolName, are_same_school, may_be_one_child
from onroll.placeholders import is_no_postcode, name_without
from onroll.tables import day_of

_ORDER = {Stand.ON_ROLL: 0, Stand.UNCLEAR: 2}
MOST = 50
"""Where more than these have one name and birthday, it is nobody's: the rest stay apart."""
_TELL_APART = ("postcode", "uln", "former_upn", "middle_names", "application_reference")
"""What speaks against two rows being of one child of one school, where both have it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list, the child as the comparison knows it, and how the row says it stands."""

    row: SheetRow
    entry: ListEntry
    standing: Standing

    @property
    def rank(self) -> int:
        """Return which row stands for a child best: on the roll, a main registration, then any."""
        return _ORDER.get(self.standing.stand, 3) + self.entry.is_second

    @property
    def place(self) -> SchoolName:
        """Return the school as the row names it."""
        return SchoolName(self.entry.school, self.entry.school_number)

    @property
    def content(self) -> Hashable:
        """Return all that the row says."""
        return (*sorted(self.row.values.items()), *sorted(self.row.unmapped.items()))

    @property
    def person(self) -> tuple[str, ...]:
        """Return the names and the birthday, where all are known; else nothing.

        Figures in a name count: `Child 1` and `Child 2` are two.
        """
        names = (self.entry.forename, self.entry.surname)
        parts = (*(_letters(name_without(name)) for name in names), self.entry.born)
        return parts if all(parts) and day_of(self.entry.born) else ()


def standing_of(row: SheetRow, on: date) -> Standing:
    """Return how the child of a row stands with its school on a day."""
    return standing(spell_of(row.values), row.values.get("enrol_status", ""), on=on)


def stand_ins(lines: Sequence[Line]) -> dict[str, Line]:
    """Return for each row, by its key, the row that stands for its child: most often itself."""
    families = _Families(lines)
    ordered = sorted(lines, key=lambda line: line.rank)
    for bucket in _buckets(ordered):
        firsts: list[Line] = []
        for line in bucket:
            first = next((head for head in firsts[:MOST] if _is_one_child(head, line)), None)
            if first is None or not families.join(first, line):
                firsts.append(line)
    return {line.entry.key: families.head(line) for line in lines}


class _Families:
    """Rows of one child each, with one that heads them; no family has two permanent numbers."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._above = {line.entry.key: line for line in lines}
        self._numbers = {line.entry.key: line.entry.number for line in lines}

    def head(self, line: Line) -> Line:
        """Return the row that stands for the child of a row."""
        while (above := self._above[line.entry.key]) is not line:
            line = above
        return line

    def join(self, line_a: Line, line_b: Line) -> bool:
        """Make one family of two; say whether they are one now."""
        heads = (self.head(line_a), self.head(line_b))
        first, second = sorted(heads, key=lambda line: line.rank)
        numbers = {self._numbers[line.entry.key] for line in heads} - {""}
        if len(numbers) > 1:
            return False
        self._above[second.entry.key] = first
        self._numbers[first.entry.key] = next(iter(numbers), "")
        return True


def _buckets(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield rows that may be of one child: those of one number, then those of one name and day."""
    numbers: dict[Hashable, list[Line]] = defaultdict(list)
    people: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        if line.entry.number:
            numbers[line.entry.number].append(line)
        if line.person:
            people[line.person].append(line)
    for groups in (numbers, people):
        yield from (some for some in groups.values() if len(some) > 1)


def _is_one_child(a: Line, b: Line) -> bool:
    upn_a, upn_b = a.entry.number, b.entry.number
    if (upn_a and upn_b and upn_a != upn_b) or not may_be_one_child(a.entry, b.entry):
        return False
    if a.content == b.content:
        return True
    if not a.person or a.person != b.person:
        return False
    if upn_a and upn_a == upn_b:
        return True
    if a.entry.is_second != b.entry.is_second:
        return _is_one_home(a, b, is_needed=False)
    if _are_apart(a, b):
        return False
    if are_same_school(a.place, b.place):
        return True
    return _is_one_home(a, b, is_needed=True)


def _are_apart(a: Line, b: Line) -> bool:
    """Say whether something both rows have tells their children apart."""
    if a.entry.id and b.entry.id and a.entry.id != b.entry.id:
        return True
    pairs = ((_of(a, field), _of(b, field)) for field in _TELL_APART)
    return any(value_a and value_b and value_a != value_b for value_a, value_b in pairs)


def _is_one_home(a: Line, b: Line, *, is_needed: bool) -> bool:
    """Say whether two rows have one postcode; where one has none, whether none `is_needed`."""
    postcode_a, postcode_b = (_of(line, "postcode") for line in (a, b))
    if not postcode_a or not postcode_b:
        return not is_needed
    return postcode_a == postcode_b and not (is_needed and is_no_postcode(postcode_a))


def _of(line: Line, field: str) -> str:
    return _letters(line.row.values.get(field, ""))


@lru_cache(100_000)
def _letters(text: str) -> str:
    """Return the letters and figures of a text, without capitals and accents."""
    return "".join(filter(str.isalnum, normalize("NFKD", text.casefold())))
