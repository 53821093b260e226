"""Merges, answers that two records are two children, and records to compare."""

from datetime import date, datetime

from django.db.models import Case as Choose
from django.db.models import F, Q, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Panel, Todo
from onroll.cases.queries import merges_to_agree, pair_in_sight, protected
from onroll.children.models import Child, Merge, NotSame
from onroll.children.queries import get_child, not_same_answers, plain, possible_duplicates
from onroll.intake.queries import ShownCandidate
from onroll.rules.day import Call


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many merges wait for this user's agreement; empty if they may agree to none."""
    if not (may(user, Permission.MATCH_DECIDE) and may(user, Permission.MERGE_AGREE)):
        return []
    words = ("merge to agree to", "merges to agree to")
    rows = merges_to_agree(user)
    return [
        Todo(
            "merges",
            rows,
            words,
            "duplicates:merges",
            meaning="soon",
            since="proposed_at",
            desk="a manager",
            call=Call.ARRIVED,
            is_for_review=True,
        )
    ]


def for_review(user: User) -> list[QuerySet[Merge]]:
    """Return the merges that wait for this user's agreement."""
    return [merges_to_agree(user)]


def panel(child: Child, user: User, *, case: Case | None, on: date) -> Panel | None:
    """Return the link to possible duplicates of a child, for users who may propose a merge."""
    if not may(user, Permission.MERGE_PROPOSE):
        return None
    return Panel("duplicates/parts/panel.html", {"child": child})


def merges(user: User) -> QuerySet[Merge]:
    """Return the merges this user may see: waiting, oldest first; then others, newest first."""
    people = ("proposed_by", "agreed_by", "refused_by", "undone_by")
    waits = Q(agreed_at__isnull=True, refused_at__isnull=True)
    return (
        Merge.objects.filter(pair_in_sight(user, "kept", "merged"))
        .select_related("kept__merged_into", "merged__merged_into", *people)
        .defer("moved")
        .annotate(place=Choose(When(waits, then=Value(0)), default=1))
        .order_by("place", Choose(When(waits, then=F("proposed_at"))), "-proposed_at", "-pk")
    )


def told_apart_pairs(user: User) -> QuerySet[NotSame]:
    """Return the answers that two records are two children, standing ones first."""
    return (
        NotSame.objects.filter(pair_in_sight(user, "one", "other"))
        .select_related("one__merged_into", "other__merged_into", "by", "withdrawn_by")
        .order_by(F("withdrawn_at").desc(nulls_first=True), "-at", "-pk")
    )


def get_merge(user: User, pk: int) -> Merge:
    """Return a merge of records that this user may compare; else 404."""
    return get_object_or_404(merges(user), pk=pk)


def get_told_apart(user: User, pk: int) -> NotSame:
    """Return an answer about records that this user may compare; else 404."""
    return get_object_or_404(told_apart_pairs(user), pk=pk)


def apart_from(first: Child, second: Child) -> NotSame | None:
    """Return the standing answer that two records are two children, if any."""
    return not_same_answers(first).get(second.pk)


def child_to_merge(user: User, ref: str, *, on: date) -> Child:
    """Return a child whose record this user may compare with another; else 404."""
    try:
        return get_child(user, ref, of=protected.in_reach(user), on=on)
    except Child.DoesNotExist:
        raise Http404 from None


def find_other(user: User, ref: str, *, on: date) -> Child | None:
    """Return the child with this reference or case reference; None if out of sight."""
    case = Case.objects.filter(ref=ref).select_related("child").first()
    try:
        return child_to_merge(user, case.child.ref if case else ref, on=on)
    except Http404:
        return None


def other_records(child: Child) -> list[ShownCandidate]:
    """Return the possible duplicates of a child without protected ones, likeliest first."""
    candidates = possible_duplicates(child)
    children = Child.objects.filter(plain()).in_bulk([c.key for c in candidates])
    return [
        ShownCandidate(children[c.key], [(r.field, r.verdict.value, r.words) for r in c.reasons])
        for c in candidates
        if c.key in children
    ]
