"""School files made for tests, whole or with a fault. Every child and adult in them is made up."""

from dataclasses import replace
from datetime import date, datetime

from onroll.formats import (
    Contact,
    Document,
    Phone,
    PostalAddress,
    Problem,
    PupilRecord,
    SchoolId,
    SchoolSpell,
    read,
)
from onroll.formats.writing import header_of, write

SCHOOL = SchoolId("310", "2001", "137001", "Made-up Primary School", "2026")
NEXT = SchoolId("310", "4002", "137002")
AUTHORITY = SchoolId("310", "LLLL")
MADE_AT = datetime(2026, 11, 23, 10, 15)
LOCKED = b"\xd0\xcf\x11\xe0" + bytes(100_000) + "EncryptedPackage".encode("utf-16-le")
"""What is telling in an Excel file with a password: its directory may stand anywhere in it."""
HOME = PostalAddress(("1 Invented Road", "Madeupton"), postcode="HA1 2AB")

SAM = PupilRecord(
    index=1,
    upn="H801200001001",
    surname="Inventedname",
    forename="Sam",
    middle_names="Ivy",
    born=date(2014, 3, 2),
    born_text="2014-03-02",
    sex="F",
    year_group="8",
    addresses=(HOME,),
    phones=(Phone("H", "02079460001"),),
    contacts=(
        Contact(
            1, "Ms", "Inventedname", "Ann", "PAM", True, True, None, (Phone("M", "07700900001"),)
        ),
    ),
    schools=(
        SchoolSpell(
            "310", "2001", "137001", "Made-up Primary School",
            date(2023, 9, 4), date(2026, 11, 20), "MI", is_sender=True,
        ),
    ),
)  # fmt: skip


def file(
    *pupils: PupilRecord, data: str = "", to: SchoolId | None = None, version: int = 25
) -> str:
    """A file as text, to be read as it is or spoilt first."""
    to = to or (AUTHORITY if data else NEXT)
    header = header_of(source=SCHOOL, destination=to, made_at=MADE_AT, version=version, data=data)
    return write(header, pupils or (SAM,), grounds=data == "CML").decode()


def left(**facts: object) -> PupilRecord:
    """Sam, with something else said of the school she left."""
    spell = replace(SAM.schools[0], **facts)  # type: ignore[arg-type] # any field of it
    return replace(SAM, schools=(spell,))


def reading(text: str | bytes, name: str = "") -> Document:
    """Read a file's text under a name, by default the right one for a CTF to the next school."""
    content = text.encode() if isinstance(text, str) else text
    return read(content, name=name or "3102001_CTF_3104002_001.xml")


def rules(document: Document) -> list[str]:
    """Which rules a file breaks."""
    return [problem.rule for problem in document.problems]


def the(rule: str, document: Document) -> Problem:
    """The one problem of a rule."""
    (problem,) = [problem for problem in document.problems if problem.rule == rule]
    return problem
