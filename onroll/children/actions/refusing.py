"""What an officer has put right stays right, though the same file comes again next week."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from onroll.children.facts import ChildFacts
from onroll.children.models import Child, Correction, Identifier, IdentifierKind, Name, NameKind
from onroll.matching import compact

Told = tuple[Child, int | None, ChildFacts]

EMPTY: dict[str, Any] = {
    "middle_names": "",
    "chosen_forename": "",
    "chosen_surname": "",
    "born_on": None,
    "sex": "U",
}
"""What a record fills where it was empty, and how each is when it says nothing."""


@dataclass
class Wrong:
    """What was said of one child and is not theirs."""

    numbers: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)
    """Columns that were emptied or changed, with what had stood there."""


def without_what_was_put_right(told: Sequence[Told]) -> list[Told]:
    """Leave out of what records say of known children what was found not to be theirs.

    One query where nothing was ever corrected, which is nearly always.
    """
    wrong = _wrong_of([child for child, _, _ in told])
    return [
        (child, row, _without(said, wrong[child.pk]) if child.pk in wrong else said)
        for child, row, said in told
    ]


def _wrong_of(children: Sequence[Child]) -> dict[int, Wrong]:
    corrections = Correction.objects.filter(child__in=[child.pk for child in children])
    wrong: dict[int, Wrong] = {}
    for child, was in corrections.values_list("child_id", "was"):
        known = wrong.setdefault(child, Wrong())
        known.values |= {(column, str(was[column])) for column in EMPTY if was.get(column)}
    if not wrong:
        return {}
    names = Name.objects.filter(child__in=wrong, kind=NameKind.WRONG.value)
    for child, forename, surname in names.values_list("child_id", "forename", "surname"):
        wrong[child].names.add((compact(forename), compact(surname)))
    numbers = Identifier.objects.filter(child__in=wrong, kind=IdentifierKind.WRONG.value)
    for child, value in numbers.values_list("child_id", "value"):
        wrong[child].numbers.add(value)
    return wrong


def _without(said: ChildFacts, wrong: Wrong) -> ChildFacts:
    now: dict[str, Any] = {
        column: empty
        for column, empty in EMPTY.items()
        if (column, _plain(getattr(said, column))) in wrong.values
    }
    if _is_name(said.forename, said.surname, wrong):
        now |= {"forename": "", "surname": ""}
    if said.former_surname and _is_name("", said.former_surname, wrong):
        now["former_surname"] = ""
    numbers = tuple(pair for pair in said.identifiers if pair[1] not in wrong.numbers)
    return replace(said, identifiers=numbers, **now)


def _is_name(forename: str, surname: str, wrong: Wrong) -> bool:
    return (compact(forename), compact(surname)) in wrong.names


def _plain(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
