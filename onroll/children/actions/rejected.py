"""Facts that an officer has rejected: not added again when the next file states them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from onroll.children.actions.statements import Statement
from onroll.children.facts import ChildFacts
from onroll.children.models import Child, Correction, Identifier, IdentifierKind, Name, NameKind
from onroll.matching import compact

EMPTY: dict[str, Any] = {
    "middle_names": "",
    "chosen_forename": "",
    "chosen_surname": "",
    "born_on": None,
    "sex": "U",
}
"""The columns that a statement fills if they are empty, each with its empty value."""


@dataclass
class Rejected:
    """What was stated of one child and is not theirs."""

    numbers: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)
    """Columns that were emptied or changed, with the value before."""


def without_rejected(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements without the facts that an officer has rejected.

    One query if none of the children was ever corrected, which is nearly always so.
    """
    rejected = _rejected_of([child for child, _, _ in statements])
    return [
        Statement(
            child, row, _without(facts, rejected[child.pk]) if child.pk in rejected else facts
        )
        for child, row, facts in statements
    ]


def _rejected_of(children: Sequence[Child]) -> dict[int, Rejected]:
    corrections = Correction.objects.filter(child__in=[child.pk for child in children])
    rejected: dict[int, Rejected] = {}
    for child, was in corrections.values_list("child_id", "was"):
        of_child = rejected.setdefault(child, Rejected())
        of_child.values |= {(column, str(was[column])) for column in EMPTY if was.get(column)}
    if not rejected:
        return {}
    names = Name.objects.filter(child__in=rejected, kind=NameKind.WRONG.value)
    for child, forename, surname in names.values_list("child_id", "forename", "surname"):
        rejected[child].names.add((compact(forename), compact(surname)))
    numbers = Identifier.objects.filter(child__in=rejected, kind=IdentifierKind.WRONG.value)
    for child, value in numbers.values_list("child_id", "value"):
        rejected[child].numbers.add(value)
    return rejected


def _without(facts: ChildFacts, rejected: Rejected) -> ChildFacts:
    now: dict[str, Any] = {
        column: empty
        for column, empty in EMPTY.items()
        if (column, _plain(getattr(facts, column))) in rejected.values
    }
    if _is_name(facts.forename, facts.surname, rejected):
        now |= {"forename": "", "surname": ""}
    if facts.former_surname and _is_name("", facts.former_surname, rejected):
        now["former_surname"] = ""
    numbers = tuple(pair for pair in facts.identifiers if pair[1] not in rejected.numbers)
    return replace(facts, identifiers=numbers, **now)


def _is_name(forename: str, surname: str, rejected: Rejected) -> bool:
    return (compact(forename), compact(surname)) in rejected.names


def _plain(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
