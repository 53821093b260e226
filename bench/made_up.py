"""Transfer files of made-up pupils, as large as asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from onroll.demo import Year, tell
from onroll.demo.movement import Arrival
from onroll.demo.records import joiner_record
from onroll.formats import PupilRecord, SchoolId, write_ctf

SEED = 310
MADE_AT = datetime(2026, 9, 11, 16)
SENDER = SchoolId("310", "2001", "", "A made-up school")


def transfer_file(pupils: int) -> bytes:
    """Return a CTF of so many pupils, with the families, homes and adults the demo gives them."""
    year = tell(pupils=pupils, seed=SEED, weeks=0)
    to = SchoolId("310", "2002")
    return write_ctf(list(_records(year)), source=SENDER, destination=to, made_at=MADE_AT)


def full_transfer_file(pupils: int) -> bytes:
    """Return the same with what other schools' systems add and Onroll has no use for.

    Three years of attendance and nine results for each pupil, as in a primary school's file.
    """
    added = b"".join((b"<Attendance>", *map(_attended, (2023, 2024, 2025)), b"</Attendance>"))
    results = b"".join(map(_result, (b"ENG", b"MAT", b"SCI") * 3))
    added += b"<StageAssessments><KeyStage><Stage>KS1</Stage>%s</KeyStage></StageAssessments>"
    before = b"<SchoolHistory>"
    return transfer_file(pupils).replace(before, added % results + before)


def _records(year: Year) -> Iterator[PupilRecord]:
    for index, spell in enumerate(year.spells, start=1):
        arrival = Arrival(
            key=spell.child,
            child=spell.child,
            school=spell.school,
            entered_on=spell.from_on,
            came_from="borough",
            home=year.family(year.children[spell.child]).address,
        )
        record = joiner_record(year, arrival)
        school = replace(record.schools[0], la=SENDER.la, estab=SENDER.estab, urn=SENDER.urn)
        yield replace(record, index=index, schools=(school, *record.schools[1:]))


def _attended(year: int) -> bytes:
    return (
        b"<YearData><Year>%d</Year><LEA>310</LEA><Estab>2001</Estab>"
        b"<SessionsPossible>380</SessionsPossible><SessionsAuthorised>9</SessionsAuthorised>"
        b"<SessionsAttended>369</SessionsAttended><SessionsUnauthorised>2</SessionsUnauthorised>"
        b"</YearData>" % year
    )


def _result(subject: bytes) -> bytes:
    return (
        b"<StageAssessment><Locale>ENG</Locale><Year>2024</Year><Subject>%s</Subject>"
        b"<Method>TA</Method><Component>SUB</Component><ResultStatus>R</ResultStatus>"
        b"<ResultQualifier>NR</ResultQualifier><Result>EXS</Result>"
        b"<ResultDate>2024-06-28</ResultDate></StageAssessment>" % subject
    )
