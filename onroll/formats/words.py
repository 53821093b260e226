"""Words for the parts of a file, since offices do not know the names of elements."""

from collections.abc import Iterable

ELEMENTS = {
    # The head
    "DocumentName": "name of the kind of file",
    "CTFversion": "version",
    "ATFversion": "version",
    "DateTime": "day and time the file was made",
    "DocumentQualifier": "mark whether the file is full",
    "DataQualifier": "kind of data",
    "DataDescriptor": "description of the data",
    "SupplierID": "name of the supplier",
    "LEA": "number of the authority",
    "Estab": "number of the school",
    "URN": "URN of the school",
    "SchoolName": "name of the school",
    "AcademicYear": "school year",
    # The pupil
    "ApplicationReference": "application reference",
    "UPN": "UPN",
    "UniqueLearnerNumber": "ULN",
    "UCI": "candidate number",
    "Surname": "surname",
    "Ethnicity": "ethnicity",
    "Language": "language",
    "LanguageType": "kind of language",
    "FSMstartDate": "first day of free school meals",
    "FSMendDate": "last day of free school meals",
    "UKcountry": "country of the free school meals",
    "Forename": "forename",
    "DOB": "date of birth",
    "Sex": "sex",
    "Gender": "sex",
    "Email": "email address",
    "FormerUPN": "former UPN",
    "PreferredSurname": "chosen surname",
    "FormerSurname": "former surname",
    "PreferredForename": "chosen forename",
    "MiddleNames": "middle names",
    "NCyearActual": "year group",
    "EnrolStatus": "enrolment status",
    "InCare": "mark that the pupil is looked after",
    "CareAuthority": "authority that looks after the pupil",
    "StartDate": "start of the support",
    "SENprovision": "kind of support for special needs",
    "EndDate": "end of the support",
    # Addresses, telephones, contacts
    "County": "county",
    "PostCode": "postcode",
    "Zip": "postcode abroad",
    "Country": "country",
    "AddressStartDate": "first day at the address",
    "AddressEndDate": "last day at the address",
    "AddressAsPupil": "mark that the address is the pupil's",
    "Easting": "map reference",
    "Northing": "map reference",
    "SAON": "flat or part of the house",
    "PAON": "house number or name",
    "Street": "street",
    "Locality": "locality",
    "Town": "town",
    "AdministrativeArea": "administrative area",
    "PostTown": "post town",
    "UniquePropertyReferenceNumber": "number of the property (UPRN)",
    **{f"AddressLine{number}": f"line {number} of the address" for number in range(1, 6)},
    "TelephoneType": "kind of telephone",
    "PhoneNo": "telephone number",
    "Order": "order to ring in",
    "Title": "title",
    "Relationship": "relationship to the pupil",
    "Responsibility": "parental responsibility",
    # The history
    "EntryDate": "date of joining",
    "LeavingDate": "leaving date",
    "LeavingReason": "leaving reason",
    "LastSchool": "mark of the last school",
    "RemovalGrounds": "ground for taking the pupil off the register",
}
"""Every element we read, by its name in the file."""

COLUMNS = {
    "surname": "surname",
    "forename": "forename",
    "born": "date of birth",
    "entry_on": "date of joining",
    "leaving_on": "leaving date",
    "school": "name of the school",
    "contact_surname": "surname of a contact",
    "contact_forename": "forename of a contact",
    "contact_email": "email address of a contact",
}
"""The columns of a list that a sentence may name, by our own field."""

_OF_THE_PUPIL = frozenset({"Relationship", "Order", "Responsibility"})
_OF_SCHOOLS = frozenset({"LEA", "Estab", "URN", "SchoolName"})


def element_words(name: str, path: str) -> str:
    """What an element, or a column of a list, is called where it stands in a file.

    `path` tells a contact's surname from the pupil's.
    """
    words = ELEMENTS.get(name) or COLUMNS.get(name) or name
    if "/Contacts/" in path and name not in _OF_THE_PUPIL:
        return f"{words} of a contact"
    if "/SchoolHistory/" in path and name in _OF_SCHOOLS:
        return f"{words} in the pupil's history"
    return words


def columns_words(names: Iterable[str]) -> str:
    """Columns of a list in one phrase: `surname, forename and date of birth`."""
    words = [COLUMNS.get(name, f"“{name}”") for name in names]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def place_words(path: str) -> str:
    """Where in the file a path leads, short: `Pupil 3, Contacts, Contact 2, Surname`.

    In a list that is a row and what the column holds.
    """
    row, _, column = path.partition("/")
    if row.startswith("row "):
        return ", ".join(filter(None, (row, element_words(column, ""))))
    parts = [part.replace("[", " ").replace("]", "") for part in path.strip("/").split("/")]
    frame = {"CTfile", "ATfile", "CTFpupilData", "ATFpupilData"}
    return ", ".join(part for part in parts if part and part not in frame)
