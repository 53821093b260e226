"""Every read of files, their records and what waits for someone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Choose
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from onroll.accounts.access import cell, may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Member
from onroll.children.models import Child, Merge, NotSame, Place
from onroll.children.queries import get_child, kept_of, perhaps_same, told_apart
from onroll.formats.tables import table_rows
from onroll.intake.answering import answers_for, steps_to
from onroll.intake.models import (
    Decision,
    Finding,
    Problem,
    Row,
    RowStage,
    Transfer,
    TransferStage,
)
from onroll.matching import Candidate
from onroll.matching.waterfall import Waterfall

MOST_PROBLEMS = 500
UNFINISHED = (TransferStage.RECEIVED.value, TransferStage.READ.value)


def visible_transfers(user: User, *, stage: str = "") -> QuerySet[Transfer]:
    """Return the files in this person's sight, newest first, with counts and without bytes."""
    found = Transfer.objects.visible_to(user)
    if stage in tuple(TransferStage):
        found = found.filter(stage=stage)
    return _counted(found).select_related("sender", "received_by").order_by("-received_at", "-pk")


def get_transfer(user: User, ref: str) -> Transfer:
    """Return one file in this person's sight; else 404."""
    return get_object_or_404(visible_transfers(user).prefetch_related("arrivals"), ref=ref)


def rows_of(transfer: Transfer, *, wanted: str) -> QuerySet[Row]:
    """Return a file's records in order, all or only those that wait, with whom they matched."""
    faults = {"faults": Count("problems")}
    rows = transfer.rows.select_related("child", "case").annotate(**faults)
    if wanted == "waiting":
        rows = rows.filter(_WAITS)
    if wanted == "faults":
        rows = rows.filter(Exists(Problem.objects.filter(row=OuterRef("pk"))))
    return rows.order_by("number")


def headings_of(transfer: Transfer) -> list[str]:
    """Return the headings of a list, as they stand in its first row."""
    content = bytes(Transfer.objects.values_list("content", flat=True).get(pk=transfer.pk))
    first = next(table_rows(content, name=transfer.name), [])
    return [heading.strip() for heading in first if heading.strip()]


def effects(transfer: Transfer) -> list[tuple[str, int]]:
    """Return how many of a file's records did what, most first."""
    found = transfer.rows.exclude(effect="").values_list("effect").annotate(n=Count("pk"))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file or with some of its records, said once."""

    severity: str
    rule: str
    message: str
    numbers: tuple[int, ...]
    """The records it is about; none where it is the whole file."""


def problems_of(transfer: Transfer) -> list[Fault]:
    """Return what was wrong with a file, each thing once: the worst first."""
    worst_first = Choose(
        When(severity="error", then=Value(0)), When(severity="warning", then=Value(1)), default=2
    )
    about = ArrayAgg("row__number", filter=Q(row__isnull=False), order_by="row__number", default=[])
    found = (
        transfer.problems.order_by()
        .values("severity", "rule", "message")
        .annotate(numbers=about, worst=worst_first, first=Min("row__number"))
        .order_by("worst", F("first").asc(nulls_first=True), "rule", "message")
    )
    return [
        Fault(one["severity"], one["rule"], one["message"], tuple(one["numbers"]))
        for one in found[:MOST_PROBLEMS]
    ]


def children_in(transfer: Transfer) -> list[int]:
    """Return the numbers of the children a file's records are about, or may be about."""
    said = transfer.rows.values_list("child_id", "candidates")
    return sorted({child for one, maybe in said for child in _about(one, maybe)})


def _about(child: int | None, candidates: Sequence[dict[str, Any]]) -> list[int]:
    return [child] if child else [candidate["child"] for candidate in candidates]


def hides_home(row: Row) -> bool:
    """Say whether a record may be about a child with a protected address (row 8)."""
    return bool(protected_of(_about(row.child_id, row.candidates)))


def protected_of(children: Collection[int]) -> set[int]:
    """Return those of these children who have a protected identity or address."""
    is_protected = Q(is_protected=True) | Q(addresses__is_protected=True)
    return set(Child.objects.filter(is_protected, pk__in=children).values_list("pk", flat=True))


def works_with(user: User, children: Collection[int]) -> bool:
    """Say whether a person is on a case of each of these children (the `A` of row 8)."""
    theirs = _cases_of(user).filter(child__in=children).values_list("child_id", flat=True)
    return set(children) <= set(theirs)


def _cases_of(user: User) -> QuerySet[Case]:
    """Return the cases that a person owns or is on the team of, open or closed."""
    return Case.objects.filter(Q(owner=user) | Q(members__user=user))


def get_row(user: User, ref: str, number: int) -> Row:
    """Return one record of a file in this person's sight, with all about it; else 404."""
    rows = _whole_rows().filter(transfer__in=Transfer.objects.visible_to(user))
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def get_waiting(user: User, ref: str, number: int) -> Row:
    """Return a record that waits for a decision; 404 once it is settled, or for who may not see."""
    rows = _rows_to_decide(user).filter(stage=RowStage.UNSURE.value).exclude(out_of_sight(user))
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def get_claim(user: User, ref: str, number: int) -> Row:
    """Return a record whose claim waits to be confirmed; 404 once it is answered."""
    rows = _rows_to_decide(user).filter(is_to_confirm=True, confirmed_at__isnull=True)
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def get_held(user: User, ref: str, number: int) -> Row:
    """Return a record that could not be used; 404 once it is."""
    rows = _rows_to_decide(user).filter(stage=RowStage.HELD.value)
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def _rows_to_decide(user: User) -> QuerySet[Row]:
    """Return the records this person may decide about (row 16), whoever may open the file."""
    may_decide = scope(user, Permission.MATCH_DECIDE) == Scope.ALL
    return _whole_rows() if may_decide else _whole_rows().none()


def _whole_rows() -> QuerySet[Row]:
    return (
        Row.objects.select_related("transfer__sender", "child", "case", "confirmed_by")
        .defer("transfer__content")
        .prefetch_related("problems", Prefetch("decisions", Decision.objects.select_related("by")))
    )


def kept_candidate(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate with its reasons as JSON values."""
    reasons = [[reason.field, reason.verdict.value, reason.words] for reason in candidate.reasons]
    return {"child": candidate.key, "score": candidate.score, "reasons": reasons}


@dataclass
class History:
    """What is known of one child before a record is applied."""

    places: list[Place] = field(default_factory=list)
    open_case: Case | None = None
    closed_case: Case | None = None
    """The case closed last."""
    claims: list[Row] = field(default_factory=list)
    """Records whose claim was put to an officer, answered or not, the newest first."""


def histories(children: Collection[int]) -> dict[int, History]:
    """Return what is known of each child: one query each for places, schools, cases, claims."""
    found = {child: History() for child in children}
    places = Place.objects.filter(child__in=children).prefetch_related("school")
    for place in places.order_by("from_on", "pk"):
        found[place.child_id].places.append(place)
    for case in Case.objects.filter(child__in=children).order_by("closed_on"):
        if case.is_open:
            found[case.child_id].open_case = case
        else:
            found[case.child_id].closed_case = case
    for row in _claims(children):
        if row.child_id is not None:
            found[row.child_id].claims.append(row)
    return found


def _claims(children: Collection[int]) -> QuerySet[Row]:
    return (
        Row.objects.filter(child__in=children, is_to_confirm=True)
        .select_related("transfer__sender", "confirmed_by")
        .defer("said", "candidates", "transfer__content")
        .order_by("-applied_at", "-pk")
    )


@dataclass(frozen=True)
class Shown:
    """A known child whom a record may be about, with the reasons, field by field."""

    child: Child
    reasons: Sequence[tuple[str, str, str]]
    weight: Waterfall | None = None
    """How likely it comes to be, comparison by comparison; of a hidden home nothing."""

    @property
    def hides_home(self) -> bool:
        """Say whether the child has a protected identity or address (row 8)."""
        return _hides_home(self.child)


def _hides_home(child: Child) -> bool:
    return child.is_protected or any(a.is_protected for a in child.addresses.all())


def _told(child: Child, reasons: Iterable[Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return the reasons; not whether a protected address agrees with what a file says."""
    hidden = {"postcode"} if _hides_home(child) else set()
    return [(field, verdict, words) for field, verdict, words in reasons if field not in hidden]


def candidates_of(row: Row) -> list[Shown]:
    """Return the children a record may be about as of now, likeliest first, with what is known.

    Those found when the file came and those added since; so nobody is added twice because a
    record waited.
    """
    now = answers_for([row])[row.pk].candidates
    kept = {found["child"]: found for found in map(kept_candidate, now)}
    merged_into = kept_of(candidate["child"] for candidate in row.candidates)
    for candidate in row.candidates:
        child = merged_into[candidate["child"]]
        kept.setdefault(child, {**candidate, "child": child})
    children = (
        Child.objects.filter(pk__in=kept)
        .prefetch_related("identifiers", "names", "addresses", "places__school", "cases")
        .in_bulk()
    )
    ordered = sorted(kept.values(), key=lambda candidate: (-candidate["score"], candidate["child"]))
    hidden = {child.pk for child in children.values() if _hides_home(child)}
    lost = {candidate.key: candidate.lost for candidate in now}
    steps = steps_to(row, {pk: lost.get(pk, 0.0) for pk in children}, without_home=hidden)
    return [
        Shown(known, _told(known, candidate["reasons"]), steps.get(known.pk))
        for candidate in ordered
        if (known := children.get(candidate["child"]))
    ]


def out_of_sight(user: User) -> Q:
    """Match the records that may be of a child with a protected identity who is not theirs (row 8).

    Those go to who works on a case of the child, to managers and to MASH: for all others there is
    no such record to settle, as if nobody like it were known.
    """
    hidden = _hidden_from(user).values_list("pk", flat=True)
    about = (Q(candidates__contains=[{"child": pk}]) for pk in hidden)
    return reduce(or_, about, Q(pk__in=[]))


def sees_all(user: User, candidates: Sequence["Shown"]) -> bool:
    """Say whether a person may see each of the children a record may be about as of now."""
    return not _hidden_from(user).filter(pk__in=[one.child.pk for one in candidates]).exists()


def _hidden_from(user: User) -> QuerySet[Child]:
    """Return the children with a protected identity whom a person may know nothing of."""
    said = cell(user, Permission.PROTECTED_ADDRESS_VIEW)
    if said.scope == Scope.ASSIGNED and not said.needs_reason:
        return Child.objects.none()
    theirs = _cases_of(user).values("child_id")
    return Child.objects.filter(is_protected=True).exclude(pk__in=theirs)


def waiting_counts(user: User) -> dict[str, int]:
    """Return how many records and findings wait, by what they wait for: three queries."""
    counts = Row.objects.exclude(out_of_sight(user)).aggregate(
        unsure=Count("pk", filter=Q(stage=RowStage.UNSURE.value)),
        claims=Count("pk", filter=Q(is_to_confirm=True, confirmed_at__isnull=True)),
        held=Count("pk", filter=Q(stage=RowStage.HELD.value)),
    )
    return {**counts, "findings": shown_findings(user).count()}


def _counted(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Add how many records each file has and how far they are; counted for shown files only."""
    rows = Row.objects.filter(transfer=OuterRef("pk")).order_by()

    def number(of: QuerySet[Row]) -> Coalesce:
        counted = of.values("transfer").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    figures = {
        "records": number(rows),
        "applied": number(rows.filter(stage=RowStage.APPLIED.value)),
        "unsure": number(rows.filter(stage=RowStage.UNSURE.value)),
        "held": number(rows.filter(stage=RowStage.HELD.value)),
        "waiting": number(rows.filter(_WAITS)),
    }
    return transfers.defer("content").annotate(**figures)


_WAITS = Q(stage__in=[RowStage.UNSURE.value, RowStage.HELD.value]) | Q(
    is_to_confirm=True, confirmed_at__isnull=True
)
"""A record that waits for a person."""


def in_short(pk: int) -> dict[str, Any]:
    """Return one file in figures, for a command's output: no child in it."""
    transfer = _counted(Transfer.objects.filter(pk=pk)).select_related("sender").get()
    sender = transfer.sender.name if transfer.sender else transfer.sender_text
    return {
        "ref": transfer.ref,
        "name": transfer.name,
        "kind": transfer.kind,
        "sender": sender,
        "stage": transfer.stage,
        "refused_because": transfer.refused_because,
        "records": transfer.records,
        "applied": transfer.applied,
        "unsure": transfer.unsure,
        "held": transfer.held,
        "waiting": transfer.waiting,
    }


def standing_still(*, since: datetime) -> QuerySet[Transfer]:
    """Return unfinished files received before a moment, whose job may have died."""
    return Transfer.objects.filter(stage__in=UNFINISHED, received_at__lt=since).defer("content")


def waiting_rows(user: User) -> QuerySet[Row]:
    """Return the unsure records that wait for a person, the longest waiting first.

    Before all others come those that may be of a child with an open case: a lost child found.
    """
    return (
        Row.objects.filter(stage=RowStage.UNSURE.value)
        .exclude(out_of_sight(user))
        .annotate(is_lead=RawSQL(_MAY_BE_SOUGHT, (), output_field=BooleanField()))
        .select_related("transfer__sender")
        .defer("transfer__content")
        .prefetch_related(Prefetch("decisions", Decision.objects.select_related("by")))
        .order_by("-is_lead", "transfer__received_at", "number")
    )


_MAY_BE_SOUGHT = """
exists (select 1 from cases_case sought
    join children_child c on sought.child_id = coalesce(c.merged_into_id, c.id)
    join jsonb_array_elements(intake_row.candidates) maybe on c.id = (maybe->>'child')::bigint
    where sought.closed_on is null)
"""


def shown_findings(user: User) -> QuerySet[Finding]:
    """Return what lists showed and nobody has answered, of children this person may be told of.

    A child with a protected identity is shown only to who works on a case of theirs (row 8).
    """
    theirs = Case.objects.filter(Q(owner=user) | Q(members__user=user)).values("child")
    may_see = Q(child__is_protected=False) | Q(child__in=theirs)
    return Finding.objects.waiting().filter(may_see)


def waiting_findings(user: User, *, ref: str = "") -> QuerySet[Finding]:
    """Return what lists, or one list, showed and nobody has answered, the oldest first."""
    found = shown_findings(user)
    return (
        (found.filter(transfer__ref=ref) if ref else found)
        .select_related("child", "school", "transfer")
        .defer("transfer__content")
        .order_by("found_at", "pk")
    )


def get_finding(user: User, pk: int) -> Finding:
    """Return a finding that waits for an answer, for who may answer (row 16); else 404."""
    may_decide = scope(user, Permission.MATCH_DECIDE) == Scope.ALL
    found = waiting_findings(user) if may_decide else Finding.objects.none()
    return get_object_or_404(found, pk=pk)


@dataclass(frozen=True)
class ListShows:
    """What a list shows, in figures: all it found by kind, and how many of them wait or are cases.

    `arrived` is how many it has on rolls where Onroll knew others but not them.
    """

    kinds: Mapping[str, int]
    arrived: int
    waiting: int
    cases: int
    explained: int


def shown_by(transfer: Transfer) -> ListShows:
    """Return what a list shows, in figures: two queries for one of any length."""
    kinds = dict.fromkeys(("vanished", "never_arrived", "on_two", "on_none"), 0)
    waiting = cases = explained = 0
    found = transfer.findings.values_list("kind", "answered_at", "withdrawn_at", "case")
    for kind, answered_at, withdrawn_at, case in found:
        kinds[kind] += 1
        cases += case is not None
        explained += withdrawn_at is not None
        waiting += answered_at is None and withdrawn_at is None
    return ListShows(kinds, _arrived(transfer), waiting, cases, explained)


def _arrived(transfer: Transfer) -> int:
    """Count those new at a school of which more is known than this list."""
    registered = Place.objects.filter(kind="registered", school__isnull=False)
    here = registered.filter(source=transfer.source_id)
    known = registered.exclude(source=transfer.source_id).values("school")
    return here.filter(school__in=known).count() if transfer.source_id else 0


def places_of(child: Child) -> list[Place]:
    """Return where a child is and was known to be, the latest first."""
    places = Place.objects.filter(child=child).select_related("school", "source")
    return list(places.order_by(F("from_on").desc(nulls_last=True), "-pk"))


def held_rows() -> QuerySet[Row]:
    """Return the records that cannot be applied until something is mended."""
    return (
        Row.objects.filter(stage=RowStage.HELD.value)
        .select_related("transfer__sender")
        .defer("transfer__content")
        .order_by("transfer__received_at", "number")
    )


def rows_to_confirm() -> QuerySet[Row]:
    """Return the applied records whose claim an officer has not yet confirmed."""
    return (
        Row.objects.filter(is_to_confirm=True, confirmed_at__isnull=True)
        .select_related("transfer__sender", "child")
        .defer("transfer__content")
        .order_by("applied_at", "pk")
    )


# Merges


def merges(user: User) -> QuerySet[Merge]:
    """Return the merges in this person's sight: those that wait first, the oldest of them first."""
    people = ("proposed_by", "agreed_by", "refused_by", "undone_by")
    waits = Q(agreed_at__isnull=True, refused_at__isnull=True)
    return (
        Merge.objects.filter(_in_sight(user, "kept"), _in_sight(user, "merged"))
        .select_related("kept__merged_into", "merged__merged_into", *people)
        .defer("moved")
        .annotate(place=Choose(When(waits, then=Value(0)), default=1))
        .order_by("place", Choose(When(waits, then=F("proposed_at"))), "-proposed_at", "-pk")
    )


def merges_waiting(user: User) -> int:
    """Return how many proposed merges in this person's sight wait for a second person."""
    return _merges_waiting(user).count()


def merges_to_agree(user: User) -> QuerySet[Merge]:
    """Return the proposed merges that wait for this person: who proposed one cannot agree to it."""
    if not may(user, Permission.MERGE_AGREE):
        return Merge.objects.none()
    return _merges_waiting(user).exclude(proposed_by=user)


def _merges_waiting(user: User) -> QuerySet[Merge]:
    return merges(user).filter(agreed_at__isnull=True, refused_at__isnull=True)


def told_apart_pairs(user: User) -> QuerySet[NotSame]:
    """Return the answers that two records are two children: first those that stand."""
    return (
        NotSame.objects.filter(_in_sight(user, "one"), _in_sight(user, "other"))
        .select_related("one__merged_into", "other__merged_into", "by", "withdrawn_by")
        .order_by(F("withdrawn_at").desc(nulls_first=True), "-at", "-pk")
    )


def _in_sight(user: User, field: str) -> Q:
    """Leave out a protected record, and what leads to one, that is not theirs (matrix row 8)."""
    child, into = f"{field}__", f"{field}__merged_into__"
    is_plain = Q(**{f"{child}is_protected": False}) & (
        Q(**{f"{field}__merged_into__isnull": True}) | Q(**{f"{into}is_protected": False})
    )
    theirs = _cases_of(user).values("child_id")
    return is_plain | Q(**{f"{field}__in": theirs}) | Q(**{f"{field}__merged_into__in": theirs})


def get_merge(user: User, pk: int) -> Merge:
    """Return a merge whose records this person may put side by side; else 404."""
    return get_object_or_404(merges(user), pk=pk)


def get_told_apart(user: User, pk: int) -> NotSame:
    """Return an answer whose records this person may put side by side; else 404."""
    return get_object_or_404(told_apart_pairs(user), pk=pk)


def apart_from(one: Child, other: Child) -> NotSame | None:
    """Return the answer that stands that two records are two children, if there is one."""
    return told_apart(one).get(other.pk)


def child_to_merge(user: User, ref: str, *, on: date) -> Child:
    """Return a child whose record this person may put beside another; else 404."""
    try:
        child = get_child(user, ref, on=on)
    except Child.DoesNotExist:
        raise Http404 from None
    if not may_touch(user, [child]):
        raise Http404
    return child


def find_other(user: User, ref: str, *, on: date) -> Child | None:
    """Return the child with this reference, or whose case has it; nothing when out of sight."""
    case = Case.objects.filter(ref=ref).select_related("child").first()
    try:
        return child_to_merge(user, case.child.ref if case else ref, on=on)
    except Http404:
        return None


def may_touch(user: User, children: Collection[Child]) -> bool:
    """Say whether each of these is not protected, or is one this person works on a case of."""
    protected = {child.pk for child in children if child.is_protected}
    return not protected or works_with(user, protected)


def is_hidden(child: Child) -> bool:
    """Say whether a child has a protected identity or address (row 8)."""
    return bool(protected_of([child.pk]))


def who_would_see(hidden: Child, *, through: Child) -> list[User]:
    """Return who works on a case of the one child and on none of the other."""
    theirs = _people_of(through).exclude(pk__in=_people_of(hidden).values("pk"))
    return list(theirs.filter(is_active=True).order_by("name", "pk"))


def _people_of(child: Child) -> QuerySet[User]:
    on_team = Q(pk__in=Member.objects.filter(case__child=child).values("user_id"))
    return User.objects.filter(
        Q(pk__in=Case.objects.filter(child=child).values("owner_id")) | on_team
    )


def other_records(child: Child) -> list[Shown]:
    """Return the records that may be of the same child, likeliest first, none of them protected."""
    found = perhaps_same(child)
    others = Child.objects.filter(is_protected=False).in_bulk([each.key for each in found])
    return [
        Shown(others[each.key], [(r.field, r.verdict.value, r.words) for r in each.reasons])
        for each in found
        if each.key in others
    ]
