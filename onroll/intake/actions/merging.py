"""Two records of one child made one: proposed by one person, agreed by another, undone exactly.

Source: trust.md, threat 25 (help goes to the wrong child) and row 32 of the access matrix. A
machine never merges. The places where a child's number stands above `children` are changed here
and in `cases`, each change kept with what was there before.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import actions as casework
from onroll.children import actions as children
from onroll.children.models import Child, Merge, NotSame
from onroll.children.queries import told_apart
from onroll.intake import records
from onroll.intake.actions.working import take_turn
from onroll.intake.models import Decision, Finding, Row
from onroll.intake.queries import may_touch


class MergeRefused(ValueError):
    """A merge that cannot be proposed, agreed or undone, with the reason."""


@transaction.atomic
def propose_merge(*, kept: Child, merged: Child, why: str, by: User, at: datetime) -> Merge:
    """Propose that `merged` is the same child as `kept`. Nothing moves until another agrees."""
    _require(by, Permission.MERGE_PROPOSE)
    kept, merged = _locked(kept, merged)
    _refuse_pair(kept, merged, by)
    pair = Q(kept=kept, merged=merged) | Q(kept=merged, merged=kept)
    if Merge.objects.waiting().filter(pair).exists():
        raise MergeRefused("This has already been proposed and waits for a second person.")
    return children.add_merge(kept=kept, merged=merged, why=why, by=by, at=at)


@transaction.atomic
def agree_merge(*, merge: Merge, by: User, at: datetime) -> Merge:
    """Agree to a proposed merge and carry it out. Refused to who proposed it."""
    _require(by, Permission.MERGE_AGREE)
    take_turn()
    merge = _waiting(merge)
    if merge.proposed_by_id == by.pk:
        raise MergeRefused("You proposed this. A second person must agree to it.")
    kept, merged = _locked(merge.kept, merge.merged)
    _refuse_pair(kept, merged, by)
    told = children.tellings(merged) - children.tellings(kept)
    moved = {
        "intake": [*_move_rows(kept, merged), *_move_findings(kept, merged)],
        "cases": casework.join_cases(kept=kept, merged=merged, why=merge.why, by=by, at=at),
        "children": children.join_children(kept=kept, merged=merged),
        "told": sorted(told, key=lambda pair: (pair[0], pair[1] or 0)),
    }
    return children.answer_merge(merge=merge, agreed_by=by, agreed_at=at, moved=moved)


def _move_rows(kept: Child, merged: Child) -> list[children.Change]:
    return [
        *(children.change(row, child_id=kept.pk) for row in Row.objects.filter(child=merged)),
        *(
            children.change(decision, child_id=kept.pk)
            for decision in Decision.objects.filter(child=merged)
        ),
    ]


def _move_findings(kept: Child, merged: Child) -> list[children.Change]:
    """Move what lists show; what is asked of the kept record already stays, and waits no more."""
    asked = set(Finding.objects.waiting().filter(child=kept).values_list("kind", "school"))
    return [
        children.change(finding, child_id=kept.pk)
        for finding in Finding.objects.filter(child=merged).order_by("pk")
        if not finding.is_waiting or (finding.kind, finding.school_id) not in asked
    ]


@transaction.atomic
def refuse_merge(*, merge: Merge, why: str, by: User, at: datetime) -> Merge:
    """Turn a proposal down; who proposed it may take it back in this way too."""
    merge = _waiting(merge)
    if merge.proposed_by_id != by.pk:
        _require(by, Permission.MERGE_AGREE)
    return children.answer_merge(merge=merge, refused_by=by, refused_at=at, refused_why=why)


@transaction.atomic
def undo_merge(*, merge: Merge, why: str, by: User, at: datetime, are_two: bool = False) -> Merge:
    """Part two records again: each has exactly what it had.

    What came to be known since stays with the kept record, unless it came from a telling that only
    the merged one had. With `are_two` the two are told apart for good as well.
    """
    _require(by, Permission.MERGE_AGREE)
    take_turn()
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if not merge.is_standing:
        raise MergeRefused("These records are not merged now. Nothing was changed.")
    kept, merged = _locked(merge.kept, merge.merged)
    if kept.merged_into_id is not None:
        raise MergeRefused("The kept record was merged into another since. Undo that merge first.")
    _refuse_protected([kept], by)  # the cases of both are its own now
    children.take_back(merge.moved["intake"])
    casework.part_cases(
        children_of=(kept, merged), changes=merge.moved["cases"], why=why, by=by, at=at
    )
    told = [(source, row) for source, row in merge.moved["told"]]
    children.part_children(kept=kept, merged=merged, changes=merge.moved["children"], told=told)
    _say_again(Row.objects.filter(child=kept, applied_at__gte=merge.agreed_at))
    if are_two:
        children.say_not_same(one=kept, other=merged, why=why, by=by, at=at)
    return children.answer_merge(merge=merge, undone_by=by, undone_at=at, undone_why=why)


def _say_again(rows: Iterable[Row]) -> None:
    """Keep with the child what records said since, also where it was known from the other then."""
    for row in rows:
        if row.child is not None and row.transfer.source is not None:
            facts = records.facts(records.from_kept(row.said))
            children.add_facts(
                child=row.child, facts=facts, source=row.transfer.source, row=row.number
            )


@transaction.atomic
def tell_apart(*, one: Child, other: Child, why: str, by: User, at: datetime) -> NotSame:
    """Keep a person's answer that two records are two children; refuse what would join them."""
    _require(by, Permission.MERGE_PROPOSE)
    one, other = _locked(one, other)
    _refuse_gone(one, other)
    pair = Q(kept=one, merged=other) | Q(kept=other, merged=one)
    for merge in Merge.objects.waiting().filter(pair):
        children.answer_merge(merge=merge, refused_by=by, refused_at=at, refused_why=why)
    return children.say_not_same(one=one, other=other, why=why, by=by, at=at)


def _require(by: User, permission: Permission) -> None:
    if not access.may(by, permission):
        raise MergeRefused("This is for a children missing education officer or their manager.")


def _locked(*both: Child) -> list[Child]:
    """Lock two children in one order, so that two who need the same never wait for each other."""
    found = Child.objects.select_for_update().filter(pk__in=[child.pk for child in both])
    by_number = {child.pk: child for child in found.order_by("pk")}
    return [by_number[child.pk] for child in both]


def _waiting(merge: Merge) -> Merge:
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if not merge.is_waiting:
        raise MergeRefused("Someone has already answered this. Nothing was changed.")
    return merge


def _refuse_pair(kept: Child, merged: Child, by: User) -> None:
    _refuse_gone(kept, merged)
    if said := told_apart(kept).get(merged.pk):
        raise MergeRefused(f"{said.by.name} found that these are two children: {said.why}")
    _refuse_protected((kept, merged), by)


def _refuse_gone(one: Child, other: Child) -> None:
    if one.pk == other.pk:
        raise MergeRefused("That is one record. Choose another.")
    if one.merged_into_id is not None or other.merged_into_id is not None:
        raise MergeRefused("One of these records has been merged into another already. Look again.")


def _refuse_protected(both: Iterable[Child], by: User) -> None:
    """Refuse a protected record to who does not work on a case of it (matrix row 8)."""
    for child in both:
        if not may_touch(by, [child]):
            raise MergeRefused(
                "One of these records is protected. Only someone who works on its case may do this."
            )
