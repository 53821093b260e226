"""Two schools and their people, in a term that lasts whatever the day of the test is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from onroll.audit.actions import acting
from onroll.schools import actions as schools
from onroll.schools.models import School
from onroll.schools.queries import find_school
from tests import people as persons
from tests.people import People
from tests.world import establishment, load, set_terms

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class World:
    """St Ann's, which children leave and where Sam works; Mill Lane, which they join, Tess's."""

    people: People
    st_anns: School
    mill_lane: School
    today: date

    @property
    def born(self) -> date:
        """Return the birthday of a child who is seven or eight, whatever the day."""
        return date(self.today.year - 8, 2, 10)

    def ago(self, weeks: int) -> date:
        """Return a weekday so many weeks ago."""
        day = self.today - weeks * WEEK
        return day - DAY * max(0, day.weekday() - 4)


def build() -> World:
    """Make the schools, a term around today, and everyone."""
    today = timezone.localdate()
    with acting(actor="test"):
        primary: dict[str, Any] = {"phase": "Primary", "highest_age": 11}
        st_anns, mill_lane = load(
            establishment("3102001", "St Ann’s School", **primary),
            establishment("3102002", "Mill Lane School", **primary),
        )
        set_terms(("Term", today - 20 * WEEK, today + 20 * WEEK))
        everyone = persons.build()
        schools.add_staff(user=everyone.sam, school=st_anns, on=today)
        schools.add_staff(user=everyone.tess, school=mill_lane, on=today)
    return World(everyone, st_anns, mill_lane, today)


def school(number: str) -> School:
    """Return a school on file by its seven digits."""
    found = find_school(la_code=number[:3], establishment=number[3:])
    assert found is not None
    return found
