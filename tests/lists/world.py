"""Lists of made-up children, brought and taken in, and what they show."""

from datetime import date, datetime, timedelta
from typing import Any

from onroll.intake import actions, tasks
from onroll.intake.models import ListKind, Transfer
from onroll.lists.models import Finding
from onroll.schools.models import School
from tests.intake.world import AT, TODAY, UPN
from tests.proof import facts

HEADINGS = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission,Postcode\n"
LEFT = HEADINGS.replace("Postcode", "Postcode,Date of Leaving")
SAM = f"310,2001,{UPN},Example,Sam,04/03/2015,F,02/09/2020,HA1 2AB\n"
TWIN = "310,2001,,Example,Alex,04/03/2015,M,02/09/2020,HA1 2AB\n"
NOOR = "310,2001,,Sample,Noor,05/04/2016,F,01/09/2021,HA1 1AA\n"
WEEK = timedelta(days=7)
LATER = AT + WEEK


def listed(
    *lines: str,
    kind: ListKind = ListKind.ROLL,
    on: date = TODAY,
    at: datetime = AT,
    name: str = "list.csv",
    headings: str = HEADINGS,
) -> Transfer:
    received = actions.receive_list(
        content=(headings + "".join(lines)).encode(),
        name=name,
        kind=kind,
        on=on,
        how="command",
        at=at,
    )
    return tasks.take_through(received.transfer.pk, at=at, actor="test")


def later(*lines: str, **said: Any) -> Transfer:
    return listed(*lines, **{"on": TODAY + WEEK, "at": LATER} | said)


def found() -> list[tuple[str, str]]:
    waiting = Finding.objects.waiting().values_list("kind", "child__forename")
    return sorted(waiting)


def at_st_anns() -> dict[str, Any]:
    """Return what is stated of a child who is ill at home and still on the roll of St Ann's."""
    return facts("attendance", on=TODAY, school=School.objects.get(establishment="2001"))
