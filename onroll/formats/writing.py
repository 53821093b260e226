"""The parts every file we write is made of: header, pupil, address, adults, school history.

UTF-8 without a BOM, no namespace, DfE's order of elements, nothing empty. The names and marks of
the elements are those of `layout.py`. Source: files.md sections 3 to 6 and 13.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from onroll.formats.codes import HISTORIC_LEAVING_REASONS
from onroll.formats.header import school_year
from onroll.formats.kinds import FileKind
from onroll.formats.layout import (
    ADDRESS,
    ADDRESS_LINES,
    BASIC,
    BS7666,
    CONTACT,
    CURRENT_VERSION,
    PHONE,
    PUPIL,
    ROOTS,
    SCHOOL_ID,
    SEX_SINCE,
    SPELL,
    element,
)
from onroll.formats.records import (
    Contact,
    Header,
    Phone,
    PostalAddress,
    PupilRecord,
    SchoolId,
    SchoolSpell,
)

SUPPLIER = "Onroll"
ENGLAND = ZoneInfo("Europe/London")
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
_ROOT = "CTfile"


class Unwritable(ValueError):
    """A record that lacks what its file must hold. The message says what, for the person asking."""


def header_of(
    *, source: SchoolId, destination: SchoolId, made_at: datetime, version: int, data: str = ""
) -> Header:
    """The header of a file we make; `data` is the DataQualifier of a partial one.

    A moment with a zone is written as clocks in England show it: files have no zone.
    """
    if made_at.tzinfo is not None:
        made_at = made_at.astimezone(ENGLAND).replace(tzinfo=None)
    year = str(school_year(made_at.date()))
    return Header(
        data or FileKind.CTF,
        f"{version}.0",
        made_at,
        "partial" if data else "full",
        data,
        SUPPLIER,
        replace(source, academic_year=year),
        destination,
        ROOTS[_ROOT][2],
    )


def write(header: Header, pupils: Iterable[PupilRecord], *, grounds: bool = False) -> bytes:
    """The bytes of a file. `grounds`: whether the ground of removal is written (CML only)."""
    root = etree.Element(_ROOT)
    _header(etree.SubElement(root, "Header"), header)
    data = etree.SubElement(root, ROOTS[_ROOT][1])
    major = header.major or CURRENT_VERSION
    for pupil in pupils:
        try:
            _pupil(etree.SubElement(data, "Pupil"), pupil, major, grounds=grounds)
        except ValueError as fault:
            raise _unwritable(fault, pupil) from None
    if not len(data):
        raise Unwritable("There is no pupil to write a file for.")
    return _DECLARATION + etree.tostring(root, encoding="utf-8", pretty_print=True)


def _unwritable(fault: ValueError, pupil: PupilRecord) -> Unwritable:
    if isinstance(fault, Unwritable):
        return fault
    return Unwritable(f"Pupil {pupil.index} has a character no XML file can hold. Retype the text.")


def must_have(pupil: PupilRecord, *, upn: bool) -> None:
    """Refuse a pupil without the data every CTF must hold (files.md section 5)."""
    needed = {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "date of birth": pupil.born,
        "sex": pupil.sex,
        **({"UPN": pupil.upn} if upn else {}),
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise Unwritable(f"The file cannot be made: it needs the pupil's {' and '.join(missing)}.")


def _put(parent: etree._Element, name: str, value: str | date | None) -> None:
    """Add a leaf, unless there is nothing to put in it."""
    text = value.isoformat() if isinstance(value, date) else value
    if text:
        etree.SubElement(parent, name).text = text


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _header(head: etree._Element, header: Header) -> None:
    moment = header.made_at.replace(microsecond=0) if header.made_at else None
    _put(head, "DocumentName", header.document_name)
    _put(head, ROOTS[_ROOT][0], header.version)
    _put(head, "DateTime", moment.isoformat() if moment else "")
    _put(head, "DocumentQualifier", header.qualifier)
    _put(head, "DataQualifier", header.data_qualifier)
    _put(head, "DataDescriptor", header.data_descriptor)
    _put(head, "SupplierID", header.supplier)
    _school(etree.SubElement(head, "SourceSchool"), header.source)
    _school(etree.SubElement(head, "DestSchool"), replace(header.destination, name=""))


def _school(group: etree._Element, school: SchoolId) -> None:
    for name, item in SCHOOL_ID.items():
        _put(group, name, getattr(school, item.field))


def _pupil(into: etree._Element, pupil: PupilRecord, major: int, *, grounds: bool) -> None:
    sex = "Sex" if major >= SEX_SINCE else "Gender"
    leaves = (
        ("upn", pupil.upn),
        ("uln", pupil.uln),
        ("surname", pupil.surname),
        ("forename", pupil.forename),
        ("born", pupil.born),
    )
    for field, value in leaves:
        _put(into, element(PUPIL, field), value)
    _put(into, sex, pupil.sex)
    _basic(into, pupil)
    if pupil.is_looked_after is not None:
        care = etree.SubElement(into, "LookedAfter")
        _put(care, "InCare", _truth(pupil.is_looked_after))
        _put(care, "CareAuthority", pupil.care_authority)
    if pupil.sen_provision:
        row = etree.SubElement(etree.SubElement(into, "SENhistory"), "SEN")
        _put(row, "SENprovision", pupil.sen_provision)
    for address in pupil.addresses:
        _address(etree.SubElement(into, "Address"), address)
    _phones(into, pupil.phones)
    _put(into, element(PUPIL, "email"), pupil.email)
    if pupil.contacts:
        group = etree.SubElement(into, "Contacts")
        for contact in pupil.contacts:
            _contact(etree.SubElement(group, "Contact"), contact, sex)
    _history(into, pupil.schools, grounds=grounds)


def _basic(into: etree._Element, pupil: PupilRecord) -> None:
    values = [
        (name, getattr(pupil, item.field))
        for name, item in BASIC.items()
        if item.field and getattr(pupil, item.field)
    ]
    if values:
        group = etree.SubElement(into, "BasicDetails")
        for name, value in values:
            _put(group, name, value)


def _address(group: etree._Element, address: PostalAddress) -> None:
    """In the form with a town and a UPRN if it has either; else as plain lines, at most five."""
    if address.town or address.uprn:
        form = etree.SubElement(group, "BS7666Address")
        *before, last = address.lines or ("",)
        _put(form, "Street", ", ".join([*before, last]))
        _put(form, "Town", address.town)
        _put(form, element(BS7666, "uprn"), address.uprn)
    elif address.lines:
        form = etree.SubElement(group, "AddressLines")
        names = list(ADDRESS_LINES)
        first, remaining = address.lines[: len(names) - 1], address.lines[len(names) - 1 :]
        for name, line in zip(names, (*first, ", ".join(remaining)), strict=False):
            _put(form, name, line)
    for field in ("county", "postcode", "country", "starts_on", "ends_on"):
        _put(group, element(ADDRESS, field), getattr(address, field))


def _phones(into: etree._Element, phones: tuple[Phone, ...]) -> None:
    if not phones:
        return
    group = etree.SubElement(into, "Phones")
    for phone in phones:
        node = etree.SubElement(group, "Phone")
        _put(node, element(PHONE, "kind"), phone.kind)
        _put(node, element(PHONE, "number"), phone.number)


def _contact(into: etree._Element, contact: Contact, sex: str) -> None:
    _put(into, "Order", str(contact.order) if contact.order is not None else "")
    for field in ("title", "surname", "forename", "middle_names"):
        _put(into, element(CONTACT, field), getattr(contact, field))
    _put(into, sex, contact.sex)
    _put(into, element(CONTACT, "relationship"), contact.relationship)
    _put(into, element(CONTACT, "has_responsibility"), _truth(contact.has_responsibility))
    if contact.lives_with and contact.address is None:
        _put(etree.SubElement(into, "Address"), element(ADDRESS, "lives_with"), "true")
    elif contact.address is not None:
        _address(etree.SubElement(into, "Address"), contact.address)
    _phones(into, contact.phones)
    _put(into, element(CONTACT, "email"), contact.email)


def _history(into: etree._Element, spells: tuple[SchoolSpell, ...], *, grounds: bool) -> None:
    """Add the schools of a pupil, with their grounds for removal if `grounds`.

    Raises `Unwritable` if the sender gives a reason for leaving that is no longer used.
    """
    if not spells:
        return
    group = etree.SubElement(into, "SchoolHistory")
    for spell in spells:
        if spell.is_sender and spell.leaving_reason in HISTORIC_LEAVING_REASONS:
            meaning = HISTORIC_LEAVING_REASONS[spell.leaving_reason]
            raise Unwritable(
                f"Leaving reason {spell.leaving_reason} ({meaning}) is no longer used: choose "
                "another."
            )
        node = etree.SubElement(group, "School")
        for name, item in SPELL.items():
            if item.field and (grounds or item.field != "removal_grounds"):
                _put(node, name, getattr(spell, item.field))
