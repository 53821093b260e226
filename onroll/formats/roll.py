"""Turn a row of a roll or census list into a record like those of other files."""

from collections.abc import Mapping
from datetime import date, datetime, time

from onroll.formats import pupil_checks
from onroll.formats.codes import RELATIONSHIPS
from onroll.formats.kinds import FileKind
from onroll.formats.records import Contact, Header, Phone, PostalAddress, PupilRecord, SchoolSpell
from onroll.formats.standing import is_no_day
from onroll.formats.walk import Notes, wrong_day
from onroll.tables import day_of

_BY_WORDS = {words.lower(): code for code, words in RELATIONSHIPS.items()}
_SEXES = {"male": "M", "female": "F", "boy": "M", "girl": "F"}


def record_of(
    row: Mapping[str, str],
    unmapped: Mapping[str, str],
    *,
    number: int,
    index: int,
    on: date | None = None,
) -> PupilRecord:
    """The record of one row; `number` is the row as a person counts, `index` the record's.

    `on` is the day the list came.
    """
    get = row.get
    notes = Notes(None, f"row {number}", index)
    record = PupilRecord(
        index=index,
        upn=get("upn", ""),
        former_upn=get("former_upn", ""),
        uln=get("uln", ""),
        surname=get("surname", ""),
        forename=get("forename", ""),
        middle_names=get("middle_names", ""),
        former_surname=get("former_surname", ""),
        chosen_surname=get("chosen_surname", ""),
        chosen_forename=get("chosen_forename", ""),
        born=day_of(get("born", "")),
        born_text=get("born", ""),
        sex=_SEXES.get(get("sex", "").lower(), get("sex", "").upper()),
        year_group=get("year_group", "").upper().removeprefix("YEAR").strip(),
        addresses=_address(row),
        phones=(Phone("", get("phone", "")),) if get("phone") else (),
        email=get("email", ""),
        contacts=_contact(row),
        schools=(_spell(row, notes),),
        unmapped=tuple(unmapped.items()),
        application_reference=get("application_reference", ""),
        enrol_status=get("enrol_status", "").strip().upper(),
    )
    made_at = datetime.combine(on, time.min) if on else None
    pupil_checks.check(record, {}, {}, None, Header(kind=FileKind.ROLL, made_at=made_at), notes)
    object.__setattr__(record, "problems", tuple(notes.problems))
    return record


def _address(row: Mapping[str, str]) -> tuple[PostalAddress, ...]:
    lines = tuple(filter(None, (part.strip() for part in row.get("address", "").split(","))))
    town, postcode, uprn = (row.get(field, "") for field in ("town", "postcode", "uprn"))
    if not (lines or town or postcode or uprn):
        return ()
    return (PostalAddress(lines, town, "", postcode, uprn),)


def _contact(row: Mapping[str, str]) -> tuple[Contact, ...]:
    relationship = row.get("contact_relationship", "")
    surname, forename = row.get("contact_surname", ""), row.get("contact_forename", "")
    phone, email = row.get("contact_phone", ""), row.get("contact_email", "")
    if not (surname or forename or phone or email):
        return ()
    return (
        Contact(
            1, "", surname, forename, _BY_WORDS.get(relationship.lower(), relationship),
            phones=(Phone("", phone),) if phone else (),
            email=email,
        ),
    )  # fmt: skip


def _spell(row: Mapping[str, str], notes: Notes) -> SchoolSpell:
    spell = spell_of(row)
    for field, text in (("entry_on", spell.entry_text), ("leaving_on", spell.leaving_text)):
        if text:
            wrong_day("date", text, None, field, notes)
    return spell


def spell_of(row: Mapping[str, str]) -> SchoolSpell:
    """Return the stay that a row states."""
    la, estab = school_number(row.get("la", ""), row.get("estab", ""))
    entry_on, entry_text = _day(row, "entry_on")
    leaving_on, leaving_text = _day(row, "leaving_on")
    return SchoolSpell(
        la,
        estab,
        row.get("urn", ""),
        row.get("school", ""),
        entry_on,
        leaving_on,
        is_sender=True,
        entry_text=entry_text,
        leaving_text=leaving_text,
    )


def _day(row: Mapping[str, str], field: str) -> tuple[date | None, str]:
    """Return a day, or the text in its place: never both."""
    text = row.get(field, "").strip()
    day = day_of(text)
    return day, "" if day is not None or is_no_day(text) else text


def school_number(la: str, estab: str) -> tuple[str, str]:
    """Return authority and establishment, also if a list has both in one column, `310/1234`."""
    digits = "".join(filter(str.isalnum, estab))
    if len(digits) == 7:
        return digits[:3], digits[3:]
    return la, estab
