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
from onroll.schools.models import School
from tests.world import AUTUMN_2026, establishment, load, set_terms

# Wednesday of the second half of the autumn term 2026, which the terms below list.
TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
LEFT_ON = date(2026, 11, 6)
BORN = date(2015, 3, 4)
TERMS = (*AUTUMN_2026, ("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)))


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
    set_terms(*TERMS)
    st_anns, mill_lane = load(
        establishment("3102001", "St Ann's School"), establishment("3102002", "Mill Lane School")
    )
    return World(
        st_anns=st_anns,
        mill_lane=mill_lane,
        source=children.add_source(
            kind=SourceKind.FILE, said_by="St Ann's School", said_on=TODAY, at=AT, reference="T-1"
        ),
    )


def today() -> date:
    """Return the day the pages think it is."""
    return timezone.localdate()
