"""One record of a file, in the three shapes intake needs: as kept, as facts, as a person to match.

Pure: no rows are read or written here.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import DetailKind, IdentifierKind
from onroll.children.queries import descriptions, split_upns
from onroll.formats import Contact, Phone, PostalAddress, PupilRecord, SchoolSpell
from onroll.matching import Person, compact
from onroll.placeholders import is_no_home, is_no_number, is_no_postcode
from onroll.rules.identifiers import check_uln, check_upn, normalise_upn

_YES_OR_NO = {True: "yes", False: "no", None: ""}
SEN_FLAGS = {"K": "sen_support", "E": "ehcp"}
_STATUS_BEFORE = "enrolment status"
"""Where rolls that were read before `enrol_status` was a field have it: under what has no place."""
_DATES = {"born", "starts_on", "ends_on", "entry_on", "leaving_on"}


Unmapped = Iterable[tuple[str, str]]


def as_kept(record: PupilRecord) -> dict[str, Any]:
    """Return the record as JSON values: all it said, without what was empty, and no problems."""
    said: dict[str, Any] = _plain(record)
    said.pop("problems", None)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")  # PostgreSQL has no such letter
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__slots__"):  # a record or a part of one
        said = ((name, getattr(value, name)) for name in value.__slots__)
        return {name: _plain(part) for name, part in said if part not in ("", None, ())}
    return value


def from_kept(said: dict[str, Any]) -> PupilRecord:
    """Return the record that `as_kept` made these values of (its problems are kept apart)."""
    values = _dated(said)
    nested: dict[str, Any] = {
        "addresses": tuple(_address(a) for a in said.get("addresses", ())),
        "phones": tuple(Phone(**p) for p in said.get("phones", ())),
        "contacts": tuple(_contact(c) for c in said.get("contacts", ())),
        "schools": tuple(SchoolSpell(**_dated(s)) for s in said.get("schools", ())),
        "unmapped": tuple((path, text) for path, text in said.get("unmapped", ())),
    }
    values["enrol_status"] = _status(said.get("enrol_status"), said.get("unmapped"))
    return PupilRecord(**{**values, **nested})


LONGEST_SHOWN = 120
LONGEST_NOTE = 2_000
"""Of a text that is longer, a page shows so many letters and says how many there are."""


def to_show(said: dict[str, Any]) -> PupilRecord:
    """Return the record as `from_kept`, with no text longer than a page can show."""
    notes = said.get("unmapped", ())
    rest = {name: value for name, value in said.items() if name != "unmapped"}
    return from_kept({**_cut(rest, LONGEST_SHOWN), "unmapped": _cut(notes, LONGEST_NOTE)})


def _cut(value: Any, most: int) -> Any:
    if isinstance(value, str) and len(value) > most:
        return f"{value[:most]}… ({len(value):,} letters)"
    if isinstance(value, dict):
        return {name: _cut(part, most) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(part, most) for part in value]
    return value


def stay_from_kept(
    spell: dict[str, Any] | None, status: str | None, unmapped: Unmapped | None
) -> tuple[SchoolSpell, str]:
    """Return the stay and the enrolment status of a record by what `as_kept` made of them."""
    return SchoolSpell(**_dated(spell or {})), _status(status, unmapped)


def _status(status: str | None, unmapped: Unmapped | None) -> str:
    return status or next((text for path, text in unmapped or () if path == _STATUS_BEFORE), "")


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k in _DATES else v for k, v in values.items()}


def _address(said: dict[str, Any]) -> PostalAddress:
    values = _dated(said)
    return PostalAddress(**{**values, "lines": tuple(values.get("lines", ()))})


def _contact(said: dict[str, Any]) -> Contact:
    address = _address(said["address"]) if "address" in said else None
    phones = tuple(Phone(**phone) for phone in said.get("phones", ()))
    return Contact(**{**said, "address": address, "phones": phones})


def fingerprint(record: PupilRecord) -> str:
    """Return a hash of the identity in a record, however its letters are cased or spaced.

    Without a pupil number the postcodes belong to it: two children may share a name and a birthday,
    and what a person settled about one of them must not hold for the other.
    """
    upns = sorted(normalise_upn(upn) for upn in (record.upn, record.former_upn) if upn)
    homes = sorted({"".join(a.postcode.upper().split()) for a in record.addresses})
    names = [compact(record.forename), compact(record.surname)]
    born = record.born.isoformat() if record.born else record.born_text
    said: list[Any] = [upns or homes, names, born, record.sex]
    if not upns and not (all(names) and born):
        said.append(as_kept(record))  # too little to be anybody's but this record's
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def person(record: PupilRecord) -> Person:
    """Return what the matcher needs to know of the child in a record."""
    upns, weak_upns = split_upns(normalise_upn(u) for u in (record.upn, record.former_upn) if u)
    uln = check_uln(record.uln)
    return Person(
        upns=upns,
        weak_upns=weak_upns,
        ulns=frozenset({uln.value} if uln.is_valid else ()),
        forenames=frozenset({record.forename, record.chosen_forename} - {""}),
        surnames=frozenset({record.surname, record.chosen_surname, record.former_surname} - {""}),
        born=record.born,
        sex=record.sex,
        postcodes=frozenset(a.postcode for a in record.addresses if _is_home(a)),
        described=_described(record),
    )


def _described(record: PupilRecord) -> tuple[dict[str, str], ...]:
    """Return all that the record says of the child and the home, for the scorer."""
    child = {
        "upn": normalise_upn(record.upn),
        "former_upn": normalise_upn(record.former_upn),
        "uln": record.uln,
        "forename": record.forename,
        "middle_names": record.middle_names,
        "surname": record.surname,
        "former_surname": record.former_surname,
        "chosen_forename": record.chosen_forename,
        "chosen_surname": record.chosen_surname,
        "dob": record.born.isoformat() if record.born else "",
        "sex": record.sex,
    }
    homes = [(" ".join(address.lines), address.postcode) for address in record.addresses]
    adults = [
        (adult.forename, adult.surname, [phone.number for phone in adult.phones], adult.email)
        for adult in record.contacts
    ]
    adults += [("", "", [phone.number for phone in record.phones], record.email)]
    return descriptions([child], homes, adults)


def facts(record: PupilRecord) -> ChildFacts:
    """Return what the record says of the child, ready to be kept with its source."""
    return ChildFacts(
        forename=record.forename[:80],
        middle_names=record.middle_names[:80],
        surname=record.surname[:80],
        chosen_forename=record.chosen_forename[:80],
        chosen_surname=record.chosen_surname[:80],
        former_surname=record.former_surname[:80],
        born_on=record.born,
        sex=record.sex if record.sex in {"F", "M"} else "U",
        identifiers=tuple(_identifiers(record)),
        addresses=tuple(_address_facts(record)),
        adults=tuple(map(_adult, record.contacts)),
        flags=tuple(_flags(record)),
        details=tuple(_details(record)),
    )


def _identifiers(record: PupilRecord) -> Iterable[tuple[str, str]]:
    for text, kind in (
        (record.upn, IdentifierKind.UPN),
        (record.former_upn, IdentifierKind.FORMER_UPN),
    ):
        check = check_upn(text)
        if check.value and not is_no_number(check.value):
            is_temporary = check.kind == "temporary"
            yield (IdentifierKind.TEMPORARY_UPN if is_temporary else kind).value, check.value[:13]
    if record.uln and not is_no_number(record.uln):
        yield IdentifierKind.ULN.value, check_uln(record.uln).value[:13]


def _address_facts(record: PupilRecord) -> Iterable[AddressFacts]:
    """The first address is home; a later one that starts is where the family is going (6.3)."""
    for n, said in enumerate(record.addresses):
        is_said = _is_home(said) or said.town or said.uprn or said.country
        lines = " ".join(said.lines)
        if not is_said and (not lines or is_no_home(lines)):
            continue
        yield AddressFacts(
            lines=tuple(line[:120] for line in said.lines),
            town=said.town[:60],
            postcode=said.postcode[:8] if _is_home(said) else "",
            uprn=said.uprn[:12],
            country=said.country[:60],
            from_on=said.starts_on,
            is_forwarding=n > 0 and said.starts_on is not None,
        )


def _is_home(said: PostalAddress) -> bool:
    return bool(said.postcode) and not is_no_postcode(said.postcode)


def _adult(said: Contact) -> AdultFacts:
    return AdultFacts(
        title=said.title[:35],
        forename=said.forename[:80],
        surname=said.surname[:80],
        kind=said.relationship[:3],
        order=min(said.order or 1, 99),
        has_responsibility=said.has_responsibility,
        lives_with_child=said.lives_with,
        phones=tuple(phone.number[:35] for phone in said.phones),
        email=said.email[:254],
    )


def _flags(record: PupilRecord) -> Iterable[str]:
    if record.sen_provision in SEN_FLAGS:
        yield SEN_FLAGS[record.sen_provision]
    if record.is_looked_after:
        yield "looked_after"


def _details(record: PupilRecord) -> Iterable[tuple[str, str]]:
    """Yield what the record says of the background, in its codes; none is ever needed."""
    for kind, code in (
        (DetailKind.ETHNICITY, record.ethnicity),
        (DetailKind.FIRST_LANGUAGE, record.first_language),
        (DetailKind.LETTERS_LANGUAGE, record.letters_language),
        (DetailKind.FREE_MEALS, _YES_OR_NO[record.has_free_meals]),
    ):
        if code:
            yield kind.value, code[:8]
