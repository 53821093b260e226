"""A child as a list has it, and rows of one list that are one child."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onroll.matching.answers import Kind
from onroll.matching.comparison.identifiers import is_permanent_upn
from onroll.matching.comparison.name_levels import NameLevel, compare_names
from onroll.matching.lists.school_names import SchoolName, are_same_school
from onroll.matching.names.folding import fold
from onroll.matching.names.forms import name_form
from onroll.placeholders import name_without


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A child as a list has it. `key` is the row's own; ids may repeat or be missing."""

    key: str
    id: str = ""
    forename: str = ""
    surname: str = ""
    born: str = ""
    sex: str = ""
    upn: str = ""
    school: str = ""
    year_then: str = ""
    """Year group on the day of the first list."""
    year_now: str = ""
    """Year group on the day of the second list."""
    is_of_age: bool | None = None
    """Of compulsory school age on the day of the second list; None when nobody can say."""
    school_number: str = ""
    """The authority's and the school's number, or the URN; two of one kind tell schools apart."""
    is_second: bool = False
    """A subsidiary registration: the child is on the roll of another school as well (CS007 S)."""

    @property
    def number(self) -> str:
        """The permanent pupil number, where it is one: what is no number groups nobody."""
        upn = "".join(self.upn.split()).upper()
        return upn if is_permanent_upn(upn) else ""

    @property
    def person(self) -> tuple[str, ...]:
        """Names, birthday and sex, where all are known; else nothing."""
        names = (fold(name_without(self.forename)), fold(name_without(self.surname)))
        identity = (*names, self.born, self.sex)
        return identity if all(identity) else ()


@dataclass(frozen=True, slots=True)
class ListLink:
    """The linker's answer for a record of the first list: one for each candidate shown."""

    old: str
    answer: Kind
    new: str = ""
    probability: float = 0.0
    reasons: str = ""


def may_be_one_child(first: ListEntry, second: ListEntry) -> bool:
    """Say whether nothing speaks against two rows being of one child, by names, birthday, sex."""
    if first.sex and second.sex and first.sex != second.sex:
        return False
    if first.born and second.born and first.born != second.born:
        return False
    return all(
        compare_names(name_form(first_name), name_form(second_name)) in _MAY_BE_ONE
        for first_name, second_name in (
            (first.forename, second.forename),
            (first.surname, second.surname),
        )
    )


_MAY_BE_ONE = frozenset(
    {NameLevel.MISSING, *(level for level in NameLevel if level >= NameLevel.SHORT)}
)


def rows_of_one_child(entries: Iterable[ListEntry]) -> list[tuple[ListEntry, ...]]:
    """Return rows of one list that may be one child on two rolls: one number, or all else equal.

    What is no permanent pupil number groups nobody; nor do names where two numbers differ.
    """
    by_number: dict[str, list[ListEntry]] = defaultdict(list)
    by_person: dict[tuple[str, ...], list[ListEntry]] = defaultdict(list)
    for entry in entries:
        if entry.number:
            by_number[entry.number].append(entry)
        if entry.person:
            by_person[entry.person].append(entry)
    groups = {tuple(some) for some in by_number.values() if _are_at_two(some)}
    taken = {entry.key for group in groups for entry in group}
    groups |= {
        tuple(some)
        for some in by_person.values()
        if _are_at_two(some)
        and len({entry.number for entry in some} - {""}) < 2
        and not any(entry.key in taken for entry in some)
    }
    return sorted(groups, key=lambda group: [entry.key for entry in group])


def _are_at_two(some: Sequence[ListEntry]) -> bool:
    places = [SchoolName(x.school, x.school_number) for x in some if x.school or x.school_number]
    return any(not are_same_school(places[0], place) for place in places[1:])
