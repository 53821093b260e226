"""The head of a file and its problems. Source: files.md sections 2 to 4."""

import re
from datetime import date, datetime

from lxml import etree

from onroll.formats import layout
from onroll.formats.authorities import AUTHORITIES
from onroll.formats.codes import DATA_QUALIFIERS
from onroll.formats.kinds import FORMATS, FileKind, is_return
from onroll.formats.layout import HEADER, HEADER_GROUPS, ROOTS, SCHOOL_ID, element
from onroll.formats.names import FileName, parse_name
from onroll.formats.problems import Problem, new_problem
from onroll.formats.records import Header, SchoolId
from onroll.formats.walk import Notes, Texts, split
from onroll.tables.days import ENGLAND

_NONE: frozenset[str] = frozenset()
_LA = re.compile(r"[0-9]{3}|XXX|MMM|NAA")
_ESTAB = re.compile(r"[0-9]{4}|XXXX|MMMM|LLLL")
_YEARS_AHEAD = 4
"""A version is in use at most so many years longer than expected."""
_VERSIONS = tuple(version for version, _, _ in ROOTS.values())


def read_header(head: etree._Element, root: str, name: str) -> tuple[Header, list[Problem]]:
    """Read a `Header`. Its kind is "" when only the pupils can tell (see `kind_by_pupil`)."""
    notes = Notes(head, f"/{root}/Header")
    texts, groups = split(head, HEADER.keys(), HEADER_GROUPS.keys(), notes)
    schools = {HEADER_GROUPS[tag]: _school(group, notes) for tag, group in groups}
    version = next((texts[key].strip() for key in _VERSIONS if key in texts), "")
    qualifier = texts.get("DocumentQualifier", "").strip().lower()
    data_qualifier = texts.get("DataQualifier", "").strip().upper()
    source, destination = schools.get("source", SchoolId()), schools.get("destination", SchoolId())
    file_name = parse_name(name)
    header = Header(
        _kind(root, qualifier, data_qualifier, destination, file_name),
        version,
        _moment(texts),
        qualifier,
        data_qualifier,
        texts.get("SupplierID", "").strip(),
        source,
        destination,
        texts.get(element(HEADER, "document_name"), "").strip(),
        texts.get("DataDescriptor", "").strip(),
        tuple(notes.unmapped),
    )
    _check(header, texts, root, notes)
    _check_name(header, name, file_name, notes)
    return header, notes.problems


def _school(group: etree._Element, notes: Notes) -> SchoolId:
    texts, _ = split(group, SCHOOL_ID.keys(), _NONE, notes)
    la, estab, urn, name, year = (texts.get(key, "").strip() for key in SCHOOL_ID)
    end = "sending" if layout.canonical(group.tag) == "SourceSchool" else "receiving"
    la, estab = la.upper(), estab.upper()
    if not (_LA.fullmatch(la) and _ESTAB.fullmatch(estab)):
        notes.add("school-number", group, end=end, value=la + estab)
    elif la not in AUTHORITIES:
        notes.add("la-unknown", group, "LEA", end=end, value=la)
    return SchoolId(la, estab, urn, name, year)


def _moment(texts: Texts) -> datetime | None:
    """Return when the file was made, in English time; one with a time zone is converted."""
    try:
        made_at = datetime.fromisoformat(texts.get("DateTime", "").strip())
        return made_at.astimezone(ENGLAND).replace(tzinfo=None) if made_at.tzinfo else made_at
    except (ValueError, OverflowError):
        return None


def _kind(
    root: str, qualifier: str, data_qualifier: str, to: SchoolId, file_name: FileName | None
) -> str:
    """Kind by root, else by DataQualifier, else by the file's name, else "" for a partial file."""
    if root == FORMATS[FileKind.ATF].root:
        return FileKind.ATF
    if data_qualifier:
        return FileKind(data_qualifier) if is_return(data_qualifier) else FileKind.CTF
    if file_name is not None and is_return(file_name.kind):
        return FileKind(file_name.kind)
    if qualifier == "partial" and (file_name is None or file_name.kind == FileKind.CTF):
        return ""
    return FileKind.LOST if to.is_unknown else FileKind.CTF


def kind_by_pupil(pupil: etree._Element | None, source: SchoolId) -> str:
    """Guess a partial file's kind.

    A ground, or a leaving date at the sender's school, makes it a CML.
    """
    for school in () if pupil is None else pupil.iter("{*}School"):
        texts = {layout.canonical(child.tag): (child.text or "").strip() for child in school}
        at_sender = texts.get("LEA") == source.la and texts.get("Estab") == source.estab
        if texts.get("RemovalGrounds") or (at_sender and texts.get("LeavingDate")):
            return FileKind.CML
    return FileKind.CTF


def _check(header: Header, texts: Texts, root: str, notes: Notes) -> None:
    version_element, _, usual_name = ROOTS[root]
    _check_version(header, version_element, notes)
    if header.made_at is None:
        notes.add("date-time", notes.top, "DateTime", value=texts.get("DateTime", "").strip())
    elif header.major and header.made_at.year not in _years_of(header.major):
        made, version = header.made_at.date().isoformat(), header.version
        notes.add("date-time-implausible", notes.top, "DateTime", value=made, version=version)
    if header.document_name and header.document_name.lower() != usual_name.lower():
        notes.add(
            "document-name",
            notes.top,
            "DocumentName",
            value=header.document_name,
            expected=usual_name,
        )
    if header.qualifier not in ("full", "partial"):
        notes.add("qualifier-unknown", notes.top, "DocumentQualifier", value=header.qualifier)
    if header.data_qualifier and header.data_qualifier not in DATA_QUALIFIERS:
        notes.add("data-qualifier-unknown", notes.top, "DataQualifier", value=header.data_qualifier)
    _check_schools(header, notes)


def _years_of(version: int) -> range:
    """Return the years in which a file of a version may have been made: 25 is named for 2025."""
    return range(2000 + version - 1, 2000 + layout.CURRENT_VERSION + _YEARS_AHEAD + 1)


def _check_version(header: Header, name: str, notes: Notes) -> None:
    gaps = {"version": header.version, "current": f"{layout.CURRENT_VERSION}.0"}
    if header.major is None:
        notes.add("version-missing", notes.top, name, **gaps)
    elif header.major > layout.CURRENT_VERSION:
        notes.add("version-new", notes.top, name, **gaps)
    elif header.major < layout.PREVIOUS_VERSION:
        notes.add("version-old", notes.top, name, previous=f"{layout.PREVIOUS_VERSION}.0", **gaps)


def _check_schools(header: Header, notes: Notes) -> None:
    source, to = header.source, header.destination
    for tag, end in HEADER_GROUPS.items():
        if not getattr(header, end).number:
            words = "sending" if end == "source" else "receiving"
            notes.add("school-number", notes.top, tag, end=words, value="")
    if source.urn.isdigit() and source.urn == to.urn and source.number != to.number:
        notes.add("urn-shared", notes.top, "DestSchool/URN", value=source.urn)
    if source.academic_year and header.made_at is not None:
        made = header.made_at.date()
        years = {school_year(made, first_month=8), school_year(made, first_month=9)}
        _check_year(source.academic_year, {str(year) for year in years}, notes)


def _check_year(year: str, right: set[str], notes: Notes) -> None:
    if year in right:
        return
    rule = "academic-year-form" if year[:4] in right else "academic-year"
    expected = year[:4] if year[:4] in right else min(right)
    notes.add(rule, notes.top, "SourceSchool/AcademicYear", value=year, expected=expected)


def school_year(on: date, *, first_month: int = 8) -> int:
    """The year a school year began in. Writers change in August, DfE's own service in September."""
    return on.year if on.month >= first_month else on.year - 1


def _check_name(header: Header, name: str, file_name: FileName | None, notes: Notes) -> None:
    """Compare the file's name with its head; the head wins."""
    if file_name is None:
        if name:
            notes.problems.append(new_problem("name-pattern", "", name=name))
        return
    if file_name.copy:
        notes.problems.append(new_problem("name-copy", "", suffix=file_name.copy))
    row = FORMATS.get(header.kind)
    kind = header.data_qualifier or (row.code_in_name if row else file_name.kind)
    pairs = (
        ("sender", file_name.source, header.source.number),
        ("destination", file_name.destination, header.destination.number),
        ("kind", file_name.kind, kind),
    )
    for label, by_name, by_header in pairs:
        if by_name != by_header:
            gaps = {
                "said": f"its {label} is",
                "by_name": by_name,
                "by_header": by_header or "nothing",
            }
            notes.problems.append(new_problem("name-header", "", **gaps))
    is_partial = header.qualifier == "partial" and header.kind in (FileKind.CTF, FileKind.LOST)
    if not header.data_qualifier and (header.is_return or is_partial):
        notes.problems.append(new_problem("kind-from-name", "", kind=header.kind))
