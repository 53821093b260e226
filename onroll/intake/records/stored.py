"""A record as JSON values, as `Row.said` stores it, and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onroll.formats import Contact, Phone, PostalAddress, PupilRecord, SchoolSpell

LONGEST_TEXT, LONGEST_NOTE = 120, 2_000
"""The most letters a page shows of a text, or of an element that Onroll has no place for."""
_FORMER_PATH = "enrolment status"
"""The path in `unmapped` under which rolls had the status before `enrol_status` was a field."""
_DATES = {"born", "starts_on", "ends_on", "entry_on", "leaving_on"}

Unmapped = Iterable[tuple[str, str]]
"""Elements that Onroll has no place for: path and text."""


def to_json(record: PupilRecord) -> dict[str, Any]:
    """Return all that the record says as JSON values, without empty fields and problems."""
    values: dict[str, Any] = _plain(record)
    values.pop("problems", None)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")  # PostgreSQL has no such letter
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__slots__"):  # a record or a part of one
        fields = ((name, getattr(value, name)) for name in value.__slots__)
        return {name: _plain(part) for name, part in fields if part not in ("", None, ())}
    return value


def from_json(values: dict[str, Any]) -> PupilRecord:
    """Return the record that `to_json` made these values of; its problems are rows of their own."""
    nested: dict[str, Any] = {
        "addresses": tuple(_address(a) for a in values.get("addresses", ())),
        "phones": tuple(Phone(**p) for p in values.get("phones", ())),
        "contacts": tuple(_contact(c) for c in values.get("contacts", ())),
        "schools": tuple(SchoolSpell(**_dated(s)) for s in values.get("schools", ())),
        "unmapped": tuple((path, text) for path, text in values.get("unmapped", ())),
        "enrol_status": _status(values.get("enrol_status"), values.get("unmapped")),
    }
    return PupilRecord(**{**_dated(values), **nested})


def shortened(values: dict[str, Any]) -> PupilRecord:
    """Return the record as `from_json`, with no text longer than a page can show."""
    notes = values.get("unmapped", ())
    fields = {name: value for name, value in values.items() if name != "unmapped"}
    return from_json({**_cut(fields, LONGEST_TEXT), "unmapped": _cut(notes, LONGEST_NOTE)})


def _cut(value: Any, most: int) -> Any:
    if isinstance(value, str) and len(value) > most:
        return f"{value[:most]}… ({len(value):,} letters)"
    if isinstance(value, dict):
        return {name: _cut(part, most) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(part, most) for part in value]
    return value


def spell_from_json(
    spell: dict[str, Any] | None, status: str | None, unmapped: Unmapped | None
) -> tuple[SchoolSpell, str]:
    """Return a spell at a school and the enrolment status, from the values `to_json` gave them."""
    return SchoolSpell(**_dated(spell or {})), _status(status, unmapped)


def _status(status: str | None, unmapped: Unmapped | None) -> str:
    return status or next((text for path, text in unmapped or () if path == _FORMER_PATH), "")


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k in _DATES else v for k, v in values.items()}


def _address(values: dict[str, Any]) -> PostalAddress:
    values = _dated(values)
    return PostalAddress(**{**values, "lines": tuple(values.get("lines", ()))})


def _contact(values: dict[str, Any]) -> Contact:
    address = _address(values["address"]) if "address" in values else None
    phones = tuple(Phone(**phone) for phone in values.get("phones", ()))
    return Contact(**{**values, "address": address, "phones": phones})
