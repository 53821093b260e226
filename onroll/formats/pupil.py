"""Read one `Pupil` element into a record. Source: files.md section 5."""

from datetime import date

from lxml import etree

from onroll.formats import pupil_checks
from onroll.formats.address import read_address
from onroll.formats.adults import read_contacts, read_phones
from onroll.formats.codes import SEN_PROVISIONS
from onroll.formats.layout import (
    BASIC,
    BASIC_GROUPS,
    BASIC_LEAVES,
    CARE,
    FREE_MEALS,
    FREE_MEALS_LEAVES,
    LANGUAGE,
    PUPIL,
    PUPIL_GROUPS,
    SEN,
    element,
)
from onroll.formats.problems import Unreadable
from onroll.formats.records import (
    Contact,
    Header,
    Phone,
    PostalAddress,
    PupilRecord,
    SchoolSpell,
    quick,
)
from onroll.formats.spells import read_spells
from onroll.formats.walk import (
    MOST_NODES,
    Notes,
    Texts,
    day,
    day_at,
    leaves_of,
    nodes_in,
    split,
    truth,
)

_made = quick(PupilRecord)
_PUPIL, _CARE, _SEN = frozenset(PUPIL), frozenset(CARE), frozenset(SEN)
_LANGUAGE, _FREE_MEALS = frozenset(LANGUAGE), frozenset(FREE_MEALS)
_NONE: frozenset[str] = frozenset()
_SEN_ROWS, _LANGUAGE_ROWS = frozenset({"SEN"}), frozenset({"Type"})
_FREE_MEALS_ROWS = frozenset({"FSMinstance"})
_FIRST, _FOR_LETTERS = ("F", "M"), ("C",)
_UPN, _ULN, _EMAIL = (element(PUPIL, field) for field in ("upn", "uln", "email"))
_SURNAME, _FORENAME, _DOB = (element(PUPIL, field) for field in ("surname", "forename", "born"))
_REFERENCE = element(PUPIL, "application_reference")
_FORMER_UPN, _MIDDLE, _FORMER = (
    element(BASIC, field) for field in ("former_upn", "middle_names", "former_surname")
)
_CHOSEN, _CHOSEN_FORENAME, _YEAR, _ETHNICITY, _STATUS = (
    element(BASIC, field)
    for field in ("chosen_surname", "chosen_forename", "year_group", "ethnicity", "enrol_status")
)


class _Groups:
    """The groups of a pupil, in whatever order they come."""

    __slots__ = (
        *("addresses", "basic", "care", "contacts", "free_meals", "languages", "phones", "sen"),
        *("sender", "spells"),
    )

    def __init__(self) -> None:
        self.basic: Texts = {}
        self.care: Texts = {}
        self.sen = ""
        self.languages: dict[str, str] = {}
        self.free_meals: bool | None = None
        self.addresses: tuple[PostalAddress, ...] = ()
        self.phones: tuple[Phone, ...] = ()
        self.contacts: tuple[Contact, ...] = ()
        self.spells: tuple[SchoolSpell, ...] = ()
        self.sender: etree._Element | None = None


def read_pupil(pupil: etree._Element, header: Header, path: str, index: int) -> PupilRecord:
    """Return one pupil's record, with its problems and all elements we have no place for.

    Raises `Unreadable` for a record of so many parts that reading it could take hours.
    """
    nodes = nodes_in(pupil)
    if nodes > MOST_NODES:
        raise Unreadable("record-too-many", f"{path}[{index}]", limit=f"{MOST_NODES:,}")
    notes = Notes(pupil, f"{path}[{index}]", index, careful=False)
    record = _record(pupil, header, notes)
    if notes.is_odd or notes.seen != nodes:
        notes = Notes(pupil, f"{path}[{index}]", index)
        record = _record(pupil, header, notes)
    return _with_notes(record, notes)


def _record(pupil: etree._Element, header: Header, notes: Notes) -> PupilRecord:
    texts, inner = split(pupil, _PUPIL, PUPIL_GROUPS, notes)
    groups = _gather(inner, header, notes)
    get, basic, care = texts.get, groups.basic.get, groups.care.get
    record = _made(
        notes.pupil or 0,
        get(_UPN, "").strip(),
        basic(_FORMER_UPN, "").strip(),
        get(_ULN, "").strip(),
        get(_SURNAME, "").strip(),
        get(_FORENAME, "").strip(),
        basic(_MIDDLE, "").strip(),
        basic(_FORMER, "").strip(),
        basic(_CHOSEN, "").strip(),
        basic(_CHOSEN_FORENAME, "").strip(),
        day(get(_DOB, "")),
        get(_DOB, "").strip(),
        (get("Sex") or get("Gender", "")).strip().upper(),
        basic(_YEAR, "").strip().upper(),
        groups.addresses,
        groups.phones,
        get(_EMAIL, "").strip(),
        groups.contacts,
        groups.spells,
        truth(care("InCare", "")),
        care("CareAuthority", "").strip(),
        groups.sen,
        (),
        (),
        get(_REFERENCE, "").strip(),
        basic(_ETHNICITY, "").strip().upper(),
        _spoken(groups.languages, _FIRST),
        _spoken(groups.languages, _FOR_LETTERS),
        groups.free_meals,
        basic(_STATUS, "").strip().upper(),
    )
    pupil_checks.check(record, texts, groups.basic, groups.sender, header, notes)
    return record


def _with_notes(record: PupilRecord, notes: Notes) -> PupilRecord:
    """Set the notes on a new record in place: copying 25 fields for each pupil costs too much."""
    if notes.problems:
        object.__setattr__(record, "problems", tuple(notes.problems))
    if notes.unmapped:
        object.__setattr__(record, "unmapped", tuple(notes.unmapped))
    return record


def _gather(inner: list[tuple[str, etree._Element]], header: Header, notes: Notes) -> _Groups:
    groups = _Groups()
    contacts: list[etree._Element] = []
    for name, group in inner:
        if name == "BasicDetails":
            groups.basic, parts = split(group, BASIC_LEAVES, BASIC_GROUPS, notes)
            for _, languages in parts:
                groups.languages |= _languages(languages, notes)
        elif name == "FSMhistory":
            groups.free_meals = _free_meals(group, header, notes)
        elif name == "Address":
            groups.addresses += read_address(group, notes)[0]
        elif name == "Phones":
            groups.phones += read_phones(group, notes)
        elif name == "Contacts":
            contacts.append(group)
        elif name == "SchoolHistory":
            spells, sender = read_spells(group, header, notes)
            groups.spells += spells
            groups.sender = sender if sender is not None else groups.sender
        elif name == "SENhistory":
            groups.sen = _sen(group, notes)
        else:
            groups.care = leaves_of(group, _CARE, notes)
    for group in contacts:
        groups.contacts += read_contacts(group, groups.addresses, notes)
    return groups


def _sen(group: etree._Element, notes: Notes) -> str:
    """Return the newest SEN provision, "" if it has ended: a K before a newer N is history."""
    rows: list[tuple[date, bool, str]] = []
    for _, node in split(group, _NONE, _SEN_ROWS, notes)[1]:
        texts, _ = split(node, _SEN, _NONE, notes)
        code = texts.get("SENprovision", "").strip().upper()
        if code and code not in SEN_PROVISIONS:
            notes.add("code-unknown", node, "SENprovision", element="SENprovision", value=code)
        starts_on = day_at(texts, "StartDate", node, notes) or date.min
        ended = day_at(texts, "EndDate", node, notes) is not None
        rows.append((starts_on, not ended, code))
    if not rows:
        return ""
    _, is_current, code = max(rows)
    return code if is_current else ""


def _languages(group: etree._Element, notes: Notes) -> dict[str, str]:
    languages: dict[str, str] = {}
    for _, node in split(group, _NONE, _LANGUAGE_ROWS, notes)[1]:
        texts = leaves_of(node, _LANGUAGE, notes)
        kind, language = (texts.get(name, "").strip().upper() for name in LANGUAGE)
        if language:
            languages.setdefault(kind, language)
    return languages


def _spoken(languages: dict[str, str], kinds: tuple[str, ...]) -> str:
    return next((languages[kind] for kind in kinds if kind in languages), "")


def _free_meals(group: etree._Element, header: Header, notes: Notes) -> bool | None:
    """Return whether free meals run when the file is made; None if the file has none."""
    made = header.made_at.date() if header.made_at else None
    running: list[bool] = []
    for _, node in split(group, FREE_MEALS_LEAVES, _FREE_MEALS_ROWS, notes)[1]:
        texts = leaves_of(node, _FREE_MEALS, notes)
        ends_on = day_at(texts, "FSMendDate", node, notes)
        running.append(ends_on is None or (made is not None and ends_on >= made))
    return any(running) if running else None
