"""What schools' files get wrong, how often, and how a right file is turned into such a one.

Source: files.md section 11, as schools and vendors report it. The rates are guesses.
"""

import re
from enum import StrEnum


class Defect(StrEnum):
    """A way in which a file, its name, or what it says of a child is not as it should be."""

    HOME_EDUCATED_AS_LOST = "home_educated_as_lost"
    ABROAD_AS_LOST = "abroad_as_lost"
    NO_LEAVING_DATE = "no_leaving_date"
    EMPTY_LEAVING_DATE = "empty_leaving_date"
    NO_GROUND = "no_ground"
    EMPTY_GROUND = "empty_ground"
    NO_REASON = "no_reason"
    LOST_FILE_ONLY = "lost_file_only"
    NO_LOST_FILE = "no_lost_file"
    CAPITALS = "capitals"
    SPACED_PHONE = "spaced_phone"
    PADDED_HOUSE_NUMBER = "padded_house_number"
    NAMES_SWAPPED = "names_swapped"
    WRONG_CHECK_LETTER = "wrong_check_letter"
    NEW_UPN = "new_upn"
    TEMPORARY_UPN = "temporary_upn"
    CHANGED_SPELLING = "changed_spelling"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    BROWSER_COPY = "browser_copy"
    NAME_NOT_HEADER = "name_not_header"
    OLD_NUMBER = "old_number"
    OLD_VERSION = "old_version"
    GENDER_FOR_SEX = "gender_for_sex"
    BYTE_ORDER_MARK = "byte_order_mark"
    NO_URN = "no_urn"
    MANY_IN_LOST_FILE = "many_in_lost_file"
    NO_QUALIFIER = "no_qualifier"
    LATE = "late"
    TWICE = "twice"
    TRUNCATED = "truncated"
    DOCTYPE = "doctype"
    SILENT = "silent"
    SENIOR_CLASS_TOO = "senior_class_too"


RATES: dict[Defect, float] = {
    Defect.HOME_EDUCATED_AS_LOST: 0.25,
    Defect.ABROAD_AS_LOST: 0.2,
    Defect.NO_LEAVING_DATE: 0.03,
    Defect.EMPTY_LEAVING_DATE: 0.02,
    Defect.NO_GROUND: 0.05,
    Defect.EMPTY_GROUND: 0.03,
    Defect.NO_REASON: 0.02,
    Defect.LOST_FILE_ONLY: 0.08,
    Defect.NO_LOST_FILE: 0.12,
    Defect.NAMES_SWAPPED: 0.3,
    Defect.WRONG_CHECK_LETTER: 0.01,
    Defect.NEW_UPN: 0.04,
    Defect.TEMPORARY_UPN: 0.5,
    Defect.CHANGED_SPELLING: 0.08,
    Defect.DAY_AND_MONTH_SWAPPED: 0.015,
    Defect.BROWSER_COPY: 0.03,
    Defect.NAME_NOT_HEADER: 0.01,
    Defect.GENDER_FOR_SEX: 0.01,
    Defect.NO_URN: 0.05,
    Defect.NO_QUALIFIER: 0.02,
    Defect.LATE: 0.04,
    Defect.TWICE: 0.03,
    Defect.TRUNCATED: 0.004,
    Defect.DOCTYPE: 0.002,
}
"""How often a defect is made where it can be: of rows, or of files."""

SCHOOL_RATES: dict[Defect, float] = {
    Defect.CAPITALS: 0.12,
    Defect.SPACED_PHONE: 0.3,
    Defect.PADDED_HOUSE_NUMBER: 0.2,
    Defect.OLD_NUMBER: 0.3,
    Defect.OLD_VERSION: 0.12,
    Defect.BYTE_ORDER_MARK: 0.1,
    Defect.SENIOR_CLASS_TOO: 0.06,
}
"""The share of schools whose office or system always makes a defect."""

UNREADABLE = frozenset({Defect.TRUNCATED, Defect.DOCTYPE})


def emptied(data: bytes, element: str, pupil: int) -> bytes:
    """Return the file with an element of one pupil, counted from 1, there but empty."""
    name = element.encode()
    head, *pupils = data.split(b"<Pupil>")
    full = rb"<" + name + rb">[^<]*</" + name + rb">"
    pupils[pupil - 1] = re.sub(full, b"<" + name + b"></" + name + b">", pupils[pupil - 1])
    return b"<Pupil>".join((head, *pupils))


def with_padded_house_numbers(data: bytes) -> bytes:
    """Return the file with house numbers in the fixed-width form of BS7666."""
    return re.sub(
        rb"<Street>(?:[^<,]*, )?(\d+) ([^<]*)</Street>",
        rb"<PAON>  \1      </PAON><Street>\2</Street>",
        data,
    )


def with_gender(data: bytes) -> bytes:
    """Return the file with the element's name of before version 25."""
    return re.sub(rb"<(/?)Sex>", rb"<\1Gender>", data)


def without_qualifier(data: bytes) -> bytes:
    """Return the file without the element that says it is a leavers' or joiners' file."""
    return re.sub(rb"\s*<DataQualifier>[^<]*</DataQualifier>", b"", data)


def truncated(data: bytes) -> bytes:
    """Return the first part of the file, as a broken upload leaves it."""
    return data[: len(data) * 7 // 10]


def with_doctype(data: bytes) -> bytes:
    """Return the file with a document type and an entity, which no school's file has."""
    return data.replace(b"<CTfile>", b'<!DOCTYPE CTfile [<!ENTITY la "310">]>\n<CTfile>', 1)


def with_mark(data: bytes) -> bytes:
    """Return the file with a byte order mark before it."""
    return b"\xef\xbb\xbf" + data
