"""A file that a made-up school has still to write, and the records in it."""

from dataclasses import dataclass, field
from datetime import date

from onroll.demo.defects import Defect
from onroll.formats import FileKind, PupilRecord, SchoolId


@dataclass(frozen=True, slots=True)
class Line:
    """One record to be written, and what is true of it."""

    record: PupilRecord
    about: str
    event: str
    child: str
    defects: tuple[Defect, ...]


@dataclass
class Draft:
    """A file still to be written."""

    kind: FileKind
    school: str
    destination: SchoolId
    due_on: date
    is_late: bool = False
    lines: list[Line] = field(default_factory=list)
