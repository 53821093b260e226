"""One part of a child's record in plain values, as corrections and their forms use it."""

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
from onroll.children.protection import plain

State = dict[str, Any]
NAMES = ("forename", "middle_names", "surname", "chosen_forename", "chosen_surname")
NUMBERS = tuple(kind.value for kind in IdentifierKind if kind is not IdentifierKind.WRONG)
UPNS = (IdentifierKind.UPN.value, IdentifierKind.TEMPORARY_UPN.value)
HOMES = (AddressKind.HOME.value, AddressKind.NO_FIXED.value)


def state_of(child: Child, part: Part) -> State:
    """Return one part of a child's record, by column or kind of fact."""
    return _STATES[part](child)


def version_of(state: State) -> str:
    """Return a hash of a state, to notice that it changed between page and form."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:20]


def details_of(child: Child) -> list[Detail]:
    """Return every detail of a child's background, the oldest first; one query."""
    return list(child.details.select_related("source").order_by("pk"))


def current_details(details: Iterable[Detail]) -> dict[str, Detail]:
    """Return the detail of each kind that holds: an officer's last one, else the last one.

    A later file does not replace what an officer entered. `details` come oldest first.
    """
    current: dict[str, Detail] = {}
    for detail in details:
        latest = current.get(detail.kind)
        if latest is None or _is_officers(detail) or not _is_officers(latest):
            current[detail.kind] = detail
    return current


def _is_officers(detail: Detail) -> bool:
    return detail.source.kind == SourceKind.OFFICER.value


def current_number(child: Child, kinds: Sequence[str]) -> Identifier | None:
    """Return the child's number of these kinds, by order of kinds, then the first on record."""
    numbers = {number.kind: number for number in child.identifiers.order_by("-pk")}
    return next((numbers[kind] for kind in kinds if kind in numbers), None)


def homes_of(child: Child) -> list[Address]:
    """Return the addresses where the child lives or lived, or had no fixed abode, oldest first."""
    return list(child.addresses.filter(kind__in=HOMES).order_by("pk"))


def homes_on_record(children: Iterable[int]) -> dict[int, Address]:
    """Return by id of a child the home where it lives now, as far as one is on record; one query.

    Of a child with a protected identity or address, and of a record that was merged, nothing.
    """
    ids = set(children)
    if not ids:
        return {}
    hidden = Address.objects.filter(child__in=ids, is_protected=True).values("child")
    homes = Address.objects.filter(
        plain("child"), child__in=ids, child__merged_into__isnull=True, kind__in=HOMES
    )
    current = homes.filter(to_on__isnull=True).exclude(child__in=hidden)
    return {home.child_id: home for home in current.order_by("pk")}


def _name(child: Child) -> State:
    names = child.names.exclude(kind=NameKind.WRONG.value).order_by("pk")
    kinds: dict[str, list[list[str]]] = {
        kind.value: [] for kind in (NameKind.FORMER, NameKind.ALIAS)
    }
    for name in names:
        kinds[name.kind].append([name.forename, name.surname])
    return {column: getattr(child, column) for column in NAMES} | kinds


def _birth(child: Child) -> State:
    return {
        "born_on": child.born_on.isoformat() if child.born_on else "",
        "is_born_estimated": child.is_born_estimated,
        "sex": child.sex,
    }


def _numbers(child: Child) -> State:
    numbers: dict[str, list[str]] = {kind: [] for kind in NUMBERS}
    for number in child.identifiers.exclude(kind=IdentifierKind.WRONG.value).order_by("pk"):
        numbers[number.kind].append(number.value)
    return numbers


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
    current = current_details(details_of(child))
    return {kind.value: current[kind].value if kind in current else "" for kind in DetailKind}


_STATES = {
    Part.NAME: _name,
    Part.BIRTH: _birth,
    Part.NUMBERS: _numbers,
    Part.HOME: _home,
    Part.GROUPS: _groups,
    Part.BACKGROUND: _background,
}
