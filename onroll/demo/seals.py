"""One case of the demo is sealed, and somebody has opened it by break-glass."""

from datetime import datetime, timedelta

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children.queries import plain
from onroll.glass import actions as glass
from onroll.glass.actions import Target

_WHY = "An uncle of the child works in the council’s housing team, and the mother is afraid of him."
_EMERGENCY = (
    "The police rang at five: a girl of this name is at a station, and nobody of the team answers."
)


def seal_one(people: dict[str, User], *, at: datetime) -> None:
    """Let Mia of the hub seal a case of Olive’s for Olive and herself; Lena opened it yesterday."""
    olive, mia, lena = people["olive"], people["mia"], people["lena"]
    mine = Case.objects.open().filter(owner=olive, child__born_on__isnull=False)
    case = mine.filter(plain("child")).order_by("pk").last()
    if case is None:
        return
    before = at - timedelta(days=1)
    casework.seal_case(case=case, why=_WHY, team=[mia], by=mia, at=before - timedelta(hours=1))
    glass.break_glass(target=Target(ref=case.ref), why=_EMERGENCY, by=lena, at=before)
