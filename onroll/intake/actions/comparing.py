"""Who has nobody? A whole list held against what is known of the children (P04, P05).

What is kept of it, and what becomes of that, stands in `findings`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind
from onroll.children.models.place import EDUCATION
from onroll.children.queries import kept_of
from onroll.formats import RULES, SchoolSpell
from onroll.formats.standing import HERE, Stand, Standing, standing
from onroll.intake import records
from onroll.intake.actions import findings
from onroll.intake.actions.applying import Applying, day
from onroll.intake.actions.listing import LISTS
from onroll.intake.models import Finding, ListKind, Problem, Row, RowStage, Transfer
from onroll.rules import age
from onroll.schools.models import School
from onroll.schools.queries import calendar_for

REGISTERED = PlaceKind.REGISTERED.value
HOPED_FOR = (PlaceKind.OFFERED.value, PlaceKind.NAMED.value)
DAY = timedelta(days=1)
WHOLE = (ListKind.ROLL.value, ListKind.HOME_EDUCATION.value)
"""Lists of all who are at a place."""
AT_ONCE = 2000
WHOLE_FROM = 20
"""Only of rolls of so many can it be told that a list is a part of one."""

Children = Collection[int] | QuerySet[Row, int]
"""Numbers of children, or the query that gives them."""


@dataclass
class Comparison:
    """A list of one day, whom it has at each school, and what it turned out to end."""

    transfer: Transfer
    on: date
    at: datetime
    rolls: dict[School, set[int]] = field(default_factory=dict)
    maybe: dict[int, int] = field(default_factory=dict)
    """Children whom a record nobody has settled may be of, with that record."""
    off_roll: set[int] = field(default_factory=set)
    """Rows that say themselves that the child is not there, or may not be."""
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)
    """What such a row says, by the child and the school."""
    over: list[int] = field(default_factory=list)
    """Places that ended, because the child is known to be at another."""

    @property
    def children(self) -> QuerySet[Row, int]:
        """Return the query for everyone on the list who is known, and is there by their own row."""
        known = self.transfer.rows.filter(child__isnull=False).exclude(pk__in=self.off_roll)
        return known.values_list("child_id", flat=True)


@transaction.atomic
def compare_list(*, transfer: Transfer, at: datetime) -> int:
    """Hold a list that is taken in against what is known; return how many findings are new.

    Each waits in review, once for each child and school, or opens a case where the policy says so.
    A finding that a file or list explains, because it has the child, is withdrawn.
    """
    if not transfer.list_kind or transfer.listed_on is None:
        findings.withdraw(children=transfer.rows.values("child_id"), at=at)
        return 0
    comparison = Comparison(transfer, transfer.listed_on, at)
    _read_rows(comparison)
    there = transfer.rows.exclude(pk__in=comparison.off_roll)
    findings.withdraw(children=there.values("child_id"), at=at)
    _withdraw_who_is_back(comparison)
    found = list(_FINDS[ListKind(transfer.list_kind)](comparison))
    if transfer.source is not None:
        children.end_places(places=comparison.over, on=comparison.on - DAY, source=transfer.source)
    return findings.keep(found, at=at)


def _withdraw_who_is_back(c: Comparison) -> None:
    if c.transfer.list_kind == ListKind.ROLL.value:
        for school, present in c.rolls.items():
            findings.reappeared(school=school, children=present, on=c.on, at=c.at)
    if c.transfer.list_kind == ListKind.HOME_EDUCATION.value:
        findings.reappeared(school=None, children=c.children, on=c.on, at=c.at)


_OF_THE_STAY = ("said__schools__0", "said__enrol_status", "said__unmapped")


def _read_rows(c: Comparison) -> None:
    """Learn whom the list has at each school, row by row: lists may be long."""
    applying = Applying(c.transfer, c.at)
    rows = c.transfer.rows.order_by("number").values_list("pk", "child_id", *_OF_THE_STAY)
    for row, child, *said in rows.iterator(chunk_size=AT_ONCE):
        spell, stand = _stay(c.transfer, *said)
        if stand.stand is not Stand.HERE:
            c.off_roll.add(row)
        if school := applying.find_school(spell) or c.transfer.sender:
            roll = c.rolls.setdefault(school, set())
            if child is not None and row not in c.off_roll:
                roll.add(child)
            elif child is not None:
                c.remarks[child, school.pk] = f" The list itself says of the child: {stand.words}."
    waiting = c.transfer.rows.filter(stage__in=[RowStage.UNSURE.value, RowStage.HELD.value])
    for row, candidates in waiting.values_list("pk", "candidates").order_by("-number"):
        if row not in c.off_roll:
            c.maybe |= {one["child"]: row for one in candidates}
    kept = kept_of(c.maybe)
    c.maybe = {kept[child]: row for child, row in c.maybe.items()}


def _stay(
    transfer: Transfer,
    spell: dict[str, Any] | None,
    status: str | None,
    unmapped: records.Unmapped | None,
) -> tuple[SchoolSpell, Standing]:
    """Return the stay that a kept row tells of, and how the child stands on the day of a list.

    Of a list that is not of all who are at a place, the row is not asked whether it is of it.
    """
    stay, said = records.stay_from_kept(spell, status, unmapped)
    if transfer.list_kind not in WHOLE or transfer.listed_on is None:
        return stay, HERE
    return stay, standing(stay, said, on=transfer.listed_on)


# What each list can show


def _of_roll(c: Comparison) -> Iterator[Finding]:
    for school, present in c.rolls.items():
        known = list(_on_roll_before(school, c.on))
        if len(known) >= WHOLE_FROM and len(present) < len(known) / 2:
            _say_partial(c.transfer, school, len(present), len(known))
            continue
        gone = [place for place in known if place.child_id not in present]
        yield from _vanished(c, school, gone)
        places = hoped_for(c.on).filter(school=school)
        yield from not_taken_up(c, places.exclude(child__in=present))
        yield from _on_two(c, school, present)


def _places_on(day: date) -> QuerySet[Place]:
    """Return the places of a day; what a record merged into another still has is not asked."""
    return (
        Place.objects.on_day(day)
        .filter(child__merged_into__isnull=True)
        .select_related("child", "school")
        .order_by("child_id", "pk")
    )


def _on_roll_before(school: School, on: date) -> QuerySet[Place]:
    """Return open places of children a school had before a day; no leaver's file ended them."""
    here = _places_on(on).filter(school=school, kind=REGISTERED, to_on__isnull=True)
    return here.exclude(from_on=on)


def _vanished(c: Comparison, school: School, gone: list[Place]) -> Iterator[Finding]:
    elsewhere = _elsewhere(c, {place.child_id for place in gone}, apart_from=school)
    in_year = calendar_for(school).school_year(c.on) if gone else 0
    for place in gone:
        child = place.child
        if child.pk in elsewhere:
            c.over.append(place.pk)
        if child.pk in elsewhere or not _is_of_age(child, c.on):
            continue
        is_to_move = _is_too_old_for(school, child, in_year)
        since = f" since {day(place.from_on)}" if place.from_on else ""
        words = (
            f"On the roll of {school.name}{since} as far as Onroll knew, not on its roll of "
            f"{day(c.on)}, and no leaver’s file had come by {day(c.at.date())}."
        )
        if is_to_move:
            words += " Was to go on to the next school, and no roll there had the child."
        words += c.remarks.get((child.pk, school.pk), "")
        kind = "never_arrived" if is_to_move else "vanished"
        yield _finding(c, kind, child, words, school=school)


def _is_too_old_for(school: School, child: Child, in_year: int) -> bool:
    """Say whether the child has outgrown a school: to reception, year 3 or year 7 elsewhere.

    `in_year` is the calendar year in which the school's year began, by its own terms.
    """
    if school.highest_age is None or child.born_on is None:
        return False
    return age.age(child.born_on, on=date(in_year, 8, 31)) + 1 > school.highest_age


def _elsewhere(c: Comparison, who: Children, *, apart_from: School | None) -> set[int]:
    """Return children who are known to be educated elsewhere on the day of the list.

    A place at a school whose own roll stands in the same list counts only if the child is there.
    """
    places = Place.objects.on_day(c.on).filter(child__in=who, kind__in=EDUCATION)
    if apart_from is not None:
        places = places.exclude(school=apart_from)
    is_roll = c.transfer.list_kind == ListKind.ROLL.value
    listed = {school.pk: present for school, present in c.rolls.items()} if is_roll else {}
    return {
        child
        for child, school in places.values_list("child_id", "school_id").iterator(AT_ONCE)
        if school not in listed or child in listed[school]
    }


def hoped_for(on: date) -> QuerySet[Place]:
    """Return places that were offered or named and should have begun by a day."""
    return _places_on(on).filter(kind__in=HOPED_FOR, to_on__isnull=True)


def not_taken_up(c: Comparison, places: QuerySet[Place]) -> Iterator[Finding]:
    """Yield places whose first day has passed, for children who are nowhere else (P04)."""
    found = list(places)
    taught = _elsewhere(c, {place.child_id for place in found}, apart_from=None)
    for place in found:
        if place.child_id not in taught and _is_of_age(place.child, c.on):
            from_on = f" from {day(place.from_on)}" if place.from_on else ""
            said = "Offered a place" if place.kind == "offered" else "Said to have a place"
            words = f"{said} at {place.title}{from_on}, and on no roll on {day(c.on)}."
            words += c.remarks.get((place.child_id, place.school_id or 0), "")
            yield _finding(c, "never_arrived", place.child, words, school=place.school)


def _on_two(c: Comparison, school: School, present: set[int]) -> Iterator[Finding]:
    """Yield children on this roll whom another school has too, and has not taken off its own."""
    others = _places_on(c.on).filter(child__in=present, kind=REGISTERED, to_on__isnull=True)
    for place in others.exclude(school=school):
        there = c.rolls.get(place.school) if place.school else None
        is_said_twice = place.school is not None and place.school.pk < school.pk
        if there is not None and (is_said_twice or place.child_id not in there):
            continue
        words = (
            f"On the roll of {school.name} of {day(c.on)}, and that day on {place.title}’s too. "
            "Ask both whether the child attends; dual registration is by arrangement."
        )
        yield _finding(c, "on_two", place.child, words, school=place.school)


def _of_places(c: Comparison) -> Iterator[Finding]:
    """Yield children whom this list gives a place that they have not taken up."""
    yield from not_taken_up(c, hoped_for(c.on).filter(child__in=c.children))


def _of_leavers(c: Comparison) -> Iterator[Finding]:
    """Yield children said to have left a school who are at none."""
    taught = _elsewhere(c, c.children, apart_from=None)
    for row, school, title in _told_by_rows(c):
        if row.child_id not in taught:
            words = f"Said to have left {title}; on no roll known on {day(c.on)}."
            yield _finding(c, "vanished", row, words, school=school)


def _of_no_shows(c: Comparison) -> Iterator[Finding]:
    """Yield children a school says never came, who are at no other (P04)."""
    taught = _taught_at(c)
    for row, school, title in _told_by_rows(c):
        at_others = taught.get(row.child_id or 0, set()) - {school.pk if school else 0}
        if not at_others:
            words = f"Never came to {title}, by its list of {day(c.on)}; on no other roll then."
            yield _finding(c, "never_arrived", row, words, school=school)


def _of_others(c: Comparison) -> Iterator[Finding]:
    """Yield children on a health or housing list of whom no place of education is known."""
    taught = _elsewhere(c, c.children, apart_from=None)
    for row, school, title in _told_by_rows(c):
        if row.child_id not in taught:
            words = f"On the {_called(c)} list of {day(c.on)}, and on no roll known that day."
            if school is not None:
                words += f" The list says {title}: ask there."
            yield _finding(c, "on_none", row, words)


def _told_by_rows(c: Comparison) -> Iterator[tuple[Row, School | None, str]]:
    """Yield the records of known children of school age, each child once, with the school named."""
    applying = Applying(c.transfer, c.at)
    rows = c.transfer.rows.filter(child__isnull=False).select_related("child").order_by("number")
    seen: set[int] = set()
    for row in rows.iterator(chunk_size=AT_ONCE):
        said = (row.said.get("schools") or [{}])[0]
        spell = SchoolSpell(*(said.get(key, "") for key in ("la", "estab", "urn", "name")))
        school = applying.find_school(spell) or c.transfer.sender
        title = school.name if school else spell.name or "a school that is not named"
        if row.child is not None and row.child.pk not in seen and _is_of_age(row.child, c.on):
            seen.add(row.child.pk)
            yield row, school, title


def _called(c: Comparison) -> str:
    return LISTS.get(c.transfer.list_kind, c.transfer.list_kind.replace("_", " "))


def _taught_at(c: Comparison) -> dict[int, set[int]]:
    """Return where each child on the list is taught: the schools, and -1 for anywhere else."""
    places = Place.objects.on_day(c.on).filter(child__in=c.children, kind__in=EDUCATION)
    found: dict[int, set[int]] = {}
    for child, school in places.values_list("child_id", "school_id").iterator(AT_ONCE):
        found.setdefault(child, set()).add(school or -1)
    return found


def _of_home_education(c: Comparison) -> Iterator[Finding]:
    """Yield children said to be home educated whom the team's whole list does not have."""
    places = _places_on(c.on).filter(
        kind=PlaceKind.HOME_EDUCATION.value, to_on__isnull=True, is_confirmed=True
    )
    gone = list(places.exclude(child__in=c.children))
    taught = Place.objects.on_day(c.on).filter(
        Q(school__isnull=False) | ~Q(kind=PlaceKind.HOME_EDUCATION.value),
        child__in=[place.child_id for place in gone],
        kind__in=EDUCATION,
    )
    elsewhere = set(taught.values_list("child_id", flat=True))
    for place in gone:
        if place.child_id not in elsewhere and _is_of_age(place.child, c.on):
            words = f"Home educated as far as Onroll knew, and not on the list of {day(c.on)}."
            yield _finding(c, "vanished", place.child, words)


_FINDS = {
    ListKind.ROLL: _of_roll,
    ListKind.LEAVERS: _of_leavers,
    ListKind.JOINERS: _of_places,
    ListKind.OFFERS: _of_places,
    ListKind.NO_SHOWS: _of_no_shows,
    ListKind.HOME_EDUCATION: _of_home_education,
    ListKind.HEALTH: _of_others,
    ListKind.HOUSING: _of_others,
}


def _is_of_age(child: Child, on: date) -> bool:
    """Say whether a child is of compulsory school age, or may be: nobody is passed over."""
    is_alive = child.died_on is None
    return is_alive and (child.born_on is None or age.is_compulsory(child.born_on, on=on))


def _finding(
    c: Comparison, kind: str, about: Child | Row, words: str, *, school: School | None = None
) -> Finding:
    """Return what is found of a child, or of the child a record is of, with the evidence."""
    row = about if isinstance(about, Row) else None
    child = about.child if isinstance(about, Row) else about
    return Finding(
        transfer=c.transfer,
        child=child,
        kind=kind,
        school=school,
        row=row,
        maybe_row_id=c.maybe.get(child.pk) if child is not None else None,
        because=words,
        found_at=c.at,
    )


def _say_partial(transfer: Transfer, school: School, present: int, known: int) -> None:
    Problem.objects.get_or_create(
        transfer=transfer,
        rule="list-partial",
        path=school.number,
        defaults={
            "severity": RULES["list-partial"].severity,
            "facts": {"present": present, "known": known, "school": school.name},
        },
    )


@transaction.atomic
def settled(*, row: Row, at: datetime) -> None:
    """Withdraw what a list showed of a child who turned out to be one of its unclear records."""
    transfer = row.transfer
    spells = row.said.get("schools") or [None]
    stays = (spells[0], row.said.get("enrol_status"), row.said.get("unmapped"))
    spell, stand = _stay(transfer, *stays)
    if stand.stand is not Stand.HERE:
        return
    findings.withdraw(children=[row.child_id or 0], at=at)
    if transfer.list_kind in WHOLE and transfer.listed_on and row.child_id is not None:
        comparison = Comparison(transfer, transfer.listed_on, at)
        school = Applying(transfer, at).find_school(spell) or transfer.sender
        comparison.rolls = {school: {row.child_id}} if school else {}
        _withdraw_who_is_back(comparison)
