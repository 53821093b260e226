"""Whose record it may be, and what is known of a child before one is applied."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.children.queries import has_protected_home, merge_targets
from onroll.intake.identity import match_rows, waterfalls_of
from onroll.intake.models import Row
from onroll.matching import Candidate, Waterfall


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
    by_child = {child: History() for child in children}
    places = Place.objects.filter(child__in=children).prefetch_related("school")
    for place in places.order_by("from_on", "pk"):
        by_child[place.child_id].places.append(place)
    for case in Case.objects.filter(child__in=children).order_by("closed_on"):
        if case.is_open:
            by_child[case.child_id].open_case = case
        else:
            by_child[case.child_id].closed_case = case
    for row in _claims(children):
        if row.child_id is not None:
            by_child[row.child_id].claims.append(row)
    return by_child


def _claims(children: Collection[int]) -> QuerySet[Row]:
    return (
        Row.objects.filter(child__in=children, is_to_confirm=True)
        .select_related("transfer__sender", "confirmed_by")
        .defer("said", "candidates")
        .order_by("-applied_at", "-pk")
    )


@dataclass(frozen=True)
class ShownCandidate:
    """A known child whom a record may be about, with the reasons, field by field."""

    child: Child
    reasons: Sequence[tuple[str, str, str]]
    weight: Waterfall | None = None
    """How likely it comes to be, comparison by comparison; of a hidden home nothing."""

    @property
    def hides_home(self) -> bool:
        """Say whether the child has a protected identity or address (row 8)."""
        return has_protected_home(self.child)


def _reasons_to_show(child: Child, reasons: Iterable[Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return the reasons; not whether a protected address agrees with what a file says."""
    hidden = {"postcode"} if has_protected_home(child) else set()
    return [(field, verdict, words) for field, verdict, words in reasons if field not in hidden]


def candidates_of(row: Row) -> list[ShownCandidate]:
    """Return the children a record may be about as of now, likeliest first, with what is known.

    Those found when the file came and those added since; so nobody is added twice because a
    record waited.
    """
    now = match_rows([row])[row.pk].candidates
    by_child = {candidate["child"]: candidate for candidate in map(kept_candidate, now)}
    merged_into = merge_targets(candidate["child"] for candidate in row.candidates)
    for candidate in row.candidates:
        key = merged_into[candidate["child"]]
        by_child.setdefault(key, {**candidate, "child": key})
    children = (
        Child.objects.filter(pk__in=by_child)
        .prefetch_related("identifiers", "names", "addresses", "places__school", "cases")
        .in_bulk()
    )
    ordered = sorted(
        by_child.values(), key=lambda candidate: (-candidate["score"], candidate["child"])
    )
    hidden = {child.pk for child in children.values() if has_protected_home(child)}
    lost = {candidate.key: candidate.lost for candidate in now}
    steps = waterfalls_of(row, {pk: lost.get(pk, 0.0) for pk in children}, without_home=hidden)
    return [
        ShownCandidate(child, _reasons_to_show(child, candidate["reasons"]), steps.get(child.pk))
        for candidate in ordered
        if (child := children.get(candidate["child"]))
    ]


def places_of(child: Child) -> list[Place]:
    """Return where a child is and was known to be, the latest first."""
    places = Place.objects.filter(child=child).select_related("school", "source")
    return list(places.order_by(F("from_on").desc(nulls_last=True), "-pk"))
