"""Merge two records of one child: proposed by one person, agreed by another, undone exactly.

Source: trust.md, threat 25 (help goes to the wrong child) and row 32 of the access matrix. Nothing
is merged automatically. Each package (`children`, `clocks`, `cases`, `record` and others) changes
its own rows and records what they were.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases import actions as casework
from onroll.children import actions as children
from onroll.children.models import Child, Merge
from onroll.clocks import actions as clocks
from onroll.duplicates.actions.pairs import (
    locked,
    refuse_hidden,
    refuse_pair,
    require,
)
from onroll.enquiries import actions as enquiries
from onroll.intake import actions as intake
from onroll.lists import actions as lists
from onroll.record import actions as record
from onroll.rules.refusal import Refused


@transaction.atomic
def propose_merge(*, target: Child, merged: Child, why: str, by: User, at: datetime) -> Merge:
    """Propose that `merged` is the same child as `target`; nothing moves until someone agrees."""
    require(by, Permission.MERGE_PROPOSE)
    target, merged = locked(target, merged)
    refuse_pair(target, merged, by)
    pair = Q(kept=target, merged=merged) | Q(kept=merged, merged=target)
    if Merge.objects.waiting().filter(pair).exists():
        raise Refused("This has already been proposed and waits for a second person.")
    return children.add_merge(target=target, merged=merged, why=why, by=by, at=at)


@transaction.atomic
def agree_merge(*, merge: Merge, by: User, at: datetime) -> Merge:
    """Agree to a proposed merge and carry it out; refused to the person who proposed it."""
    require(by, Permission.MERGE_AGREE)
    intake.take_turn()
    merge = _waiting(merge)
    if merge.proposed_by_id == by.pk:
        raise Refused("You proposed this. A second person must agree to it.")
    target, merged = locked(merge.kept, merge.merged)
    refuse_pair(target, merged, by)
    own_rows = children.source_rows(merged) - children.source_rows(target)
    moved = {
        "lists": lists.join_findings(kept=target, merged=merged),
        "intake": intake.join_records(kept=target, merged=merged),
        "cases": casework.join_cases(target=target, merged=merged, why=merge.why, by=by, at=at),
        "enquiries": enquiries.join_enquiries(kept=target),
        "record": record.join_record(target=target, merged=merged),
        "clocks": clocks.join_clocks(kept=target, merged=merged, on=at.date()),
        "children": children.join_children(target=target, merged=merged),
        "told": sorted(own_rows, key=lambda pair: (pair[0], pair[1] or 0)),
    }
    casework.update_whereabouts(child=target, on=at.date(), at=at)
    return children.answer_merge(merge=merge, agreed_by=by, agreed_at=at, moved=moved)


@transaction.atomic
def refuse_merge(*, merge: Merge, why: str, by: User, at: datetime) -> Merge:
    """Refuse a proposal; the person who proposed it may withdraw it this way."""
    merge = _waiting(merge)
    if merge.proposed_by_id != by.pk:
        require(by, Permission.MERGE_AGREE)
    return children.answer_merge(merge=merge, refused_by=by, refused_at=at, refused_why=why)


@transaction.atomic
def undo_merge(*, merge: Merge, why: str, by: User, at: datetime, are_two: bool = False) -> Merge:
    """Undo a merge: each record has exactly what it had.

    Facts added since stay with the target, unless they came from records of files that only the
    merged one had. With `are_two`, also record that they are two children.
    """
    require(by, Permission.MERGE_AGREE)
    intake.take_turn()
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if (since := merge.agreed_at) is None or not merge.is_standing:
        raise Refused("These records are not merged now. Nothing was changed.")
    target, merged = locked(merge.kept, merge.merged)
    if target.merged_into_id is not None:
        raise Refused("The kept record was merged into another since. Undo that merge first.")
    refuse_hidden([target], by)  # the cases of both are its own now
    children.undo_changes(merge.moved["intake"])
    children.undo_changes(merge.moved["lists"])
    # Earlier merges moved nothing of these.
    children.undo_changes(merge.moved.get("record", []))
    children.undo_changes(merge.moved.get("enquiries", []))
    casework.part_cases(
        children_of=(target, merged), changes=merge.moved["cases"], why=why, by=by, at=at
    )
    children.undo_changes(merge.moved["clocks"])
    own_rows = [(source, row) for source, row in merge.moved["told"]]
    changes = merge.moved["children"]
    children.separate_children(target=target, merged=merged, changes=changes, own_rows=own_rows)
    has_new_rows = intake.say_again(child=target, since=since)
    children.keep_protected(
        target=target, merged=merged, changes=changes, since=since, has_new_rows=has_new_rows
    )
    for child in (target, merged):
        casework.update_whereabouts(child=child, on=at.date(), at=at)
    if are_two:
        children.add_not_same(first=target, second=merged, why=why, by=by, at=at)
    return children.answer_merge(merge=merge, undone_by=by, undone_at=at, undone_why=why)


def _waiting(merge: Merge) -> Merge:
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if not merge.is_waiting:
        raise Refused("Someone has already answered this. Nothing was changed.")
    return merge
