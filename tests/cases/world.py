"""A small borough with children on its register, built by actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import Child, IdentifierKind, PlaceKind, Source, SourceKind
from onroll.formats.gias import Establishment
from onroll.schools import actions as schools
from onroll.schools.models import School

# Wednesday of the second half of the autumn term 2026, which the terms below list.
TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
LEFT_ON = date(2026, 11, 6)
BORN = date(2015, 3, 4)
TERMS = (
    ("Autumn, first half", date(2026, 9, 1), date(2026, 10, 23)),
    ("Autumn, second half", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)),
)


def school(number: str, name: str, *, is_open: bool = True) -> School:
    """Load one school as GIAS would give it."""
    row = Establishment(
        urn=f"1{number[2:]}",
        la_code=number[:3],
        la_name="Harrow",
        establishment=number[3:],
        name=name,
        kind="Community school",
        kind_group="Local authority maintained schools",
        status="Open" if is_open else "Closed",
        opened_on=None,
        closed_on=None,
        phase="All-through",
        lowest_age=4,
        highest_age=16,
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
    schools.load_schools(establishments=[row], reporting_to="310")
    return School.objects.get(la_code=number[:3], establishment=number[3:])


@dataclass
class World:
    """Two schools, their terms, and everyone who tells us something."""

    st_anns: School
    mill_lane: School
    source: Source
    at: datetime = AT
    on: date = TODAY
    made: list[Child] = field(default_factory=list)

    def child(
        self,
        forename: str = "Sam",
        surname: str = "Example",
        born: date | None = BORN,
        *,
        upn: str = "",
        addresses: Sequence[AddressFacts] = (),
        adults: Sequence[AdultFacts] = (),
        flags: Sequence[str] = (),
        is_protected: bool = False,
    ) -> Child:
        """Add a made-up child."""
        facts = ChildFacts(
            forename=forename,
            surname=surname,
            born_on=born,
            sex="F",
            identifiers=((IdentifierKind.UPN.value, upn),) if upn else (),
            addresses=tuple(addresses),
            adults=tuple(adults),
            flags=tuple(flags),
        )
        child = children.add_child(facts=facts, source=self.source)
        if is_protected:
            Child.objects.filter(pk=child.pk).update(is_protected=True)
            child.refresh_from_db()
        self.made.append(child)
        return child

    def at_school(
        self, child: Child, school: School | None = None, from_on: date | None = date(2021, 9, 2)
    ) -> None:
        """Put a child on a school's roll."""
        children.start_place(
            child=child,
            kind=PlaceKind.REGISTERED,
            from_on=from_on,
            source=self.source,
            school=school or self.st_anns,
            is_confirmed=True,
        )

    def left(self, child: Child, on: date = LEFT_ON, school: School | None = None) -> None:
        """Take a child off a school's roll."""
        children.end_place(
            child=child, school=school or self.st_anns, left_on=on, source=self.source
        )

    def case(
        self,
        child: Child | None = None,
        *,
        reason: str = "unknown_destination",
        since: date = LEFT_ON + timedelta(1),
        on: date = TODAY,
        owner: User | None = None,
        school: School | None = None,
        event_on: date | None = None,
    ) -> Case:
        """Open a case for a child."""
        report = cases.Report(
            reason=reason,
            because="The school did not say where the child went.",
            clause="policy p.18",
            source=self.source,
            missing_since_on=since,
            school=school or self.st_anns,
            event_on=event_on,
        )
        case, _ = cases.open_case(child=child or self.child(), report=report, on=on, at=self.at)
        if owner is not None:
            case = cases.assign_case(case=case, owner=owner, by=owner, at=self.at)
        return case


def build() -> World:
    """Make the schools and terms."""
    for name, starts_on, ends_on in TERMS:
        schools.set_term(name=name, starts_on=starts_on, ends_on=ends_on)
    return World(
        st_anns=school("3102001", "St Ann's School"),
        mill_lane=school("3102002", "Mill Lane School"),
        source=children.add_source(
            kind=SourceKind.FILE, said_by="St Ann's School", said_on=TODAY, at=AT, reference="T-1"
        ),
    )


def today() -> date:
    """Return the day the pages think it is."""
    return timezone.localdate()
