"""Check one pupil's record. Each problem is a rule of `problems.PUPIL`."""

from datetime import date, timedelta

from lxml import etree

from onroll.formats import numbers
from onroll.formats.authorities import AUTHORITIES
from onroll.formats.codes import (
    HISTORIC_LEAVING_REASONS,
    LEAVING_REASONS,
    REASONS_FOR_MMM,
    REASONS_FOR_XXX,
    SEXES,
    YEAR_GROUPS,
)
from onroll.formats.kinds import FileKind, may_lack_upn
from onroll.formats.layout import BASIC, CONTACT, PUPIL, SEX_SINCE, SPELL, Table, element, limits
from onroll.formats.records import Header, PupilRecord, SchoolSpell
from onroll.formats.standing import is_unknown_status
from onroll.formats.walk import Notes, Texts, too_long, wrong_day
from onroll.placeholders import is_no_name

_LIMITS = limits(PUPIL)
_BASIC_LIMITS = limits(BASIC)
_CONTACT_LIMITS = {f"contact_{item.field}": item.limit for item in CONTACT.values() if item.limit}
_SCHOOL_LIMITS = {"school": limits(SPELL)["SchoolName"]}
_YEARS = range(2, 26)
"""Ages in a school's file: from nursery to the end of a special school."""
_AHEAD = timedelta(days=366)
_ENTRY, _LEAVING, _GROUND = (
    element(SPELL, field) for field in ("entry_on", "leaving_on", "removal_grounds")
)


def check(
    record: PupilRecord,
    texts: Texts,
    basic: Texts,
    sender: etree._Element | None,
    header: Header,
    notes: Notes,
) -> None:
    """Note every problem of a pupil as a whole; groups have noted their own."""
    _core(record, header, notes)
    _sex(record, texts, header, notes)
    _upn(record, basic, header, notes)
    if record.uln:
        _uln(record.uln, notes)
    if record.year_group and record.year_group not in YEAR_GROUPS:
        _basic(notes, "code-unknown", "NCyearActual", record.year_group)
    if not header.is_list and is_unknown_status(record.enrol_status):
        _basic(notes, "code-unknown", "EnrolStatus", record.enrol_status)
    if record.is_looked_after and not record.care_authority:
        notes.add("care-authority-missing", notes.top, "LookedAfter/CareAuthority")
    if header.is_list:  # a list has no elements, only what was read of it
        texts, basic = _texts(record, PUPIL), _texts(record, BASIC)
        _lengths_of_others(record, notes)
    too_long(texts, _LIMITS, notes.top, notes)
    too_long(basic, _BASIC_LIMITS, notes.top, notes)
    if header.is_return:
        _return(record, sender, header, notes)
    _dates(record, sender, header, notes)
    spell = record.sender
    if spell is not None and spell.leaving_reason:
        _destination(spell, sender, header, notes)


def _texts(part: object, table: Table) -> Texts:
    """Yield the texts of a record, or of a part, by the element that has a limit."""
    return {name: getattr(part, item.field) for name, item in table.items() if item.limit}


def _lengths_of_others(record: PupilRecord, notes: Notes) -> None:
    for contact in record.contacts:
        texts = {
            f"contact_{CONTACT[name].field}": text
            for name, text in _texts(contact, CONTACT).items()
        }
        too_long(texts, _CONTACT_LIMITS, notes.top, notes)
    for spell in record.schools:
        too_long({"school": spell.name}, _SCHOOL_LIMITS, notes.top, notes)


def _basic(notes: Notes, rule: str, name: str, value: str) -> None:
    notes.add(rule, notes.top, f"BasicDetails/{name}", element=name, value=value)


def _core(record: PupilRecord, header: Header, notes: Notes) -> None:
    _names(record, notes)
    text, made_on = record.born_text, header.made_at.date() if header.made_at else None
    if not text:
        notes.add("dob-missing", notes.top, "DOB")
    elif record.born is None:
        wrong_day("dob", text, notes.top, "DOB", notes)
    elif made_on is not None and record.born > made_on:
        notes.add("dob-future", notes.top, "DOB", value=text)
    elif made_on is not None and _age(record.born, made_on) not in _YEARS:
        years = _age(record.born, made_on)
        age = f"{years} years old" if years > 1 else "less than two years old"
        notes.add("dob-implausible", notes.top, "DOB", value=text, age=age)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _names(record: PupilRecord, notes: Notes) -> None:
    """Check names: one is enough, and a placeholder is none (practice.md 7)."""
    if not record.surname and not record.forename:
        notes.add("name-missing", notes.top)
        return
    for name, text in (("Surname", record.surname), ("Forename", record.forename)):
        if not text:
            notes.add(f"{name.lower()}-missing", notes.top, name)
        elif is_no_name(text):
            notes.add("name-filler", notes.top, name, element=name, value=text)


def _dates(
    record: PupilRecord, sender: etree._Element | None, header: Header, notes: Notes
) -> None:
    spell = record.sender
    days = ((_ENTRY, spell.entry_on), (_LEAVING, spell.leaving_on)) if spell else ()
    where = notes.top if sender is None else sender
    for name, on in days:
        if on is None:
            continue
        why = ""
        if record.born is not None and on < record.born:
            why = "before the pupil was born"
        elif header.made_at is not None and on > header.made_at.date() + _AHEAD:
            why = "more than a year after the file was made"
        if why:
            notes.add("date-implausible", where, name, element=name, value=on.isoformat(), why=why)


def _sex(record: PupilRecord, texts: Texts, header: Header, notes: Notes) -> None:
    if not record.sex:
        if not header.is_list:  # a list need not have the column
            notes.add("sex-missing", notes.top, "Sex")
        return
    used = "Sex" if texts.get("Sex") else "Gender"
    if record.sex not in SEXES:
        notes.add("sex-unknown", notes.top, used, value=record.sex)
    if header.major is not None and used != ("Sex" if header.major >= SEX_SINCE else "Gender"):
        notes.add("sex-element", notes.top, used, version=header.version)


def _upn(record: PupilRecord, basic: Texts, header: Header, notes: Notes) -> None:
    if not record.upn:
        rule = "upn-missing-mover" if may_lack_upn(header.kind) else "upn-missing"
        notes.add(rule, notes.top, "UPN")
    else:
        has_form = _one_upn(record.upn, "UPN", notes)
        if has_form and numbers.is_temporary_upn(record.upn):
            notes.add("upn-temporary", notes.top, "UPN", value=record.upn)
    if record.former_upn:
        _one_upn(record.former_upn, "BasicDetails/FormerUPN", notes)
    again = basic.get("UPN", "").strip()
    if again:
        _basic(notes, "upn-again", "UPN", again)
        notes.unmapped.append((f"{notes.base}/BasicDetails/UPN", again))


def _one_upn(text: str, name: str, notes: Notes) -> bool:
    """Note the problems of a UPN; return whether it has the right form."""
    upn = text.upper()
    letter = numbers.upn_letter(upn)
    if not letter:
        notes.add("upn-form", notes.top, name, value=text)
    elif letter != upn[0]:
        notes.add("upn-check-letter", notes.top, name, value=text, expected=letter)
    if letter and upn[1:4] not in AUTHORITIES:
        notes.add("upn-authority", notes.top, name, value=text, la=upn[1:4])
    return bool(letter)


def _uln(uln: str, notes: Notes) -> None:
    name = element(PUPIL, "uln")
    if len(uln) != 10 or not (uln.isascii() and uln.isdigit()):
        notes.add("uln-form", notes.top, name, value=uln, length=len(uln))
    elif not numbers.is_uln_right(uln):
        notes.add("uln-check-digit", notes.top, name, value=uln)


def _return(
    record: PupilRecord, sender: etree._Element | None, header: Header, notes: Notes
) -> None:
    """Check what a leaver's or joiner's return must hold. Source: SI 2024/208 reg 13."""
    if not record.contacts:
        notes.add("contacts-none", notes.top, "Contacts")
    spell = record.sender
    where = notes.top if sender is None else sender
    if spell is None:
        notes.add("sender-missing", notes.top, "SchoolHistory")
    if header.kind == FileKind.CMJ:
        if spell is None or spell.entry_on is None:
            notes.add("cmj-entry-date", where, _ENTRY)
        return
    if spell is None or spell.leaving_on is None:
        notes.add("cml-leaving-date", where, _LEAVING)
    if spell is None or not spell.removal_grounds:
        notes.add("cml-ground", where, _GROUND)


def _destination(
    spell: SchoolSpell, sender: etree._Element | None, header: Header, notes: Notes
) -> None:
    """X means nobody knows where, M means outside the maintained sector.

    The reason should agree.
    """
    reason, to = spell.leaving_reason, header.destination
    meaning = LEAVING_REASONS.get(reason) or HISTORIC_LEAVING_REASONS.get(reason, reason)
    where = notes.top if sender is None else sender
    if to.is_unknown and reason in REASONS_FOR_MMM:
        notes.add("destination-should-be-m", where, "LeavingReason", meaning=meaning)
    elif to.is_outside_maintained_sector and reason in REASONS_FOR_XXX:
        notes.add("destination-should-be-x", where, "LeavingReason", meaning=meaning)
