"""What becomes of what lists show: it waits, is explained by itself, is answered, or is a case."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind, Source, SourceKind
from onroll.children.models.place import EDUCATION
from onroll.children.queries import is_plain
from onroll.intake.actions.applying import day
from onroll.intake.models import Finding, Row, RowStage
from onroll.rules import confirmations
from onroll.rules.sentences import as_sentence
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

REGISTERED = PlaceKind.REGISTERED.value
DAY = timedelta(days=1)
OF_NOBODY = ("vanished", "never_arrived", "on_none")
ANSWER_HOLDS = timedelta(days=182)
"""So long an answer is not asked for again; after that a list that still says so asks."""


Children: TypeAlias = "Collection[int] | QuerySet[Any, Any]"
"""Numbers of children, or the query that gives them."""


class AnswerRefused(ValueError):
    """An answer that cannot be taken, with the reason."""


@transaction.atomic
def keep(found: list[Finding], *, at: datetime) -> int:
    """Keep the findings that are not asked yet, nor answered of late, nor a case already.

    One opens a case at once where the policy says so, and for a child with a protected identity:
    such a child stands in no list of which many read. Returns how many are kept.
    """
    ids = {one.child_id for one in found}
    asked = _asked(ids, at)
    on_register = set(Case.objects.open().filter(child__in=ids).values_list("child_id", flat=True))
    new = []
    for one in found:
        mark = (one.kind, one.school_id)
        is_known = one.child_id in on_register and one.kind != "on_two"
        if mark not in asked[one.child_id] and not is_known:
            asked[one.child_id].add(mark)
            new.append(one)
    Finding.objects.bulk_create(new)
    to_case = set(our_policy().on(at.date()).list_findings_to_case)
    for one in new:
        if one.kind in to_case or (one.kind in OF_NOBODY and not is_plain(one.child)):
            _open(one, said=one.transfer.source, why=one.because, by=None, at=at)
    return len(new)


def _asked(ids: set[int], at: datetime) -> Mapping[int, set[tuple[str, int | None]]]:
    """Return what waits already of each child, or was answered of late: it is known where."""
    holds = Q(answered_at__isnull=True) | Q(answer="known", answered_at__gte=at - ANSWER_HOLDS)
    asked: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    for one in Finding.objects.filter(holds, child__in=ids, withdrawn_at__isnull=True):
        asked[one.child_id].add((one.kind, one.school_id))
    return asked


# What explains itself


@transaction.atomic
def reappeared(*, school: School | None, children: Children, on: date, at: datetime) -> None:
    """Withdraw what lists showed of children who are on this roll; without school, of the home's.

    An answer that held for half a year holds no longer: gone once more, the child is asked about.
    """
    older = Finding.objects.filter(
        school=school,
        child__in=children,
        kind__in=OF_NOBODY,
        withdrawn_at__isnull=True,
        transfer__listed_on__lte=on,
    )
    where = f"roll of {school.name}" if school else "home education list"
    words = f" Since then: on the {where} of {day(on)}."
    older.update(withdrawn_at=at, because=Concat(F("because"), Value(words)))


@transaction.atomic
def withdraw(*, children: Children, at: datetime) -> None:
    """Withdraw what lists showed of these children where they turned out to be at a school."""
    waiting = Finding.objects.waiting().filter(child__in=children)
    by_child: dict[int, list[Finding]] = defaultdict(list)
    for one in waiting.select_related("child", "school", "transfer__source"):
        by_child[one.child_id].append(one)
    if not by_child:
        return
    places = Place.objects.on_day(at.date()).filter(child__in=list(by_child), kind__in=EDUCATION)
    theirs: dict[int, list[Place]] = defaultdict(list)
    for place in places.select_related("school", "source").order_by("pk"):
        theirs[place.child_id].append(place)
    told = _told_at(list(by_child))
    over = [
        one
        for child, some in by_child.items()
        for one in some
        if (said := _explained(one, theirs[child], told))
        for one.because in [f"{one.because} Since then: {said} ({day(at.date())})."]
    ]
    for one in over:
        one.withdrawn_at = at
    Finding.objects.bulk_update(over, ["withdrawn_at", "because"], batch_size=500)
    _end_what_is_over(over, at)


Telling = tuple[int, int | None]
"""A source's number and that of the record in it."""


def _told_at(children: Collection[int]) -> dict[Telling, datetime]:
    """Return when each record of these children was applied; one that was unsure, when settled."""
    rows = Row.objects.filter(child__in=children).select_related("transfer")
    rows = rows.only("number", "applied_at", "transfer__source")
    return {
        (row.transfer.source_id, row.number): row.applied_at
        for row in rows
        if row.applied_at is not None and row.transfer.source_id is not None
    }


def _explained(one: Finding, places: Iterable[Place], told: Mapping[Telling, datetime]) -> str:
    """Return what explains a finding, in words; none while nothing does."""
    if one.kind == "on_two":
        schools = {p.school_id for p in places if p.kind == REGISTERED and p.to_on is None}
        return "" if len(schools) > 1 else "on one roll only"
    return next((f"at {place.title}" for place in places if _is_news(place, one, told)), "")


def _is_news(place: Place, finding: Finding, told: Mapping[Telling, datetime]) -> bool:
    """Say whether a place was told of after the list was compared; what was known was weighed."""
    told_at = told.get((place.source_id, place.source_row), place.source.recorded_at)
    is_of_another = place.source_id != finding.transfer.source_id
    is_later = told_at > finding.found_at or (is_of_another and told_at == finding.found_at)
    return is_later and (place.kind == REGISTERED or place.is_confirmed)


def _end_what_is_over(explained: Iterable[Finding], at: datetime) -> None:
    """End the stays at the schools whose rolls lack children that are at another school."""
    by_list: dict[tuple[Source, date], list[Finding]] = defaultdict(list)
    for one in explained:
        if one.kind in ("vanished", "never_arrived") and one.transfer.source is not None:
            on = one.transfer.listed_on or at.date()
            by_list[one.transfer.source, on].append(one)
    for (source, on), some in by_list.items():
        theirs = Q()
        for one in some:
            theirs |= Q(child=one.child_id, school=one.school_id)
        old = Place.objects.filter(theirs, kind=REGISTERED, to_on__isnull=True)
        told_before = old.filter(source__recorded_at__lte=max(one.found_at for one in some))
        left = told_before.exclude(from_on__gt=on - DAY)
        children.end_places(
            places=list(left.values_list("pk", flat=True)), on=on - DAY, source=source
        )


# An officer's answer


ENDS_THE_OLD_PLACE = frozenset({"on_roll", "home_educated", "other_authority", "abroad_proved"})
"""Where a child is who is no longer on the old roll; one who is ill stays on it."""


@transaction.atomic
def answer_finding(
    *,
    finding: Finding,
    way: str = "",
    facts: Mapping[str, Any] | None = None,
    why: str,
    by: User,
    at: datetime,
) -> Finding:
    """Take an officer's answer: where the child is, or that nobody knows, which opens a case (P05).

    `way` is one of `confirmations.known_ways`, with its `facts`: they become the child's place,
    and the same is not asked again for half a year. Empty, the child is missing. Raises
    AnswerRefused, FactsRefused.
    """
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("child", "school", "transfer__source", "maybe_row")
        .defer("transfer__content")
        .get(pk=finding.pk)
    )
    if not finding.is_waiting:
        raise AnswerRefused("This has been answered already. Nothing was changed.")
    finding.answer, finding.answered_at = ("known" if way else "missing"), at
    finding.answered_by, finding.answered_why = by, why
    if way:
        stated = {code: answer for code, answer in (facts or {}).items() if answer}
        finding.way, finding.facts = way, {code: str(answer) for code, answer in stated.items()}
        source = casework.state_place(
            child=finding.child,
            outcome=confirmations.known_ways(finding.kind)[way],
            facts=stated,
            reference=finding.transfer.ref,
            by=by,
            at=at,
        )
        if way in ENDS_THE_OLD_PLACE and stated.get("school") != finding.school:
            _end_place(finding, on=finding.transfer.listed_on or at.date(), source=source)
    finding.save(
        update_fields=["answer", "way", "facts", "answered_at", "answered_by", "answered_why"]
    )
    if not way:
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
    _end_place(finding, on=on, source=said)
    finding.case, _ = casework.open_case(
        child=finding.child,
        reason="never_arrived" if finding.kind == "never_arrived" else "on_no_list",
        because=_evidence(finding, why=why if by else ""),
        clause=finding.clause,
        source=said,
        row=finding.row.number if finding.row and by is None else None,
        missing_since_on=min(on, at.date()),
        is_since_known=finding.kind in ("vanished", "never_arrived"),
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


def _end_place(finding: Finding, *, on: date, source: Source) -> None:
    """End the place at the school whose list shows that the child is not there on a day."""
    if finding.kind in ("vanished", "never_arrived"):
        here = Place.objects.filter(child=finding.child, school=finding.school, kind=REGISTERED)
        left = here.filter(to_on__isnull=True).exclude(from_on__gt=on - DAY)
        children.end_places(
            places=list(left.values_list("pk", flat=True)), on=on - DAY, source=source
        )


def _evidence(finding: Finding, *, why: str) -> str:
    """Return why the child goes onto the register: a person's reason, and what the list showed."""
    row = finding.maybe_row
    words = [*([as_sentence(why)] if why else []), finding.because]
    if row is not None and row.stage in (RowStage.UNSURE.value, RowStage.HELD.value):
        words.append(f"Record {row.number} of the list was not settled, and may be this child.")
    return " ".join(words)
