"""What a whole roll shows: who is gone from it, and who is on two."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from onroll.children.models import Child, Place, PlaceKind
from onroll.formats import RULES
from onroll.intake.models import Problem, Transfer
from onroll.lists.actions.evidence import Comparison, is_of_age, places_on
from onroll.lists.actions.promises import never_arrived, promised_places
from onroll.lists.models import Finding
from onroll.rules.dated import in_words
from onroll.rules.findings import FindingKind
from onroll.rules.missed_change import has_outgrown
from onroll.schools.models import School
from onroll.schools.queries import calendar_for

REGISTERED = PlaceKind.REGISTERED.value
WHOLE_FROM = 20
"""The fewest children on record at a school with whom a roll can be taken for a part of one."""


def check_rolls(c: Comparison) -> Iterator[Finding]:
    """Yield what the roll of each school on the list shows; a part of a roll shows nothing."""
    for school, present in c.rolls.items():
        places = list(_on_roll_before(school, c.on))
        if len(places) >= WHOLE_FROM and len(present) < len(places) / 2:
            _note_partial(c.transfer, school, len(present), len(places))
            continue
        absent = [place for place in places if place.child_id not in present]
        yield from _vanished(c, school, absent)
        promises = promised_places(c.on).filter(school=school)
        yield from never_arrived(c, promises.exclude(child__in=present))
        yield from _on_two(c, school, present)


def _on_roll_before(school: School, on: date) -> QuerySet[Place]:
    """Return open places of children a school had before a day; no leaver's file ended them."""
    places = places_on(on).filter(school=school, kind=REGISTERED, to_on__isnull=True)
    return places.exclude(from_on=on)


def _vanished(c: Comparison, school: School, places: list[Place]) -> Iterator[Finding]:
    """Yield children absent from a school's roll; places of those elsewhere are noted as over."""
    elsewhere = c.elsewhere({place.child_id for place in places}, apart_from=school)
    in_year = calendar_for(school).school_year(c.on) if places else 0
    for place in places:
        child = place.child
        if child.pk in elsewhere:
            c.old_places.append(place.pk)
        elif is_of_age(child, c.on):
            is_to_move = _has_outgrown(school, child, in_year)
            kind = FindingKind.NEVER_ARRIVED if is_to_move else FindingKind.VANISHED
            words = _absence(c, school, place, is_to_move=is_to_move)
            yield c.finding(kind, child, words, school=school)


def _absence(c: Comparison, school: School, place: Place, *, is_to_move: bool) -> str:
    since = f" since {in_words(place.from_on)}" if place.from_on else ""
    words = (
        f"On the roll of {school.name}{since} as far as Onroll knew, not on its roll of "
        f"{in_words(c.on)}, and no leaver’s file had come by {in_words(c.at.date())}."
    )
    if is_to_move:
        words += " Was to go on to the next school, and no roll there had the child."
    return words + c.remarks.get((place.child_id, school.pk), "")


def _has_outgrown(school: School, child: Child, in_year: int) -> bool:
    """Say whether the child has moved up from the school: to reception, year 3 or year 7 elsewhere.

    `in_year` is the calendar year in which the school's year began, by its own terms.
    """
    if school.highest_age is None or child.born_on is None:
        return False
    return has_outgrown(child.born_on, in_year=in_year, last_age=school.highest_age)


def _on_two(c: Comparison, school: School, present: set[int]) -> Iterator[Finding]:
    """Yield children on this roll whom another school has too, and has not taken off its own."""
    places = places_on(c.on).filter(child__in=present, kind=REGISTERED, to_on__isnull=True)
    for place in places.exclude(school=school):
        roll = c.rolls.get(place.school) if place.school else None
        is_repeated = place.school is not None and place.school.pk < school.pk
        if roll is not None and (is_repeated or place.child_id not in roll):
            continue
        words = (
            f"On the roll of {school.name} of {in_words(c.on)}, and that day on {place.title}’s "
            "too. Ask both whether the child attends; dual registration is by arrangement."
        )
        yield c.finding(FindingKind.ON_TWO, place.child, words, school=place.school)


def _note_partial(transfer: Transfer, school: School, present: int, on_record: int) -> None:
    """Keep as a problem of the list that it has fewer than half of a school's children."""
    Problem.objects.get_or_create(
        transfer=transfer,
        rule="list-partial",
        path=school.number,
        defaults={
            "severity": RULES["list-partial"].severity,
            "facts": {"present": present, "known": on_record, "school": school.name},
        },
    )
