"""Start, end and confirm the places where children are, or are said to be."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from onroll.children.actions.bulk_insert import insert_many
from onroll.children.models import Child, Place, PlaceKind, Source
from onroll.schools.models import School

_SAME = timedelta(days=31)
"""Two dates given for the same start or end at a school are at most this far apart."""

UNCONFIRMED = (
    PlaceKind.NAMED.value,
    PlaceKind.OFFERED.value,
    PlaceKind.HOME_EDUCATION.value,
    PlaceKind.ABROAD.value,
)
"""Kinds of places that hold until a school reports the child as a joiner."""


@transaction.atomic
def start_places(
    *, starts: Sequence[tuple[Child, int | None, date | None]], school: School, source: Source
) -> None:
    """Register many children at a school that is new to them: child, record number, first day."""
    insert_many(
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
    """Start a child's place of a kind from a day on, or return the one that is on record.

    An open place of that kind at that school is kept; it takes the day and the confirmation it
    lacks. So is an ended one that ended on or after `from_on`: the start came late.
    """
    _lock(child)
    same = Place.objects.filter(child=child, kind=kind.value, school=school, provision=provision)
    place = same.filter(to_on__isnull=True).first() or _stay_that_ended(same, from_on)
    if place is not None:
        place.from_on = place.from_on or from_on
        place.is_confirmed = place.is_confirmed or is_confirmed
        place.save(update_fields=["from_on", "is_confirmed"])
        return place
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


def _stay_that_ended(places: QuerySet[Place], from_on: date | None) -> Place | None:
    """Return the ended place that a late start belongs to: it ended on or after that day."""
    if from_on is None:
        return None
    ended = places.filter(to_on__gte=from_on).order_by("to_on").first()
    is_other = ended is not None and ended.from_on is not None and ended.from_on > from_on + _SAME
    return None if is_other else ended


@transaction.atomic
def end_expectations(*, child: Child, school: School | None, on: date, source: Source) -> None:
    """End a child's `UNCONFIRMED` places the day before `on`, when a school reports a joiner.

    A place that begins more than `_SAME` after `on` stays, unless it is at `school` itself; `None`
    is a school that is not on file.
    """
    began = Q(from_on__isnull=True) | Q(from_on__lte=on + _SAME)
    if school is not None:
        began |= Q(school=school)
    for place in Place.objects.select_for_update().filter(
        began, child=child, kind__in=UNCONFIRMED, to_on__isnull=True
    ):
        _end(place, on - timedelta(days=1), source)


@transaction.atomic
def end_superseded_places(*, place: Place, on: date, source: Source) -> None:
    """End all other `UNCONFIRMED` places, and any at another authority: this one is confirmed.

    A place on a school's roll stays: only that school ends it.
    """
    kinds = (*UNCONFIRMED, PlaceKind.OTHER_AUTHORITY.value)
    replaced = Place.objects.select_for_update().filter(
        child=place.child_id, kind__in=kinds, to_on__isnull=True
    )
    for claim in replaced.exclude(pk=place.pk):
        _end(claim, on - timedelta(days=1), source)


@transaction.atomic
def end_claims(*, child: Child, on: date, source: Source) -> None:
    """End a child's unconfirmed claims, which an officer found to be false; they stay on record."""
    for place in Place.objects.select_for_update().filter(
        child=child, kind__in=UNCONFIRMED, is_confirmed=False, to_on__isnull=True
    ):
        _end(place, on, source)


@transaction.atomic
def confirm_claims(
    *,
    child: Child,
    kinds: Iterable[PlaceKind],
    source: Source,
    from_on: date | None = None,
    provision: str = "",
) -> list[Place]:
    """Confirm a child's open claims of these kinds on an officer's word; return those places.

    `from_on` and `provision` are the first day and the place in words as the officer was told.
    A named school that sends this authority no files is confirmed as registered; a school that does
    must still report the joiner itself.
    """
    confirmed = []
    for place in (
        Place.objects.select_for_update(of=("self",))
        .select_related("school")
        .filter(
            child=child,
            kind__in=[kind.value for kind in kinds],
            is_confirmed=False,
            to_on__isnull=True,
        )
    ):
        place.is_confirmed, place.confirmed_from = True, source
        place.from_on = from_on or place.from_on
        place.provision = provision[:120] or place.provision
        place.save(update_fields=["is_confirmed", "confirmed_from", "from_on", "provision"])
        if place.kind == PlaceKind.NAMED.value and not _will_say_so_itself(place):
            _end(place, place.from_on or source.said_on, source)
            place = start_place(
                child=child,
                kind=PlaceKind.REGISTERED,
                from_on=place.from_on or source.said_on,
                source=source,
                school=place.school,
                provision=place.provision,
                is_confirmed=True,
            )
        confirmed.append(place)
    return confirmed


def _will_say_so_itself(place: Place) -> bool:
    return place.school is not None and place.school.is_reporting


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

    If the place is not on record, it is added with its end. If it has ended already, the ground
    and reason are added and the day stays.
    """
    _lock(child)
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


@transaction.atomic
def end_places(*, places: Collection[int], on: date, source: Source) -> None:
    """End open places by id: the last day is `on`, or the first day if that is later."""
    last = Greatest(Value(on), Coalesce(F("from_on"), Value(on)))
    children = Place.objects.filter(pk__in=places).values("child_id")
    list(Child.objects.select_for_update().filter(pk__in=children).order_by("pk").values_list("pk"))
    still_open = Place.objects.filter(pk__in=places, to_on__isnull=True)
    still_open.update(to_on=last, ended_by=source)


def _place_that_ended(child: Child, school: School, left_on: date) -> Place | None:
    """Return the open place that a leaver leaves, else one with about that last day."""
    stays = list(
        Place.objects.filter(child=child, school=school, kind=PlaceKind.REGISTERED.value).order_by(
            "from_on", "pk"
        )
    )
    still_open = [p for p in stays if p.to_on is None and (not p.from_on or p.from_on <= left_on)]
    told_before = [p for p in stays if p.to_on is not None and abs(p.to_on - left_on) <= _SAME]
    if still_open:
        return still_open[-1]
    return max(told_before, key=lambda p: p.to_on or left_on, default=None)


def _lock(child: Child) -> None:
    """Lock the child, and so its places, until the transaction ends."""
    list(Child.objects.select_for_update().filter(pk=child.pk).values_list("pk"))
