"""One week in a small borough: files that came in, cases that were opened and closed.

The week is 16 to 22 November 2026. Every child is made up; the names are canaries that no message
and no page for people without casework may hold.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.intake.models import Transfer
from onroll.schools.models import School
from tests import files
from tests.proof import facts
from tests.world import AUTUMN_2026, school, set_terms, take_in

MONDAY = date(2026, 11, 16)
EARLIER = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
BORN = date(2015, 3, 4)
FORMULA = "=HYPERLINK(1)"
CANARIES = ("Quillfeather", "Homeward", "Farawayson", "Lateley", "Foundling", "Provedson")


@dataclass
class World:
    """What the week left behind."""

    st_anns: School
    mill_lane: School
    quiet: School
    leavers: Transfer
    joiners: Transfer
    closed: Case


def leaver(surname: str, forename: str, *, left_on: date, **said: str) -> str:
    """Return a leaver's record of St Ann's."""
    return files.pupil(
        surname=surname,
        forename=forename,
        born=BORN,
        entry_on=date(2020, 9, 2),
        left_on=left_on,
        **said,  # type: ignore[arg-type]  # the rest are texts
    )


def build(olive: User) -> World:
    """Let the week go by; Olive closes one case with proof."""
    set_terms(*AUTUMN_2026)
    st_anns, mill_lane = school("3102001", "St Ann's"), school("3102002", "Mill Lane")
    quiet = school("3102003", "Quiet Corner")
    before = files.cml(
        leaver("Foundling", "Joy", left_on=date(2026, 11, 3), reason="UK"),
        leaver("Provedson", "Pip", left_on=date(2026, 11, 3), reason="UK"),
        made=EARLIER.date(),
    )
    take_in(before, "3102001_CML_310LLLL_001.xml", at=EARLIER)
    leavers = files.cml(
        leaver("Quillfeather", FORMULA, left_on=date(2026, 11, 13), reason="UK"),
        leaver("Homeward", "Hera", left_on=date(2026, 11, 17), reason="EL"),
        leaver("Farawayson", "Abe", left_on=date(2026, 11, 17), reason="LC"),
        leaver("Lateley", "Lena", left_on=date(2026, 10, 9), reason="UK"),
        made=WEDNESDAY.date(),
    )
    joiners = files.cmj(
        files.pupil(
            surname="Foundling",
            forename="Joy",
            born=BORN,
            estab="2002",
            entry_on=date(2026, 11, 9),
        ),
        made=WEDNESDAY.date(),
    )
    told = take_in(leavers, "3102001_CML_310LLLL_002.xml", at=WEDNESDAY)
    came = take_in(joiners, "3102002_CMJ_310LLLL_001.xml", at=THURSDAY)
    take_in(b"<CTfile><Header>", "3102001_CML_310LLLL_003.xml", at=THURSDAY)
    case = Case.objects.get(child__surname="Provedson")
    cases.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=THURSDAY.date(), school=mill_lane),
        why="Seen.",
        by=olive,
        at=THURSDAY,
    )
    return World(st_anns, mill_lane, quiet, told, came, case)
