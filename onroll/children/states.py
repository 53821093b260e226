"""One part of a child's record as it stands, in plain values: what a correction begins from."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from onroll.children.models import (
    Address,
    AddressKind,
    Child,
    Detail,
    DetailKind,
    Identifier,
    IdentifierKind,
    NameKind,
    Part,
    SourceKind,
)

State = dict[str, Any]
NAMES = ("forename", "middle_names", "surname", "chosen_forename", "chosen_surname")
NUMBERS = tuple(kind.value for kind in IdentifierKind if kind is not IdentifierKind.WRONG)
UPNS = (IdentifierKind.UPN.value, IdentifierKind.TEMPORARY_UPN.value)
HOMES = (AddressKind.HOME.value, AddressKind.NO_FIXED.value)


def state_of(child: Child, part: Part) -> State:
    """Return one part of a child's record by the names of its facts."""
    return _STATES[part](child)


def version_of(state: State) -> str:
    """Return what a state has in common with itself alone, to see whether it has changed since."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:20]


def details_of(child: Child) -> list[Detail]:
    """Return every telling of a child's background, the oldest first; one query."""
    return list(child.details.select_related("source").order_by("pk"))


def details_that_hold(tellings: Iterable[Detail]) -> dict[str, Detail]:
    """Return the telling of each kind that holds: an officer's last, else the last of all.

    A file that says otherwise later does not put aside what an officer found out.
    """
    found: dict[str, Detail] = {}
    for detail in tellings:
        held = found.get(detail.kind)
        if held is None or _is_officers(detail) or not _is_officers(held):
            found[detail.kind] = detail
    return found


def _is_officers(detail: Detail) -> bool:
    return detail.source.kind == SourceKind.OFFICER.value


def number_shown(child: Child, kinds: Sequence[str]) -> Identifier | None:
    """Return the number of these kinds that pages show as the child's: the first told."""
    found = {number.kind: number for number in child.identifiers.order_by("-pk")}
    return next((found[kind] for kind in kinds if kind in found), None)


def homes_of(child: Child) -> list[Address]:
    """Return where the child lives or lived, and that there was no fixed abode, the oldest first.

    Those that still hold have no last day.
    """
    return list(child.addresses.filter(kind__in=HOMES).order_by("pk"))


def _name(child: Child) -> State:
    others = child.names.exclude(kind=NameKind.WRONG.value).order_by("pk")
    kinds: dict[str, list[list[str]]] = {
        kind.value: [] for kind in (NameKind.FORMER, NameKind.ALIAS)
    }
    for name in others:
        kinds[name.kind].append([name.forename, name.surname])
    return {column: getattr(child, column) for column in NAMES} | kinds


def _birth(child: Child) -> State:
    return {
        "born_on": child.born_on.isoformat() if child.born_on else "",
        "is_born_estimated": child.is_born_estimated,
        "sex": child.sex,
    }


def _numbers(child: Child) -> State:
    held: dict[str, list[str]] = {kind: [] for kind in NUMBERS}
    for number in child.identifiers.exclude(kind=IdentifierKind.WRONG.value).order_by("pk"):
        held[number.kind].append(number.value)
    return held


def _home(child: Child) -> State:
    return {"homes": [_plain(home) for home in homes_of(child)]}


def _plain(home: Address) -> dict[str, Any]:
    days: Iterable[tuple[str, Any]] = (("from_on", home.from_on), ("to_on", home.to_on))
    return {
        "kind": home.kind,
        "lines": list(home.lines),
        "town": home.town,
        "postcode": home.postcode,
        "country": home.country,
        "is_protected": home.is_protected,
        **{name: day.isoformat() if day else "" for name, day in days},
    }


def _groups(child: Child) -> State:
    raised = child.flags.filter(to_on__isnull=True)
    return {"flags": sorted(raised.values_list("kind", flat=True))}


def _background(child: Child) -> State:
    held = details_that_hold(details_of(child))
    return {kind.value: held[kind].value if kind in held else "" for kind in DetailKind}


_STATES = {
    Part.NAME: _name,
    Part.BIRTH: _birth,
    Part.NUMBERS: _numbers,
    Part.HOME: _home,
    Part.GROUPS: _groups,
    Part.BACKGROUND: _background,
}
