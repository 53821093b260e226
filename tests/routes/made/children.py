"""Children on record: missing from a school, perhaps one with another, told apart."""

from collections import Counter
from datetime import timedelta
from itertools import chain

from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case, Note
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child, PlaceKind, SourceKind
from onroll.duplicates import actions as duplicates
from onroll.schools.models import School
from tests.people import People


def child_missing(everyone: People, school: School, *, surname: str, street: str) -> Case:
    """Return the case of a child who left a school for nobody knows where."""
    today = timezone.localdate()
    return cases.report_child(
        key=f"crawler {surname}",
        child=_pupil(school, surname=surname, street=street, by=everyone.olive),
        reason="unknown_destination",
        because="The school does not know where the child went",
        said_by=school.name,
        by=everyone.olive,
        on=today,
        at=timezone.now(),
        last=cases.LastSchool(school=school, left_on=today - timedelta(days=20)),
    )


def _pupil(school: School, *, surname: str, street: str, by: User) -> Child:
    """Return a child on record with an address and a place at a school."""
    today = timezone.localdate()
    source = children.add_source(
        kind=SourceKind.LIST, said_by=school.name, said_on=today, at=timezone.now(), by=by
    )
    born_on = today.replace(year=today.year - 9, day=1)
    address = AddressFacts(lines=(f"12 {street}",), town="Harrow", postcode="HA1 1AA")
    facts = ChildFacts(forename="Made-up", surname=surname, born_on=born_on, addresses=(address,))
    child = children.add_child(facts=facts, source=source)
    children.start_place(
        child=child,
        kind=PlaceKind.REGISTERED,
        from_on=today - timedelta(days=400),
        school=school,
        source=source,
        is_confirmed=True,
    )
    return child


def two_pairs(everyone: People) -> None:
    """Two records that are proposed as one child, and two that were told apart."""
    today, now = timezone.localdate(), timezone.now()
    source = children.add_source(
        kind=SourceKind.LIST, said_by="A list", said_on=today, at=now, by=everyone.olive
    )
    one, same, other = (
        children.add_child(facts=ChildFacts(forename="Made-up", surname=name), source=source)
        for name in ("Pairwise", "Pairwyse", "Twinfold")
    )
    duplicates.propose_merge(
        target=one, merged=same, why="One passport.", by=everyone.olive, at=now
    )
    duplicates.tell_apart(first=one, second=other, why="Two births.", by=everyone.olive, at=now)


def marks() -> dict[int, tuple[str, ...]]:
    """Return of each child the surname, streets and notes that no other child has, by key."""
    texts = {
        child.pk: {
            child.surname,
            *(address.lines[0].partition(" ")[2] for address in child.addresses.all()),
            *Note.objects.filter(case__child=child).values_list("text", flat=True),
        }
        for child in Child.objects.all()
    }
    times = Counter(chain.from_iterable(texts.values()))
    return {pk: tuple(text for text in of if times[text] == 1) for pk, of in texts.items()}
