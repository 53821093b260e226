"""The files schools and authorities exchange: read, checked and written.

Bytes in, records and problems out.
"""

from onroll.formats.grounds import Reading, ground_readings
from onroll.formats.names import file_name, parse_name
from onroll.formats.problems import RULES, Problem, Unreadable
from onroll.formats.reading import Reader, read, stream
from onroll.formats.records import (
    Contact,
    Document,
    Header,
    Phone,
    PostalAddress,
    PupilRecord,
    SchoolId,
    SchoolSpell,
)

__all__ = [
    "RULES",
    "Contact",
    "Document",
    "Header",
    "Phone",
    "PostalAddress",
    "Problem",
    "PupilRecord",
    "Reader",
    "Reading",
    "SchoolId",
    "SchoolSpell",
    "Unreadable",
    "file_name",
    "ground_readings",
    "parse_name",
    "read",
    "stream",
]
