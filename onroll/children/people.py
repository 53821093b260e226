"""Children on record as matching compares them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from onroll.children.sql import fetch, load
from onroll.matching import Person
from onroll.placeholders import is_no_number, is_no_postcode
from onroll.rules.identifiers import check_upn

PEOPLE = load("people")
NEWEST = 3
"""So many aliases, addresses and contacts of a child at most are compared."""
OF_HOME = ("address", "postcode", "phone", "email", "adult_forename", "adult_surname")

Description = dict[str, str]
"""One way in which a child is on record: a name with an address and a contact, field by field."""
Contact = tuple[str, str, Sequence[str], str]
"""Forename, surname, telephone numbers and e-mail address of an adult."""


class PersonRow(NamedTuple):
    """One row of `sql/people.sql`; the last four are JSON."""

    id: int
    forename: str
    middle_names: str
    surname: str
    chosen_forename: str
    chosen_surname: str
    born: date | None
    sex: str
    is_protected: bool
    numbers: str | None
    names: str | None
    homes: str | None
    adults: str | None


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """Return children by id as matching compares them: one query."""
    wanted = sorted(ids)
    rows = fetch(f"{PEOPLE} (%(ids)s)", {"ids": wanted}, children=len(wanted))
    return {row[0]: person_of(PersonRow(*row)) for row in rows}


def person_of(row: PersonRow) -> Person:
    """Return a child as matching compares it."""
    numbers, names, homes, adults = (json.loads(text) if text else [] for text in row[-4:])
    upns, weak_upns = split_upns(value for kind, value in numbers if "upn" in kind)
    legal = _legal(row, numbers, names)
    aliases = [
        {**legal, "forename": f or row.forename, "surname": s or row.surname}
        for kind, f, s in names
        if kind != "former"
    ]
    forenames = {row.forename, row.chosen_forename, *(f for _, f, _ in names)}
    surnames = {row.surname, row.chosen_surname, *(s for *_, s in names)}
    return Person(
        key=row.id,
        upns=upns,
        weak_upns=weak_upns,
        ulns=frozenset(value for kind, value in numbers if kind == "uln"),
        forenames=frozenset(forenames - {""}),
        surnames=frozenset(surnames - {""}),
        born=row.born,
        sex=row.sex,
        postcodes=frozenset(
            postcode for _, postcode in homes if postcode and not is_no_postcode(postcode)
        ),
        is_protected=row.is_protected,
        described=descriptions([legal, *aliases[:NEWEST]], homes, adults),
    )


def _legal(
    row: PersonRow, numbers: Sequence[Sequence[str]], names: Sequence[Sequence[str]]
) -> Description:
    """Return the description under the legal name, without home and contacts."""
    return {
        **_upns(numbers),
        "forename": row.forename,
        "middle_names": row.middle_names,
        "surname": row.surname,
        "chosen_forename": row.chosen_forename,
        "chosen_surname": row.chosen_surname,
        "former_surname": next((s for kind, _, s in names if kind == "former"), ""),
        "dob": row.born.isoformat() if row.born else "",
        "sex": row.sex,
        "uln": min((value for kind, value in numbers if kind == "uln"), default=""),
        "nhs_number": next((value for kind, value in numbers if kind == "nhs_number"), ""),
    }


def _upns(numbers: Iterable[Sequence[str]]) -> Description:
    """Return the UPN, and a second one as the former UPN.

    Of several, the permanent one comes first, then a former one, then a temporary one.
    """
    order = ("upn", "former_upn", "temporary_upn")
    pairs = sorted(
        ((order.index(kind), value) for kind, value in numbers if kind in order),
        key=lambda pair: pair[0],
    )
    values = list(dict.fromkeys(value for _, value in pairs))
    return {"upn": values[0] if values else "", "former_upn": values[1] if len(values) > 1 else ""}


def descriptions(
    names: Iterable[Description], homes: Sequence[tuple[str, str]], adults: Sequence[Contact]
) -> tuple[Description, ...]:
    """Return every name with every home, for the scorer.

    `homes` pair address lines and postcode, the oldest first.
    """
    return tuple({**name, **home} for name, home in product(names, _homes(homes, adults)))


def _homes(homes: Sequence[tuple[str, str]], adults: Sequence[Contact]) -> list[Description]:
    """Return the newest homes beside the contacts, one telephone number each."""
    newest = list(reversed(homes))[:NEWEST] or [("", "")]
    contacts = [
        (forename, surname, phone, email)
        for forename, surname, phones, email in adults
        for phone in (phones or [""])
    ][:NEWEST]
    pairs = []
    for n in range(max(len(newest), len(contacts))):
        address, postcode = newest[n] if n < len(newest) else newest[0]
        forename, surname, phone, email = contacts[n] if n < len(contacts) else ("", "", "", "")
        values = (address, postcode, phone, email, forename, surname)
        pairs.append(dict(zip(OF_HOME, values, strict=True)))
    return pairs


def without_homes(several: Iterable[Mapping[str, Any]]) -> tuple[Description, ...]:
    """Return descriptions without address and contacts, each once."""
    plain = [{k: v for k, v in description.items() if k not in OF_HOME} for description in several]
    return tuple(text for n, text in enumerate(plain) if text not in plain[:n])


def split_upns(numbers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return permanent UPNs that pass their check, and all others that are not placeholders."""
    checks = [(upn, check_upn(upn)) for upn in numbers if upn and not is_no_number(upn)]
    strong = {upn for upn, check in checks if check.is_valid and check.kind == "permanent"}
    return frozenset(strong), frozenset(upn for upn, _ in checks) - strong
