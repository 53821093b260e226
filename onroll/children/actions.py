"""Every write to children, the facts about them and their places."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.facts import AddressFacts as AddressFacts
from onroll.children.facts import AdultFacts as AdultFacts
from onroll.children.facts import ChildFacts as ChildFacts
from onroll.children.models import (
    Address,
    AddressKind,
    Adult,
    Child,
    Flag,
    Identifier,
    Name,
    NameKind,
    Place,
    PlaceKind,
    Relationship,
    Source,
    SourceKind,
)
from onroll.matching import search_keys
from onroll.matching.keys import joined
from onroll.schools.models import School

Told = tuple[Child, int | None, ChildFacts]
"""A child, the record's number in its source, and what the record said."""


@transaction.atomic
def add_source(
    *,
    kind: SourceKind,
    said_by: str,
    said_on: date,
    at: datetime,
    by: User | None = None,
    reference: str = "",
) -> Source:
    """Record that someone told us something, so that facts can point at it."""
    return Source.objects.create(
        kind=kind.value,
        said_by=said_by,
        said_on=said_on,
        recorded_at=at,
        recorded_by=by,
        reference=reference,
    )


def add_child(*, facts: ChildFacts, source: Source, row: int | None = None) -> Child:
    """Add one child and all that the source says of them."""
    return add_children(facts=[(row, facts)], source=source)[0]


@transaction.atomic
def add_children(
    *, facts: Sequence[tuple[int | None, ChildFacts]], source: Source
) -> list[Child]:
    """Add children with their numbers, names, homes and adults, in the order given.

    `facts` pairs the record's number in the source with what it said.
    """
    children = Child.objects.bulk_create(
        Child(
            source=source,
            source_row=row,
            forename=said.forename,
            middle_names=said.middle_names,
            surname=said.surname,
            chosen_forename=said.chosen_forename,
            chosen_surname=said.chosen_surname,
            born_on=said.born_on,
            sex=said.sex,
            search_keys=list(search_keys(_names_in(said))),
        )
        for row, said in facts
    )
    told = [(child, row, said) for child, (row, said) in zip(children, facts, strict=True)]
    _add_identifiers(told, source)
    _add_former_names(told, source)
    _add_addresses(told, source)
    _add_adults(told, source)
    _add_flags(told, source)
    return children


def _names_in(said: ChildFacts) -> tuple[str, ...]:
    return (
        said.forename,
        said.surname,
        said.chosen_forename,
        said.chosen_surname,
        said.former_surname,
    )


def _add_identifiers(told: Iterable[Told], source: Source) -> None:
    Identifier.objects.bulk_create(
        (
            Identifier(child=child, kind=kind, value=value, source=source, source_row=row)
            for child, row, said in told
            for kind, value in dict.fromkeys(said.identifiers)
        ),
        ignore_conflicts=True,
    )


def _add_former_names(told: Iterable[Told], source: Source) -> None:
    Name.objects.bulk_create(
        (
            Name(
                child=child,
                kind=NameKind.FORMER.value,
                surname=said.former_surname,
                source=source,
                source_row=row,
            )
            for child, row, said in told
            if said.former_surname
        ),
        ignore_conflicts=True,
    )


def _add_addresses(told: Iterable[Told], source: Source) -> None:
    Address.objects.bulk_create(
        _address(child, said, source, row)
        for child, row, facts in told
        for said in facts.addresses
    )


def _address(child: Child, said: AddressFacts, source: Source, row: int | None) -> Address:
    kind = AddressKind.FORWARDING if said.is_forwarding else AddressKind.HOME
    return Address(
        child=child,
        kind=kind.value,
        lines=list(said.lines),
        town=said.town,
        postcode=said.postcode,
        uprn=said.uprn,
        country=said.country,
        from_on=said.from_on,
        source=source,
        source_row=row,
    )


def _add_adults(told: Iterable[Told], source: Source) -> None:
    """Add each contact as their own person: one name is never taken for one adult (files 11.1)."""
    pairs = [(child, row, adult) for child, row, facts in told for adult in facts.adults]
    adults = Adult.objects.bulk_create(
        Adult(
            title=said.title,
            forename=said.forename,
            surname=said.surname,
            phones=list(said.phones),
            email=said.email,
            source=source,
            source_row=row,
        )
        for _, row, said in pairs
    )
    Relationship.objects.bulk_create(
        Relationship(
            child=child,
            adult=adult,
            kind=said.kind,
            order=said.order,
            has_responsibility=said.has_responsibility,
            lives_with_child=said.lives_with_child,
            source=source,
            source_row=row,
        )
        for adult, (child, row, said) in zip(adults, pairs, strict=True)
    )


def _add_flags(told: Iterable[Told], source: Source) -> None:
    Flag.objects.bulk_create(
        (
            Flag(child=child, kind=kind, from_on=source.said_on, source=source, source_row=row)
            for child, row, said in told
            for kind in dict.fromkeys(said.flags)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def add_facts(*, child: Child, facts: ChildFacts, source: Source, row: int | None = None) -> None:
    """Keep what a source says of a known child beside what is already known.

    Nothing is overwritten: a new spelling becomes an alias, a new address another address, a
    contact another contact. Only what was empty is filled.
    """
    child = Child.objects.select_for_update().get(pk=child.pk)
    told = [(child, row, facts)]
    _fill_gaps(child, facts)
    _add_alias(child, facts, source, row)
    _add_identifiers(told, source)
    _add_former_names(told, source)
    _add_flags(told, source)
    _add_addresses([(child, row, _only_new_addresses(child, facts))], source)
    _add_adults([(child, row, _only_new_adults(child, facts))], source)


def _fill_gaps(child: Child, said: ChildFacts) -> None:
    for field in ("middle_names", "chosen_forename", "chosen_surname", "born_on"):
        if not getattr(child, field):
            setattr(child, field, getattr(said, field))
    if child.sex == "U":
        child.sex = said.sex
    child.search_keys = sorted(set(child.search_keys) | set(search_keys(_names_in(said))))
    child.save()


def _add_alias(child: Child, said: ChildFacts, source: Source, row: int | None) -> None:
    same = joined(said.forename) == joined(child.forename) and joined(said.surname) == joined(
        child.surname
    )
    if not same and (said.forename or said.surname):
        Name.objects.get_or_create(
            child=child,
            kind=NameKind.ALIAS.value,
            forename=said.forename,
            surname=said.surname,
            defaults={"source": source, "source_row": row},
        )


def _only_new_addresses(child: Child, said: ChildFacts) -> ChildFacts:
    known = {(a.kind, a.postcode, _flat(a.lines)) for a in child.addresses.all()}

    def is_new(address: AddressFacts) -> bool:
        kind = AddressKind.FORWARDING if address.is_forwarding else AddressKind.HOME
        return (kind.value, address.postcode, _flat(address.lines)) not in known

    return ChildFacts(addresses=tuple(filter(is_new, said.addresses)))


def _flat(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split()).casefold()


def _only_new_adults(child: Child, said: ChildFacts) -> ChildFacts:
    known = {
        (joined(r.adult.forename), joined(r.adult.surname), r.kind, tuple(r.adult.phones))
        for r in child.relationships.select_related("adult")
    }
    return ChildFacts(
        adults=tuple(
            adult
            for adult in said.adults
            if (joined(adult.forename), joined(adult.surname), adult.kind, adult.phones)
            not in known
        )
    )


@transaction.atomic
def record_death(*, child: Child, on: date) -> None:
    """Note the day a child died, as the school's register says (Regs 2024 reg 9(1)(k))."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    child.died_on = child.died_on or on
    child.save(update_fields=["died_on"])


@transaction.atomic
def start_places(
    *, starts: Sequence[tuple[Child, int | None, date | None]], school: School, source: Source
) -> None:
    """Register many children at a school that is new to them: child, record number, first day."""
    Place.objects.bulk_create(
        Place(
            child=child,
            kind=PlaceKind.REGISTERED.value,
            school=school,
            from_on=from_on,
            is_confirmed=True,
            source=source,
            source_row=row,
        )
        for child, row, from_on in starts
    )


@transaction.atomic
def start_place(
    *,
    child: Child,
    kind: PlaceKind,
    from_on: date | None,
    source: Source,
    row: int | None = None,
    school: School | None = None,
    provision: str = "",
    is_confirmed: bool = False,
) -> Place:
    """Say that a child is, or is said to be, somewhere from a day on.

    An open place of the kind at that school stays the one place; its first day is taken from
    whoever named a day first. A confirmed start ends the *named* and *offered* places there.
    """
    Child.objects.select_for_update().get(pk=child.pk)
    open_here = Place.objects.filter(
        child=child, kind=kind.value, school=school, provision=provision, to_on__isnull=True
    ).first()
    if open_here is not None:
        open_here.from_on = open_here.from_on or from_on
        open_here.is_confirmed = open_here.is_confirmed or is_confirmed
        open_here.save(update_fields=["from_on", "is_confirmed"])
        return open_here
    return Place.objects.create(
        child=child,
        kind=kind.value,
        school=school,
        provision=provision,
        from_on=from_on,
        is_confirmed=is_confirmed,
        source=source,
        source_row=row,
    )


@transaction.atomic
def end_expectations(*, child: Child, on: date, source: Source) -> None:
    """End what was only named or offered, because the child is now somewhere on a day."""
    for place in Place.objects.select_for_update().filter(
        child=child,
        kind__in=[PlaceKind.NAMED.value, PlaceKind.OFFERED.value],
        to_on__isnull=True,
    ):
        _end(place, on, source)


def _end(place: Place, on: date, source: Source) -> None:
    place.to_on = max(on, place.from_on) if place.from_on else on
    place.ended_by = source
    place.save(update_fields=["to_on", "ended_by", "ground_letter", "leaving_reason"])


@transaction.atomic
def end_place(
    *,
    child: Child,
    school: School,
    left_on: date,
    source: Source,
    row: int | None = None,
    from_on: date | None = None,
    ground_letter: str = "",
    leaving_reason: str = "",
) -> Place:
    """Take a child off a school's roll: `left_on` is the last day there.

    A place we were never told of is added, ended, so that its end is not lost. A second telling
    of the same end adds the ground and reason it brings, and leaves the day as first told.
    """
    Child.objects.select_for_update().get(pk=child.pk)
    place = _place_that_ended(child, school, left_on)
    if place is None:
        begins = from_on if from_on is not None and from_on <= left_on else None
        place = Place(
            child=child,
            kind=PlaceKind.REGISTERED.value,
            school=school,
            from_on=begins,
            is_confirmed=True,
            source=source,
            source_row=row,
        )
        place.to_on, place.ended_by = left_on, source
        place.ground_letter, place.leaving_reason = ground_letter, leaving_reason
        place.save()
        return place
    place.ground_letter = place.ground_letter or ground_letter
    place.leaving_reason = place.leaving_reason or leaving_reason
    if place.to_on is None:
        _end(place, left_on, source)
    else:
        place.save(update_fields=["ground_letter", "leaving_reason"])
    return place


_SAME_END = timedelta(days=31)
"""Two tellings of an end at one school this close together are of one end."""


def _place_that_ended(child: Child, school: School, left_on: date) -> Place | None:
    here = Place.objects.filter(child=child, school=school, kind=PlaceKind.REGISTERED.value)
    still_open = here.filter(to_on__isnull=True).order_by("-from_on").first()
    told_before = (
        here.filter(to_on__range=(left_on - _SAME_END, left_on + _SAME_END))
        .order_by("-to_on")
        .first()
    )
    if still_open is not None and (still_open.from_on is None or still_open.from_on <= left_on):
        return still_open
    return told_before
