"""Rolls and census lists: sheets whose rows become records like those of any other file."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from onroll.formats import Contact, Header, Phone, PostalAddress, Problem, PupilRecord, SchoolSpell
from onroll.formats.problems import found
from onroll.formats.sheets import SheetRow, read_sheet
from onroll.intake.models import Transfer

SHEETS = (".csv", ".xlsx")
NEEDED = ("surname", "forename", "born")
_SEXES = {"f": "F", "female": "F", "girl": "F", "m": "M", "male": "M", "boy": "M"}
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_ADULT = "Contact 1 "


def is_sheet(name: str) -> bool:
    """Say whether a file is a list by its name."""
    return name.lower().endswith(SHEETS)


def read(transfer: Transfer) -> tuple[Header, Iterator[PupilRecord], list[Problem]]:
    """Return the head of a list, its records and what was wrong with the whole.

    Raises Unreadable when the list has no column for a name or a date of birth.
    """
    mapping = transfer.mapping or None
    rows = read_sheet(
        bytes(transfer.content), name=transfer.name, mapping=mapping, needed=NEEDED
    )
    return Header(kind="ROLL"), (_record(row) for row in rows), []


def _record(row: SheetRow) -> PupilRecord:
    said = row.values
    born = _day(said.get("born", ""))
    return PupilRecord(
        index=row.number,
        upn=said.get("upn", ""),
        former_upn=said.get("former_upn", row.unmapped.get("Former UPN", "")),
        uln=said.get("uln", ""),
        surname=said.get("surname", ""),
        forename=said.get("forename", ""),
        middle_names=said.get("middle_names", ""),
        former_surname=said.get("former_surname", ""),
        chosen_surname=said.get("chosen_surname", ""),
        chosen_forename=said.get("chosen_forename", ""),
        born=born,
        born_text="" if born else said.get("born", ""),
        sex=_SEXES.get(said.get("sex", "").lower(), ""),
        year_group=said.get("year_group", ""),
        addresses=tuple(_addresses(row)),
        contacts=tuple(_contacts(row)),
        schools=(_spell(row),),
        unmapped=tuple(
            (heading, text)
            for heading, text in row.unmapped.items()
            if not heading.startswith(_ADULT) and heading != "Former UPN"
        ),
        problems=tuple(_problems(row, born)),
    )


def _day(text: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _addresses(row: SheetRow) -> Iterator[PostalAddress]:
    said = row.values
    if said.get("address") or said.get("postcode"):
        yield PostalAddress(
            lines=tuple(filter(None, (part.strip() for part in said.get("address", "").split(",")))),
            town=said.get("town", ""),
            postcode=said.get("postcode", ""),
            uprn=said.get("uprn", ""),
        )


def _contacts(row: SheetRow) -> Iterator[Contact]:
    said = {h.removeprefix(_ADULT): t for h, t in row.unmapped.items() if h.startswith(_ADULT)}
    if said.get("Surname") or said.get("Forename"):
        phone = said.get("Telephone", "")
        yield Contact(
            order=1,
            surname=said.get("Surname", ""),
            forename=said.get("Forename", ""),
            relationship=said.get("Relationship", ""),
            phones=(Phone("", phone),) if phone else (),
            email=said.get("Email", ""),
        )


def _spell(row: SheetRow) -> SchoolSpell:
    said = row.values
    number = re.sub(r"\D", "", said.get("la", "") + said.get("estab", ""))
    if len(number) != 7:
        number = re.sub(r"\D", "", said.get("estab", ""))
    return SchoolSpell(
        la=number[:3] if len(number) == 7 else said.get("la", ""),
        estab=number[3:] if len(number) == 7 else said.get("estab", ""),
        urn=said.get("urn", ""),
        name=said.get("school", ""),
        entry_on=_day(said.get("entry_on", "")),
        leaving_on=_day(said.get("leaving_on", "")),
    )


def _problems(row: SheetRow, born: date | None) -> Iterator[Problem]:
    said = row.values
    for field, rule in (("surname", "surname-missing"), ("forename", "forename-missing")):
        if not said.get(field):
            yield found(rule, f"row {row.number}", row.number)
    if born is None:
        text = said.get("born", "")
        rule = "dob-impossible" if text else "dob-missing"
        yield found(rule, f"row {row.number}", row.number, value=text)
