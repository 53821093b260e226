"""Which change of school a child missed, by what is on record of schools (P65)."""

from datetime import date

from onroll.cases.queries.child import exact_birthday
from onroll.children.models import Child, Place, PlaceKind
from onroll.rules.missed_change import MissedChange, SchoolAges, Stay, ages_of, missed_change
from onroll.schools.models import School

WAS_AT = (PlaceKind.REGISTERED.value, PlaceKind.SAID.value)
EXPECTED = (PlaceKind.OFFERED.value, PlaceKind.NAMED.value)


def change_of(
    child: Child, *, since: date, school: School | None, is_expected: bool
) -> MissedChange:
    """Return which change of school a child missed who is without one since a day.

    `school` is what the report names: where the child never arrived if `is_expected`, and otherwise
    where the child was. It counts where the record has no place there.
    """
    places = Place.objects.filter(child=child, school__isnull=False, kind__in=(*WAS_AT, *EXPECTED))
    on_record = list(places.select_related("school"))
    stays = [_stay(place) for place in on_record]
    if school is not None and school.pk not in {place.school_id for place in on_record}:
        stays.append(Stay(school=_ages(school), is_expected=is_expected))
    return missed_change(born=exact_birthday(child), since=since, stays=stays)


def _stay(place: Place) -> Stay:
    return Stay(
        school=_ages(place.school),
        from_on=place.from_on,
        to_on=place.to_on,
        is_expected=place.kind in EXPECTED,
    )


def _ages(school: School | None) -> SchoolAges | None:
    return ages_of(school.phase, school.lowest_age, school.highest_age) if school else None
