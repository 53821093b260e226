"""Merges, records told apart, and what may be put side by side."""

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


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many merges wait for this person to agree; nothing for who may agree to none."""
    if not (may(user, Permission.MATCH_DECIDE) and may(user, Permission.MERGE_AGREE)):
        return []
    words = ("merge to agree to", "merges to agree to")
    number = merges_to_agree(user).count()
    return [Todo("merges", number, words, "duplicates:merges", {}, "soon", is_for_review=True)]


def for_review(user: User) -> list[QuerySet[Merge]]:
    """Return the merges that wait for this person to agree."""
    return [merges_to_agree(user)]


def panel(child: Child, user: User, *, case: Case | None, on: date) -> Panel | None:
    """Return the way to other records that may be of this child, for who may propose a merge."""
    if not may(user, Permission.MERGE_PROPOSE):
        return None
    return Panel("duplicates/parts/panel.html", {"child": child})


def merges(user: User) -> QuerySet[Merge]:
    """Return the merges in this person's sight: those that wait first, the oldest of them first."""
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
    """Return the answers that two records are two children: first those that stand."""
    return (
        NotSame.objects.filter(pair_in_sight(user, "one", "other"))
        .select_related("one__merged_into", "other__merged_into", "by", "withdrawn_by")
        .order_by(F("withdrawn_at").desc(nulls_first=True), "-at", "-pk")
    )


def get_merge(user: User, pk: int) -> Merge:
    """Return a merge whose records this person may put side by side; else 404."""
    return get_object_or_404(merges(user), pk=pk)


def get_told_apart(user: User, pk: int) -> NotSame:
    """Return an answer whose records this person may put side by side; else 404."""
    return get_object_or_404(told_apart_pairs(user), pk=pk)


def apart_from(one: Child, other: Child) -> NotSame | None:
    """Return the answer that stands that two records are two children, if there is one."""
    return not_same_answers(one).get(other.pk)


def child_to_merge(user: User, ref: str, *, on: date) -> Child:
    """Return a child whose record this person may put beside another; else 404."""
    try:
        return get_child(user, ref, of=protected.in_reach(user), on=on)
    except Child.DoesNotExist:
        raise Http404 from None


def find_other(user: User, ref: str, *, on: date) -> Child | None:
    """Return the child with this reference, or whose case has it; nothing when out of sight."""
    case = Case.objects.filter(ref=ref).select_related("child").first()
    try:
        return child_to_merge(user, case.child.ref if case else ref, on=on)
    except Http404:
        return None


def other_records(child: Child) -> list[ShownCandidate]:
    """Return the records that may be of the same child, likeliest first, none of them protected."""
    found = possible_duplicates(child)
    others = Child.objects.filter(plain()).in_bulk([each.key for each in found])
    return [
        ShownCandidate(
            others[each.key], [(r.field, r.verdict.value, r.words) for r in each.reasons]
        )
        for each in found
        if each.key in others
    ]
