"""Pupils of St Ann's as files of schools have them. All are made up."""

from typing import Any

from django.utils import timezone

from onroll.children.actions import (
    AddressFacts,
    AdultFacts,
    ChildFacts,
    add_child,
    add_source,
    start_place,
)
from onroll.children.models import Child, PlaceKind, SourceKind
from onroll.intake.actions import receive_file
from onroll.intake.models import Transfer
from onroll.schools.models import School
from tests.journeys.world import World

HOME = AddressFacts(lines=("12 Elm Road",), town="Harrow", postcode="HA1 1AA")
MOTHER = AdultFacts(forename="Mira", surname="Merlinton", phones=("020 7946 0002",))


def pupil_of(world: World, *, sender: School | None = None, **more: Any) -> Child:
    """Return a pupil on the roll of St Ann's; the other facts are those of a file of `sender`."""
    sender, at = sender or world.st_anns, timezone.now()
    number = Transfer.objects.count()
    file = receive_file(content=f"file {number}".encode(), name="a.xml", how="command", at=at)
    source = add_source(
        kind=SourceKind.FILE, said_by=sender.name, said_on=world.today, at=at, by=None
    )
    Transfer.objects.filter(pk=file.transfer.pk).update(sender=sender, source=source)
    facts: dict[str, Any] = {
        "forename": "Rowan",
        "surname": "Merlinton",
        "born_on": world.born,
        "sex": "M",
        "addresses": (HOME,),
        "adults": (MOTHER,),
    }
    child = add_child(facts=ChildFacts(**{**facts, **more}), source=source)
    start_place(
        child=child,
        kind=PlaceKind.REGISTERED,
        from_on=world.ago(30),
        school=world.st_anns,
        source=source,
        is_confirmed=True,
    )
    return child
