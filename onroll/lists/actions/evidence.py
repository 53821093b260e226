"""What a comparison of a list knows, and what its checks share."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from onroll.children.models import Child, Place
from onroll.children.models.place import EDUCATION
from onroll.intake.models import ListKind, Row, Transfer
from onroll.lists.models import Finding
from onroll.rules import age
from onroll.rules.findings import FindingKind
from onroll.schools.models import School

AT_ONCE = 2000

Children = Collection[int] | QuerySet[Row, int]
"""Numbers of children, or the query that gives them."""


@dataclass
class Comparison:
    """A list of one day, whom it has at each school, and what it turned out to end."""

    transfer: Transfer
    on: date
    at: datetime
    rolls: dict[School, set[int]] = field(default_factory=dict)
    possible: dict[int, int] = field(default_factory=dict)
    """Children whom a record nobody has settled may be of, with that record."""
    off_roll: set[int] = field(default_factory=set)
    """Rows that say themselves that the child is not there, or may not be."""
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)
    """What such a row says, by the child and the school."""
    old_places: list[int] = field(default_factory=list)
    """Places that ended, because the child is known to be at another."""

    @property
    def children(self) -> QuerySet[Row, int]:
        """Return the query for everyone on the list who is known, and is there by their own row."""
        present = self.transfer.rows.filter(child__isnull=False).exclude(pk__in=self.off_roll)
        return present.values_list("child_id", flat=True)

    def finding(
        self, kind: FindingKind, about: Child | Row, words: str, *, school: School | None = None
    ) -> Finding:
        """Return what is found of a child, or of the child a record is of, with the evidence."""
        row = about if isinstance(about, Row) else None
        child = about.child if isinstance(about, Row) else about
        return Finding(
            transfer=self.transfer,
            child=child,
            kind=kind.value,
            school=school,
            row=row,
            maybe_row_id=self.possible.get(child.pk) if child is not None else None,
            because=words,
            found_at=self.at,
        )

    def elsewhere(self, children: Children, *, apart_from: School | None = None) -> set[int]:
        """Return children who are known to be educated elsewhere on the day of the list.

        A place at a school whose own roll stands in the same list counts only if the child is on
        that roll.
        """
        places = Place.objects.on_day(self.on).filter(child__in=children, kind__in=EDUCATION)
        if apart_from is not None:
            places = places.exclude(school=apart_from)
        is_roll = self.transfer.list_kind == ListKind.ROLL.value
        rolls = {school.pk: present for school, present in self.rolls.items()} if is_roll else {}
        return {
            child
            for child, school in places.values_list("child_id", "school_id").iterator(AT_ONCE)
            if school not in rolls or child in rolls[school]
        }


def places_on(day: date) -> QuerySet[Place]:
    """Return the places of a day; what a record merged into another still has is not asked."""
    return (
        Place.objects.on_day(day)
        .filter(child__merged_into__isnull=True)
        .select_related("child", "school")
        .order_by("child_id", "pk")
    )


def is_of_age(child: Child, on: date) -> bool:
    """Say whether a child lives and is of compulsory school age; yes if the birthday is unknown."""
    is_alive = child.died_on is None
    return is_alive and (child.born_on is None or age.is_compulsory(child.born_on, on=on))
