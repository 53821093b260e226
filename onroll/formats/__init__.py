"""The files schools and authorities exchange: read, checked and written.

Bytes in, records and problems out.
"""

from onroll.formats.cmj import write_cmj
from onroll.formats.cml import write_cml
from onroll.formats.ctf import write_ctf, write_lost_pupil_ctf
from onroll.formats.grounds import Reading, ground_readings
from onroll.formats.kinds import FORMATS, FileKind, Format
from onroll.formats.names import file_name, parse_name
from onroll.formats.problems import RULES, TO_MEND, Audience, Facts, Problem, Unreadable
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
from onroll.formats.writing import Unwritable

__all__ = [
    "FORMATS",
    "RULES",
    "TO_MEND",
    "Audience",
    "Contact",
    "Document",
    "Facts",
    "FileKind",
    "Format",
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
    "Unwritable",
    "file_name",
    "ground_readings",
    "parse_name",
    "read",
    "stream",
    "write_cmj",
    "write_cml",
    "write_ctf",
    "write_lost_pupil_ctf",
]
