"""One record of a file: everything it said."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onroll.accounts import access
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries import stated_facts
from onroll.children.side_by_side.words import SEXES
from onroll.formats import PostalAddress, PupilRecord, ground_readings
from onroll.formats.codes import ethnicity_words, language_words
from onroll.formats.words import place_words
from onroll.govuk.inline import MISSING, day
from onroll.govuk.parts import Table
from onroll.intake import kinds, queries
from onroll.intake.models import Row
from onroll.intake.pages import tables
from onroll.intake.pages.parts import born, name_of
from onroll.intake.pages.results import whom_to_ask
from onroll.rules import confirmations
from onroll.rules.leaving_codes import LEAVING_REASONS

NOT_HERE = "Not shown here: a child this may be about has a protected address."
NOT_YET = "Not shown here while the record is being dealt with."


def page(row: Row, user: User) -> dict[str, Any]:
    """Return everything one record said and did, for its page, as far as this person may know."""
    record = row.shown_record
    sight = queries.sight_of(user)
    is_veiled = sight.veils(row)
    not_here = NOT_YET if is_veiled else NOT_HERE if queries.hides_home(row) else ""
    may_see_address = access.scope(user, Permission.ADDRESS_VIEW) == Scope.ALL
    return {
        "row": row,
        "name": name_of(record),
        "facts": [
            *_facts(record),
            *((("Address", not_here),) if not_here else _home(record) if may_see_address else ()),
        ],
        "schools": spells(record),
        "unmapped": Table(
            "What Onroll has no place for",
            ["Element", "What it says"],
            [] if not_here else [[path, text] for path, text in record.unmapped],
            empty=not_here or "Everything in the record was understood.",
        ),
        "status": tables.status_of(row, is_veiled=is_veiled),
        "is_veiled": is_veiled,
        "tells_why": sight.tells_why(row),
        "stated": stated_facts(confirmations.facts_of(row.effect), row.confirmed_facts),
        "kind": kinds.title_of(row.transfer.kind),
        "problems": [
            (problem.words("council", whom=whom_to_ask(row.transfer)), place_words(problem.path))
            for problem in row.problems.all()
        ],
    }


def _facts(record: PupilRecord) -> Iterable[tuple[str, str]]:
    legal = (record.forename, record.middle_names, record.surname)
    yield "Legal name", " ".join(part for part in legal if part) or MISSING
    yield "Chosen name", f"{record.chosen_forename} {record.chosen_surname}".strip() or MISSING
    yield "Former surname", record.former_surname or MISSING
    yield "Date of birth", born(record)
    yield "Sex", SEXES.get(record.sex, record.sex or MISSING)
    yield "Pupil number (UPN)", record.upn or MISSING
    yield "Former UPN", record.former_upn or MISSING
    yield "Year group", record.year_group or MISSING
    if record.enrol_status:
        yield "Enrolment status", record.enrol_status
    if record.ethnicity:
        yield "Ethnicity", ethnicity_words(record.ethnicity)
    if record.first_language:
        yield "First language", language_words(record.first_language)
    if record.letters_language:
        yield "Language for letters", language_words(record.letters_language)
    if record.has_free_meals is not None:
        yield "Free school meals", "Yes" if record.has_free_meals else "No"


def _home(record: PupilRecord) -> Iterable[tuple[str, str]]:
    for address in record.addresses:
        since = f" (from {day(address.starts_on)})" if address.starts_on else ""
        yield f"Address{since}", address_line(address) or MISSING
    for contact in record.contacts:
        numbers = ", ".join(phone.number for phone in contact.phones)
        name = f"{contact.title} {contact.forename} {contact.surname}".strip()
        yield "Contact", f"{name}: {numbers}" if numbers else name


def address_line(address: PostalAddress) -> str:
    """Return an address on one line."""
    parts = (*address.lines, address.town, address.postcode, address.country)
    return ", ".join(part for part in parts if part)


def spells(record: PupilRecord) -> Table:
    """Return the schools a record names, with what it says of each."""
    lines = [
        [
            spell.name or spell.number or "Not named",
            day(spell.entry_on),
            day(spell.leaving_on),
            _reason(spell.leaving_reason),
            _ground(spell.removal_grounds, spell.leaving_on),
        ]
        for spell in record.schools
    ]
    columns = ["School", "Joined", "Left", "Reason", "Ground as it came"]
    return Table("Schools in the record", columns, lines, empty="The record names no school.")


def _reason(code: str) -> str:
    reason = LEAVING_REASONS.get(code.upper())
    return f"{reason.title} ({code})" if reason else code or MISSING


def _ground(letter: str, left_on: date | None) -> str:
    if not letter:
        return MISSING
    readings = ground_readings(letter, "", left_on)
    return f"{letter}: " + " or ".join(reading.label for reading in readings)
