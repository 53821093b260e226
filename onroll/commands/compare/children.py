"""Group the rows of a list that are about one child, so that each child is looked for once.

At two schools, the same names and date of birth do not make two rows one child: two children may
share them. They do at one school, whatever the spelling of its name; if the home is the same; if
the rows say nothing else; or if one registration is main and the other subsidiary.
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
"""If more rows than this share one name and date of birth, the rest stay apart."""
_TELL_APART = ("postcode", "uln", "former_upn", "middle_names", "application_reference")
"""Fields that make two rows of one school different children, if both have them and they differ."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list, as an entry of the comparison, with its standing at the school."""

    row: SheetRow
    entry: ListEntry
    standing: Standing

    @property
    def rank(self) -> int:
        """Return how well the row represents its child, 0 best: on roll and not subsidiary."""
        return _ORDER.get(self.standing.stand, 3) + self.entry.is_second

    @property
    def place(self) -> SchoolName:
        """Return the school as the row names it."""
        return SchoolName(self.entry.school, self.entry.school_number)

    @property
    def content(self) -> Hashable:
        """Return everything the row states, to recognise identical rows."""
        return (*sorted(self.row.values.items()), *sorted(self.row.unmapped.items()))

    @property
    def person(self) -> tuple[str, ...]:
        """Return names and date of birth if all are there, else an empty tuple.

        Digits in a name count: `Child 1` and `Child 2` are two children.
        """
        names = (self.entry.forename, self.entry.surname)
        parts = (*(_letters(name_without(name)) for name in names), self.entry.born)
        return parts if all(parts) and day_of(self.entry.born) else ()


def standing_of(row: SheetRow, on: date) -> Standing:
    """Return the standing of a row's child at its school on a day."""
    return standing(spell_of(row.values), row.values.get("enrol_status", ""), on=on)


def stand_ins(lines: Sequence[Line]) -> dict[str, Line]:
    """Return, by each row's key, the row that represents its child: mostly itself."""
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
    """Groups of rows of one child, each with a head; no group has two permanent UPNs."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._above = {line.entry.key: line for line in lines}
        self._numbers = {line.entry.key: line.entry.number for line in lines}

    def head(self, line: Line) -> Line:
        """Return the row that represents the child of a row."""
        while (above := self._above[line.entry.key]) is not line:
            line = above
        return line

    def join(self, line_a: Line, line_b: Line) -> bool:
        """Join the groups of two rows unless their UPNs differ; return whether they are one now."""
        heads = (self.head(line_a), self.head(line_b))
        first, second = sorted(heads, key=lambda line: line.rank)
        numbers = {self._numbers[line.entry.key] for line in heads} - {""}
        if len(numbers) > 1:
            return False
        self._above[second.entry.key] = first
        self._numbers[first.entry.key] = next(iter(numbers), "")
        return True


def _buckets(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield groups of rows that may be one child: by UPN, then by name and date of birth."""
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
    """Return whether an id or another field shows that two rows are different children."""
    if a.entry.id and b.entry.id and a.entry.id != b.entry.id:
        return True
    pairs = ((_of(a, field), _of(b, field)) for field in _TELL_APART)
    return any(value_a and value_b and value_a != value_b for value_a, value_b in pairs)


def _is_one_home(a: Line, b: Line, *, is_needed: bool) -> bool:
    """Return whether two rows have one postcode; without `is_needed`, a missing one will do."""
    postcode_a, postcode_b = (_of(line, "postcode") for line in (a, b))
    if not postcode_a or not postcode_b:
        return not is_needed
    return postcode_a == postcode_b and not (is_needed and is_no_postcode(postcode_a))


def _of(line: Line, field: str) -> str:
    return _letters(line.row.values.get(field, ""))


@lru_cache(100_000)
def _letters(text: str) -> str:
    """Return the letters and digits of a text, without case and accents."""
    return "".join(filter(str.isalnum, normalize("NFKD", text.casefold())))
