"""Who has nobody? A whole list held against what is known of the children (P04, P05)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind, Source, SourceKind
from onroll.children.models.place import EDUCATION
from onroll.children.queries import kept_of
from onroll.formats import SchoolSpell
from onroll.intake.actions.applying import Applying, day
from onroll.intake.models import Finding, ListKind, Problem, Row, RowStage, Transfer
from onroll.rules import age
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

REGISTERED = PlaceKind.REGISTERED.value
CLAUSE = "EA96 s.436A; policy p.18"
DAY = timedelta(days=1)
WHOLE_FROM = 20
"""Only of rolls of so many can it be told that a list is a part of one."""
ANSWER_HOLDS = timedelta(days=182)
"""So long an answer is not asked for again; after that a list that still says so asks."""


class AnswerRefused(ValueError):
    """An answer that cannot be taken, with the reason."""


@dataclass
class _Roll:
    """What a list says of one school: whom it has, and whom it may have by which record."""

    present: set[int] = field(default_factory=set)
    records: dict[int, Row] = field(default_factory=dict)


@dataclass
class _Comparison:
    transfer: Transfer
    on: date
    at: datetime
    rolls: dict[School, _Roll] = field(default_factory=dict)
    maybe: dict[int, int] = field(default_factory=dict)
    """Children whom a record nobody has settled may be of, with its number."""


@transaction.atomic
def compare_list(*, transfer: Transfer, at: datetime) -> int:
    """Hold a list that is taken in against what is known; return how many findings are new.

    Each waits in review, once for each child and school, or opens a case where the policy says so.
    A finding that has come to be explained, because another list has the child, is withdrawn.
    """
    new = 0
    _withdraw(at)
    if transfer.list_kind and transfer.listed_on:
        comparison = _Comparison(transfer, transfer.listed_on, at)
        _read_rows(comparison)
        found = list(_FINDS[ListKind(transfer.list_kind)](comparison))
        new = _keep(found, at)
    return new


def _read_rows(c: _Comparison) -> None:
    applying = Applying(c.transfer, c.at)
    for row in c.transfer.rows.only("number", "said", "stage", "candidates", "child", "transfer"):
        said = (row.said.get("schools") or [{}])[0]
        spell = SchoolSpell(*(said.get(key, "") for key in ("la", "estab", "urn")))
        school = applying.find_school(spell) or c.transfer.sender
        roll = c.rolls.setdefault(school, _Roll()) if school else _Roll()
        if row.child_id is not None:
            roll.present.add(row.child_id)
            roll.records[row.child_id] = row
        if row.stage in (RowStage.UNSURE.value, RowStage.HELD.value):
            c.maybe |= {one["child"]: row.number for one in row.candidates}
    kept = kept_of(c.maybe)
    c.maybe = {kept[child]: number for child, number in c.maybe.items()}


# What each list can show


def _of_roll(c: _Comparison) -> Iterator[Finding]:
    for school, roll in c.rolls.items():
        known = list(_on_roll_before(school, c.on))
        if len(known) >= WHOLE_FROM and len(roll.present) < len(known) / 2:
            _say_partial(c.transfer, school, len(roll.present), len(known))
            continue
        gone = [place for place in known if place.child_id not in roll.present]
        yield from _vanished(c, school, gone)
        yield from _not_taken_up(c, _offers_at(school, c.on).exclude(child__in=roll.present))
        yield from _on_two(c, school, roll)


def _places_on(day: date) -> QuerySet[Place]:
    """Return the places of a day; what a record merged into another still has is not asked."""
    return Place.objects.on_day(day).filter(child__merged_into__isnull=True)


def _on_roll_before(school: School, on: date) -> QuerySet[Place]:
    """Return open places of children a school had before a day; no leaver's file ended them."""
    return (
        _places_on(on)
        .filter(school=school, kind=REGISTERED, to_on__isnull=True)
        .exclude(from_on=on)
        .select_related("child", "source")
        .order_by("child_id")
    )


def _vanished(c: _Comparison, school: School, gone: list[Place]) -> Iterator[Finding]:
    elsewhere = _elsewhere(c, {place.child_id for place in gone}, apart_from=school)
    for place in gone:
        child = place.child
        if child.pk in elsewhere:
            _end(child, school, c.on - DAY, c.transfer.source)
        if child.pk in elsewhere or not _is_of_age(child, c.on):
            continue
        kind = "never_arrived" if _is_too_old_for(school, child, c.on) else "vanished"
        since = f" since {day(place.from_on)}" if place.from_on else ""
        words = (
            f"On the roll of {school.name}{since} as far as Onroll knows, not on its roll of "
            f"{day(c.on)}, and no leaver’s file has come."
        )
        if kind == "never_arrived":
            words += " Was to go on to the next school, and no roll there has the child."
        yield _finding(c, kind, child, words, school=school)


def _is_too_old_for(school: School, child: Child, on: date) -> bool:
    """Say whether the child has outgrown a school: to reception, year 3 or year 7 elsewhere."""
    if school.highest_age is None or child.born_on is None:
        return False
    return age.age(child.born_on, on=date(age.school_year(on), 8, 31)) + 1 > school.highest_age


def _elsewhere(c: _Comparison, ids: Iterable[int], *, apart_from: School | None) -> set[int]:
    """Return children who are known to be educated elsewhere on the day of the list.

    A place at a school whose own roll stands in the same list counts only if the child is there.
    """
    places = Place.objects.on_day(c.on).filter(child__in=list(ids), kind__in=EDUCATION)
    found = set()
    for child, school in places.values_list("child_id", "school_id"):
        if apart_from is not None and school == apart_from.pk:
            continue
        listed = next((roll for one, roll in c.rolls.items() if one.pk == school), None)
        if listed is None or child in listed.present:
            found.add(child)
    return found


def _offers_at(school: School, on: date) -> QuerySet[Place]:
    offered = _places_on(on).filter(kind=PlaceKind.OFFERED.value, school=school)
    return offered.select_related("child", "school")


def _not_taken_up(c: _Comparison, offers: QuerySet[Place]) -> Iterator[Finding]:
    """Yield offers whose first day has passed, to children who are nowhere else (P04)."""
    places = list(offers)
    taught = _elsewhere(c, {place.child_id for place in places}, apart_from=None)
    for place in places:
        if place.child_id not in taught and _is_of_age(place.child, c.on):
            from_on = f" from {day(place.from_on)}" if place.from_on else ""
            words = f"Offered a place at {place.title}{from_on}, and on no roll on {day(c.on)}."
            yield _finding(c, "never_arrived", place.child, words, school=place.school)


def _on_two(c: _Comparison, school: School, roll: _Roll) -> Iterator[Finding]:
    """Yield children on this roll whom another school has too, and has not taken off its own."""
    others = (
        Place.objects.on_day(c.on)
        .filter(child__in=roll.present, kind=REGISTERED, to_on__isnull=True)
        .exclude(school=school)
        .select_related("child", "school")
    )
    for place in others:
        there = c.rolls.get(place.school) if place.school else None
        is_said_twice = place.school is not None and place.school.pk < school.pk
        if there is not None and (is_said_twice or place.child_id not in there.present):
            continue
        words = (
            f"On the roll of {school.name} of {day(c.on)}, and still on that of {place.title}. "
            "Ask both whether the child attends; dual registration is by arrangement."
        )
        yield _finding(c, "on_two", place.child, words, school=place.school)


def _of_offers(c: _Comparison) -> Iterator[Finding]:
    offered = _places_on(c.on).filter(kind=PlaceKind.OFFERED.value, source=c.transfer.source)
    yield from _not_taken_up(c, offered.select_related("child", "school"))


def _of_home_education(c: _Comparison) -> Iterator[Finding]:
    """Yield children said to be home educated whom the team's whole list does not have."""
    listed = set(c.transfer.rows.exclude(child=None).values_list("child_id", flat=True))
    places = _places_on(c.on).filter(
        kind=PlaceKind.HOME_EDUCATION.value, to_on__isnull=True, is_confirmed=True
    )
    gone = list(places.exclude(child__in=listed).select_related("child"))
    taught = Place.objects.on_day(c.on).filter(
        child__in=[place.child_id for place in gone], kind__in=EDUCATION, school__isnull=False
    )
    elsewhere = set(taught.values_list("child_id", flat=True))
    for place in gone:
        if place.child_id not in elsewhere and _is_of_age(place.child, c.on):
            words = f"Home educated as far as Onroll knows, and not on the list of {day(c.on)}."
            yield _finding(c, "vanished", place.child, words)


def _of_others(c: _Comparison) -> Iterator[Finding]:
    """Yield children on a health or housing list of whom no place of education is known."""
    rows = {
        row.child_id: row
        for row in c.transfer.rows.exclude(child=None).select_related("child").order_by("-number")
    }
    known = _elsewhere(c, [child for child in rows if child is not None], apart_from=None)
    for pk, row in rows.items():
        if row.child is not None and pk not in known and _is_of_age(row.child, c.on):
            words = f"On the {c.transfer.list_kind} list of {day(c.on)}, and on no roll known."
            yield _finding(c, "on_none", row.child, words, row=row)


_FINDS = {
    ListKind.ROLL: _of_roll,
    ListKind.OFFERS: _of_offers,
    ListKind.HOME_EDUCATION: _of_home_education,
    ListKind.HEALTH: _of_others,
    ListKind.HOUSING: _of_others,
}


def _is_of_age(child: Child, on: date) -> bool:
    """Say whether a child is of compulsory school age, or may be: nobody is passed over."""
    is_alive = child.died_on is None
    return is_alive and (child.born_on is None or age.is_compulsory(child.born_on, on=on))


def _finding(
    c: _Comparison,
    kind: str,
    child: Child,
    words: str,
    *,
    school: School | None = None,
    row: Row | None = None,
) -> Finding:
    if child.pk in c.maybe:
        words += f" Record {c.maybe[child.pk]} of the list may be this child: settle that first."
    return Finding(
        transfer=c.transfer,
        child=child,
        kind=kind,
        school=school,
        row=row,
        because=words,
        found_at=c.at,
    )


def _say_partial(transfer: Transfer, school: School, present: int, known: int) -> None:
    Problem.objects.get_or_create(
        transfer=transfer,
        rule="list-partial",
        path=school.number,
        defaults={
            "severity": "warning",
            "message": (
                f"The list has {present} of the {known} children known to be on the roll of "
                f"{school.name}: a part of it, not the whole. Nobody was taken as gone. Send the "
                "whole roll, or ask the school what has changed."
            ),
        },
    )


# Keeping them


def _keep(found: list[Finding], at: datetime) -> int:
    """Keep the findings that are not asked yet, nor answered of late, nor a case already."""
    ids = {one.child_id for one in found}
    asked: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    old = Finding.objects.filter(child__in=ids, withdrawn_at__isnull=True)
    for one in old.exclude(answered_at__lt=at - ANSWER_HOLDS):
        asked[one.child_id].add((one.kind, one.school_id))
    on_register = set(Case.objects.open().filter(child__in=ids).values_list("child_id", flat=True))
    new = []
    for one in found:
        mark = (one.kind, one.school_id)
        is_known = one.child_id in on_register and one.kind != "on_two"
        if mark not in asked[one.child_id] and not is_known:
            asked[one.child_id].add(mark)
            new.append(one)
    Finding.objects.bulk_create(new)
    for one in new:
        if one.kind in our_policy().list_findings_to_case:
            _open(one, said=one.transfer.source, why=one.because, by=None, at=at)
    return len(new)


def _withdraw(at: datetime) -> None:
    """Withdraw the findings of children who turned out to be at another school."""
    waiting = Finding.objects.waiting().filter(kind__in=["vanished", "never_arrived", "on_none"])
    by_child: dict[int, list[Finding]] = defaultdict(list)
    for one in waiting.select_related("child", "school", "transfer__source"):
        by_child[one.child_id].append(one)
    places = Place.objects.on_day(at.date()).filter(child__in=list(by_child), kind__in=EDUCATION)
    for place in places.select_related("school", "source").order_by("pk"):
        for one in by_child[place.child_id]:
            if place.school_id != one.school_id and _is_news(place, one):
                one.withdrawn_at = at
                one.because += f" Since then: at {place.title}."
                one.save(update_fields=["withdrawn_at", "because"])
                if one.school is not None and one.kind != "on_none":
                    on = one.transfer.listed_on or at.date()
                    _end(one.child, one.school, on - DAY, one.transfer.source)
        by_child[place.child_id] = [one for one in by_child[place.child_id] if not one.withdrawn_at]


def _is_news(place: Place, finding: Finding) -> bool:
    """Say whether a place was told of after the list was compared; what was known was weighed."""
    return place.kind == REGISTERED and place.source.recorded_at > finding.found_at


# An officer's answer


@transaction.atomic
def answer_finding(
    *, finding: Finding, is_missing: bool, why: str, by: User, at: datetime
) -> Finding:
    """Take an officer's answer: it is known where the child is, or a case must be opened (P05).

    The answer is kept and not asked for again for half a year. Raises `AnswerRefused`.
    """
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("child", "school", "transfer__source")
        .defer("transfer__content")
        .get(pk=finding.pk)
    )
    if not finding.is_waiting:
        raise AnswerRefused("This has been answered already. Nothing was changed.")
    finding.answer, finding.answered_at = ("missing" if is_missing else "known"), at
    finding.answered_by, finding.answered_why = by, why
    finding.save(update_fields=["answer", "answered_at", "answered_by", "answered_why"])
    if is_missing:
        said = children.add_source(
            kind=SourceKind.OFFICER,
            said_by=by.name,
            said_on=at.date(),
            at=at,
            by=by,
            reference=finding.transfer.ref,
        )
        _open(finding, said=said, why=why, by=by, at=at)
    return finding


def _open(
    finding: Finding, *, said: Source | None, why: str, by: User | None, at: datetime
) -> None:
    """Put the child on the register, and end the place the list has shown to be over."""
    if said is None:
        raise ValueError("A list is read before it is compared.")
    on = finding.transfer.listed_on or at.date()
    if finding.kind in ("vanished", "never_arrived") and finding.school is not None:
        _end(finding.child, finding.school, on - DAY, said)
    finding.case, _ = casework.open_case(
        child=finding.child,
        reason="never_arrived" if finding.kind == "never_arrived" else "on_no_list",
        because=why if why == finding.because else f"{why} {finding.because}",
        clause=CLAUSE,
        source=said,
        row=None,
        missing_since_on=min(on, at.date()),
        on=at.date(),
        at=at,
        school=finding.school,
        calendar=calendar_for(finding.school),
        policy=our_policy(),
        by=by,
    )
    if by is None:
        finding.answer, finding.answered_at = "missing", at
    finding.save(update_fields=["case", "answer", "answered_at"])


def _end(child: Child, school: School, left_on: date, said: Source | None) -> None:
    """End the stay at a school whose whole roll no longer has the child."""
    here = Place.objects.filter(child=child, school=school, kind=REGISTERED, to_on__isnull=True)
    if said is not None and here.exclude(from_on__gt=left_on).exists():
        children.end_place(child=child, school=school, left_on=left_on, source=said)
