"""A small borough for intake's tests, built by actions. Every child in it is made up."""

from datetime import UTC, date, datetime
from typing import Any

from onroll.children.models import Child, Identifier
from onroll.children.queries import where_is
from onroll.intake.models import Row, Transfer
from onroll.schools.models import School
from tests import files, world
from tests.world import school as school

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()
ENTRY_ON = date(2020, 9, 2)
LEFT_ON = date(2026, 11, 13)
BORN = date(2015, 3, 4)
UPN = "J310200025001"
OTHER_UPN = "B310200022001"


def schools() -> tuple[School, School]:
    """Return St Ann's, which children leave, and Mill Lane, which they join."""
    return school("3102001", "St Ann's School"), school("3102002", "Mill Lane School")


def take_in(
    content: bytes, name: str = "3102001_CML_310LLLL_001.xml", at: datetime = AT
) -> Transfer:
    """Put a file through the whole pipeline and return it."""
    return world.take_in(content, name, at=at)


def pupil(**said: Any) -> str:
    """Return the record of Sam Example as St Ann's would write it, with what else it says."""
    facts = {"surname": "Example", "forename": "Sam", "born": BORN, "upn": UPN}
    return files.pupil(**({**facts, "entry_on": ENTRY_ON} | said))


def going_to(number: str = "", name: str = "", on: date | None = None) -> str:
    """Return the part of a record that says where a leaver goes."""
    inside = "".join(
        f"<{tag}>{value}</{tag}>"
        for tag, value in (
            ("LEA", number[:3]),
            ("Estab", number[3:]),
            ("SchoolName", name),
            ("EntryDate", on),
        )
        if value
    )
    return f"<School>{inside}</School>"


def leaves(
    *,
    made: date = TODAY,
    estab: str = "2001",
    at: datetime = AT,
    left_on: date | None = LEFT_ON,
    **said: Any,
) -> Row:
    """Take in a leaver's file about Sam Example and return its record."""
    record = pupil(left_on=left_on, estab=estab, **said)
    name = f"310{estab}_CML_310LLLL_001.xml"
    return take_in(files.cml(record, made=made, estab=estab), name, at).rows.get()


def joins(
    *,
    made: date = TODAY,
    estab: str = "2002",
    at: datetime = AT,
    entry_on: date | str | None = TODAY,
    **said: Any,
) -> Row:
    """Take in a joiner's file about Sam Example and return its record."""
    record = pupil(entry_on=entry_on, estab=estab, **said)
    name = f"310{estab}_CMJ_310LLLL_001.xml"
    return take_in(files.cmj(record, made=made, estab=estab), name, at).rows.get()


def enrolled(**said: Any) -> Row:
    """Put Sam Example on a roll by a joiner's file of long ago."""
    entry_on = said.pop("entry_on", ENTRY_ON)
    made = said.pop("made", entry_on)
    return joins(estab=said.pop("estab", "2001"), entry_on=entry_on, made=made, **said)


def sam() -> Child:
    """Return the child with Sam Example's number."""
    return Identifier.objects.get(kind="upn", value=UPN).child


def places(on: date = TODAY) -> list[str]:
    """Return the titles of the places where Sam Example is educated on a day."""
    return [place.title for place in where_is(sam(), on=on).places]
