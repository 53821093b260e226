"""Where each thing stands in a file: one table for reading, writing and the documentation.

DfE's specification of the CML and CMJ bodies could not be read (files.md section 0), so some
places are inferred. Each row carries its mark. When the specification has been read, correct the
row here: readers and writers follow. An element that turns out to have another name gets a row in
`ALIASES`; an element that turns out to stand in another group moves to that group's table.
"""

from dataclasses import dataclass
from enum import StrEnum

CURRENT_VERSION = 25  # correct each September; DfE's own service was on 25.0 in August 2026
PREVIOUS_VERSION = CURRENT_VERSION - 1
OLDEST_VERSION = 12
SEX_SINCE = 25  # `Sex` replaces `Gender` [V-3P: ONE 3.86; V-DfE: GIAP]
LOST = "XXX", "XXXX"
OUTSIDE_MAINTAINED_SECTOR = "MMM", "MMMM"
AUTHORITY_ESTAB = "LLLL"


class Mark(StrEnum):
    """How well a fact is known. The words are those of files.md."""

    DFE = "verified in DfE's own material"
    VENDOR = "verified in a vendor's file or help"
    INFERRED = "inferred, not verified"
    RECALLED = "recalled, not verified"


@dataclass(frozen=True, slots=True)
class Item:
    """One element: the field of our record it fills, and how well its place is known."""

    field: str
    mark: Mark
    limit: int = 0
    note: str = ""


Table = dict[str, Item]

ROOTS = {  # root: (version element, container of the pupils, usual DocumentName)
    "CTfile": ("CTFversion", "CTFpupilData", "Common Transfer File"),
    "ATfile": ("ATFversion", "ATFpupilData", "Admissions Data Transfer File"),
}

HEADER: Table = {
    "DocumentName": Item("document_name", Mark.DFE, note="for CML and CMJ inferred"),
    "CTFversion": Item("version", Mark.DFE),
    "ATFversion": Item("version", Mark.DFE),
    "DateTime": Item("made_at", Mark.DFE),
    "DocumentQualifier": Item("qualifier", Mark.DFE),
    "DataQualifier": Item("data_qualifier", Mark.DFE),
    "DataDescriptor": Item("data_descriptor", Mark.DFE, limit=255),
    "SupplierID": Item("supplier", Mark.DFE, limit=100),
}
HEADER_GROUPS = {"SourceSchool": "source", "DestSchool": "destination"}

SCHOOL_ID: Table = {
    "LEA": Item("la", Mark.DFE),
    "Estab": Item("estab", Mark.DFE),
    "URN": Item("urn", Mark.DFE),
    "SchoolName": Item("name", Mark.DFE, limit=100),
    "AcademicYear": Item("academic_year", Mark.DFE),
}

PUPIL: Table = {
    "ApplicationReference": Item("application_reference", Mark.DFE, note="ATF only"),
    "UPN": Item("upn", Mark.DFE),
    "UniqueLearnerNumber": Item("uln", Mark.DFE),
    "UCI": Item("", Mark.DFE, note="passed over"),
    "Surname": Item("surname", Mark.DFE, limit=35),
    "Forename": Item("forename", Mark.DFE, limit=35),
    "DOB": Item("born", Mark.DFE),
    "Sex": Item("sex", Mark.DFE, note="from version 25"),
    "Gender": Item("sex", Mark.DFE, note="to version 24; read at any"),
    "Email": Item("email", Mark.DFE, limit=254),
}

BASIC: Table = {
    "UPN": Item("", Mark.DFE, note="a fault seen in the official example; reported, never used"),
    "FormerUPN": Item("former_upn", Mark.DFE),
    "PreferredSurname": Item("chosen_surname", Mark.DFE, limit=35),
    "FormerSurname": Item("former_surname", Mark.DFE, limit=35),
    "PreferredForename": Item("chosen_forename", Mark.DFE, limit=35),
    "MiddleNames": Item("middle_names", Mark.DFE, limit=35),
    "NCyearActual": Item("year_group", Mark.DFE),
    "Ethnicity": Item("ethnicity", Mark.DFE),
    "EnrolStatus": Item("enrol_status", Mark.DFE, note="CS007; SIMS writes C of leavers too"),
}
BASIC_GROUPS = frozenset({"Languages"})

LANGUAGE: Table = {
    "LanguageType": Item("language_type", Mark.DFE, note="F or M first, C for letters"),
    "Language": Item("language", Mark.DFE),
}

FREE_MEALS: Table = {
    "FSMstartDate": Item("starts_on", Mark.DFE),
    "FSMendDate": Item("ends_on", Mark.DFE),
    "UKcountry": Item("", Mark.DFE, note="passed over"),
}

CARE: Table = {
    "InCare": Item("is_looked_after", Mark.DFE),
    "CareAuthority": Item("care_authority", Mark.DFE),
}

SEN: Table = {
    "StartDate": Item("starts_on", Mark.DFE),
    "SENprovision": Item("sen_provision", Mark.DFE),
    "EndDate": Item("ends_on", Mark.DFE),
}

ADDRESS: Table = {
    "County": Item("county", Mark.DFE),
    "PostCode": Item("postcode", Mark.DFE),
    "Zip": Item("zip", Mark.DFE, note="SIMS writes ZIP"),
    "Country": Item("country", Mark.DFE, limit=45),
    "AddressStartDate": Item(
        "starts_on", Mark.INFERRED, note="CTF item N00626; its place in the file was not seen"
    ),
    "AddressEndDate": Item(
        "ends_on", Mark.INFERRED, note="CTF item N00627; its place in the file was not seen"
    ),
    "AddressAsPupil": Item("lives_with", Mark.DFE, note="contacts only"),
    "Easting": Item("", Mark.DFE, note="passed over"),
    "Northing": Item("", Mark.DFE, note="passed over"),
}
BS7666: Table = {
    "SAON": Item("lines", Mark.DFE, limit=100),
    "PAON": Item("lines", Mark.DFE, limit=100),
    "Street": Item("lines", Mark.DFE, limit=100),
    "Locality": Item("lines", Mark.DFE, limit=35),
    "Town": Item("town", Mark.DFE, limit=30),
    "AdministrativeArea": Item("", Mark.DFE, note="passed over"),
    "PostTown": Item("post_town", Mark.DFE, limit=30),
    "UniquePropertyReferenceNumber": Item("uprn", Mark.DFE),
}
ADDRESS_LINES: Table = {
    f"AddressLine{number}": Item("lines", Mark.DFE, limit=40) for number in range(1, 6)
}
ADDRESS_GROUPS = frozenset({"BS7666Address", "AddressLines"})

PHONE: Table = {
    "TelephoneType": Item("kind", Mark.DFE),
    "PhoneNo": Item("number", Mark.DFE, limit=35),
}

CONTACT: Table = {
    "Order": Item("order", Mark.DFE),
    "Title": Item("title", Mark.DFE),
    "Surname": Item("surname", Mark.DFE, limit=35),
    "Forename": Item("forename", Mark.DFE, limit=35),
    "MiddleNames": Item("middle_names", Mark.DFE, limit=35),
    "Sex": Item(
        "sex", Mark.RECALLED, note="Gender becoming Sex for contacts in 25 is not verified"
    ),
    "Gender": Item("sex", Mark.DFE),
    "Relationship": Item("relationship", Mark.DFE, note="CBDS calls it ContactRelationship"),
    "Responsibility": Item("has_responsibility", Mark.DFE),
    "Email": Item("email", Mark.DFE, limit=254),
}
CONTACT_GROUPS = frozenset({"Address", "Phones"})

SPELL: Table = {
    "LEA": Item("la", Mark.DFE),
    "Estab": Item("estab", Mark.DFE),
    "URN": Item("urn", Mark.DFE),
    "SchoolName": Item("name", Mark.DFE, limit=100),
    "EntryDate": Item(
        "entry_on", Mark.DFE, note="a next school as a row with a future EntryDate is recalled"
    ),
    "LeavingDate": Item("leaving_on", Mark.DFE),
    "LeavingReason": Item("leaving_reason", Mark.DFE),
    "LastSchool": Item("", Mark.VENDOR, note="passed over"),
    "RemovalGrounds": Item(
        "removal_grounds",
        Mark.INFERRED,
        note="name and code set verified; as a child of School seen at a vendor; its place after "
        "LeavingReason inferred; which of two letterings it follows is not known",
    ),
}

PUPIL_GROUPS = frozenset(
    {
        *("BasicDetails", "FSMhistory", "LookedAfter", "SENhistory", "Address", "Phones"),
        *("Contacts", "SchoolHistory"),
    }
)

# Known and of no use for finding children: read past, yet looked through for elements nobody knows.
PASSED_OVER = {
    "NAWdetails": "",
    "Admissions": "Accept",
    "Attendance": "YearData Year LEA Estab URN SchoolName SessionsPossible SessionsAuthorised "
    "SessionsAttended SessionsUnauthorised AttendSessions AttendanceStartDate AttendanceMarks",
    "StageAssessments": "KeyStage Stage StageAssessment Locale Year Subject Method Component "
    "ResultStatus ResultQualifier Result ResultDate",
    "EnglishProficiencies": "EnglishProficiency ProficiencyInEnglish ProficiencyInEnglishDate",
    "Nationalities": "Nationality",
    "Disabilities": "Disability",
    "SENneeds": "SENneed NeedStartDate NeedEndDate SENtypeRank SENtype",
    "CountryofBirth": "",
    "EthnicitySource": "",
    "ServiceChild": "",
    "ServiceChildSource": "",
    "MedicalFlag": "",
}
PASSED_NAMES = frozenset(PASSED_OVER) | {
    name for names in PASSED_OVER.values() for name in names.split()
}

BASIC_LEAVES = frozenset(BASIC) | {name for name, names in PASSED_OVER.items() if not names}
FREE_MEALS_LEAVES = frozenset({"FSMreviewDate"})
SUPPLIERS_OWN = "SuppInfo"  # any content; kept, and not reported as unknown
ALIASES = {"ContactRelationship": "Relationship"}

_TABLES = (
    HEADER, SCHOOL_ID, PUPIL, BASIC, LANGUAGE, FREE_MEALS, CARE, SEN, ADDRESS, BS7666,
    ADDRESS_LINES, PHONE, CONTACT, SPELL,
)  # fmt: skip
_MORE_ELEMENTS = {
    *PASSED_NAMES, *PUPIL_GROUPS, *BASIC_GROUPS, *CONTACT_GROUPS, *ADDRESS_GROUPS,
    *HEADER_GROUPS, *FREE_MEALS_LEAVES, *ROOTS,
    SUPPLIERS_OWN, "SuppID", "Header", "Pupil", "Phone", "Contact", "School", "SEN", "Type",
    "FSMinstance",
    "CTFpupilData", "ATFpupilData",
}  # fmt: skip
ELEMENTS = frozenset({name for table in _TABLES for name in table} | _MORE_ELEMENTS)
_BY_LOWER = {name.lower(): name for name in ELEMENTS} | {
    alias.lower(): name for alias, name in ALIASES.items()
}


def local_name(tag: str) -> str:
    """`UPN` for `{http://www.dcsf.gov.uk/schemas/cbds}UPN`.

    Real files have no namespace, old ones had.
    """
    return tag.rpartition("}")[2]


def canonical(tag: str) -> str:
    """The name an element has in these tables, whatever its namespace and capitals.

    Else its own local name.
    """
    name = local_name(tag)
    return _BY_LOWER.get(name.lower(), name)


def element(table: Table, field: str) -> str:
    """The first element of a table that fills a field."""
    return next(name for name, item in table.items() if item.field == field)


def limits(table: Table) -> dict[str, int]:
    """How long each element of a table may be, where DfE says."""
    return {name: item.limit for name, item in table.items() if item.limit}
