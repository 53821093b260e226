"""Two schools and their people, in a term that lasts whatever the day of the test is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from onroll.audit.actions import acting
from onroll.formats.gias import Establishment
from onroll.schools import actions as schools
from onroll.schools.models import School
from onroll.schools.queries import find_school
from tests import people as persons
from tests.people import People

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
        schools.load_schools(
            establishments=[
                establishment("3102001", "St Ann’s School", urn="102001"),
                establishment("3102002", "Mill Lane School", urn="102002"),
            ],
            reporting_to="310",
        )
        schools.set_term(name="Term", starts_on=today - 20 * WEEK, ends_on=today + 20 * WEEK)
        everyone = persons.build()
        st_anns, mill_lane = school("3102001"), school("3102002")
        schools.add_staff(user=everyone.sam, school=st_anns, on=today)
        schools.add_staff(user=everyone.tess, school=mill_lane, on=today)
    return World(everyone, st_anns, mill_lane, today)


def school(number: str) -> School:
    """Return a school on file by its seven digits."""
    found = find_school(la_code=number[:3], establishment=number[3:])
    assert found is not None
    return found


def establishment(number: str, name: str, *, urn: str) -> Establishment:
    """Return one open school as GIAS would give it."""
    return Establishment(
        urn=urn,
        la_code=number[:3],
        la_name="Harrow",
        establishment=number[3:],
        name=name,
        kind="Community school",
        kind_group="Local authority maintained schools",
        status="Open",
        opened_on=None,
        closed_on=None,
        phase="Primary",
        lowest_age=4,
        highest_age=11,
        address=("1 Made-up Road",),
        town="Harrow",
        county="",
        postcode="HA1 1AA",
        website="",
        phone="020 7946 0000",
        head="",
        trust="",
        uprn="",
    )
