"""Places that were offered or named and not taken up (P04), and home education that ended."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from onroll.children.models import Place, PlaceKind
from onroll.children.models.place import EDUCATION
from onroll.lists.actions.evidence import Comparison, is_of_age, places_on
from onroll.lists.models import Finding
from onroll.rules.dated import in_words
from onroll.rules.findings import FindingKind

PROMISES = (PlaceKind.OFFERED.value, PlaceKind.NAMED.value)


def promised_places(on: date) -> QuerySet[Place]:
    """Return places that were offered or named and should have begun by a day."""
    return places_on(on).filter(kind__in=PROMISES, to_on__isnull=True)


def check_promises(c: Comparison) -> Iterator[Finding]:
    """Yield children whom this list gives a place that they have not taken up."""
    yield from never_arrived(c, promised_places(c.on).filter(child__in=c.children))


def never_arrived(c: Comparison, promises: QuerySet[Place]) -> Iterator[Finding]:
    """Yield places whose first day has passed, for children who are nowhere else (P04)."""
    places = list(promises)
    elsewhere = c.elsewhere({place.child_id for place in places})
    for place in places:
        if place.child_id not in elsewhere and is_of_age(place.child, c.on):
            from_on = f" from {in_words(place.from_on)}" if place.from_on else ""
            promise = "Offered a place" if place.kind == "offered" else "Said to have a place"
            words = f"{promise} at {place.title}{from_on}, and on no roll on {in_words(c.on)}."
            words += c.remarks.get((place.child_id, place.school_id or 0), "")
            yield c.finding(FindingKind.NEVER_ARRIVED, place.child, words, school=place.school)


def check_home_education(c: Comparison) -> Iterator[Finding]:
    """Yield children said to be home educated whom the team's whole list does not have."""
    at_home = places_on(c.on).filter(
        kind=PlaceKind.HOME_EDUCATION.value, to_on__isnull=True, is_confirmed=True
    )
    places = list(at_home.exclude(child__in=c.children))
    elsewhere = _not_at_home(c, {place.child_id for place in places})
    for place in places:
        if place.child_id not in elsewhere and is_of_age(place.child, c.on):
            words = f"Home educated as far as Onroll knew, and not on the list of {in_words(c.on)}."
            yield c.finding(FindingKind.VANISHED, place.child, words)


def _not_at_home(c: Comparison, children: set[int]) -> set[int]:
    """Return the children of a set who are educated at a school, or otherwise than at home."""
    places = Place.objects.on_day(c.on).filter(
        Q(school__isnull=False) | ~Q(kind=PlaceKind.HOME_EDUCATION.value),
        child__in=children,
        kind__in=EDUCATION,
    )
    return set(places.values_list("child_id", flat=True))
