"""Merge two records of one child, and undo it: the facts of `merged` go to `target`.

Nothing is deleted. A fact that the target has already stays with the merged record.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, Q

from onroll.accounts.models import User
from onroll.children.actions.changes import Change, added, change, undo_changes
from onroll.children.models import (
    Address,
    Child,
    Correction,
    Detail,
    Flag,
    Identifier,
    Merge,
    Name,
    NameKind,
    Place,
    Relationship,
)
from onroll.matching import compact
from onroll.rules.refusal import Refused

SourceRow = tuple[int, int | None]
"""The id of a source, and the number of a record in it."""

FACTS: tuple[type[Any], ...] = (
    *(Name, Identifier, Address, Relationship, Flag, Place),
    *(Detail, Correction),
)
_FILLED = ("middle_names", "chosen_forename", "chosen_surname", "died_on", "home_la_code")


@transaction.atomic
def add_merge(*, target: Child, merged: Child, why: str, by: User, at: datetime) -> Merge:
    """Propose that two records are one child."""
    return Merge.objects.create(kept=target, merged=merged, why=why, proposed_by=by, proposed_at=at)


@transaction.atomic
def answer_merge(*, merge: Merge, **answer: Any) -> Merge:
    """Set columns of a merge: who agreed to it, refused or undid it, and what moved."""
    for field, value in answer.items():
        setattr(merge, field, value)
    merge.save(update_fields=list(answer))
    return merge


def source_rows(child: Child) -> set[SourceRow]:
    """Return every record of a source that a fact about a child came from."""
    rows: set[SourceRow] = {(child.source_id, child.source_row)}
    for facts in FACTS:
        rows.update(facts.objects.filter(child=child).values_list("source_id", "source_row"))
    return rows


@transaction.atomic
def join_children(*, target: Child, merged: Child) -> list[Change]:
    """Move all facts of `merged` to `target` and mark it as merged; return every change."""
    _refuse_sealed(target, merged)
    changes = [
        *_move_where_new(Name, target, merged, "kind", "forename", "surname"),
        *_move_where_new(Identifier, target, merged, "kind", "value"),
        *(
            change(row, child_id=target.pk)
            for facts in (Address, Detail, Correction)
            for row in facts.objects.filter(child=merged).order_by("pk")
        ),
        *_move_adults(target, merged),
        *_move_flags(target, merged),
        *_move_places(target, merged),
        *_add_names(target, merged),
        _fill_in(target, merged),
    ]
    for earlier in Child.objects.filter(merged_into=merged):
        changes.append(change(earlier, merged_into_id=target.pk))
    changes.append(change(merged, merged_into_id=target.pk))
    return changes


SEALED = (
    "A case of one of these children is sealed, so their records stay as they are. Unseal it first."
)


def _refuse_sealed(*records: Child) -> None:
    """Refuse to join or part records of which one is sealed: others would see what is sealed."""
    if Child.objects.filter(pk__in=[record.pk for record in records], is_sealed=True).exists():
        raise Refused(SEALED)


def _move_where_new(facts: type[Any], target: Child, merged: Child, *columns: str) -> list[Change]:
    on_record = set(facts.objects.filter(child=target).values_list(*columns))
    return [
        change(row, child_id=target.pk)
        for row in facts.objects.filter(child=merged).order_by("pk")
        if tuple(getattr(row, column) for column in columns) not in on_record
    ]


def _move_adults(target: Child, merged: Child) -> list[Change]:
    """Move the adults, in order after those of the target: only one is to be rung first."""
    relationships = Relationship.objects.filter(child=target)
    last = relationships.aggregate(last=Max("order"))["last"] or 0
    on_record = set(relationships.values_list("adult_id", flat=True))
    return [
        change(row, child_id=target.pk, order=last + row.order)
        for row in Relationship.objects.filter(child=merged)
        if row.adult_id not in on_record
    ]


def _move_flags(target: Child, merged: Child) -> list[Change]:
    raised = {flag.kind: flag for flag in Flag.objects.filter(child=target, to_on__isnull=True)}
    changes = []
    for flag in Flag.objects.filter(child=merged).order_by("pk"):
        same = raised.get(flag.kind) if flag.to_on is None else None
        if same is None:
            changes.append(change(flag, child_id=target.pk))
        elif flag.from_on < same.from_on:
            changes.append(change(same, from_on=flag.from_on))
    return changes


def _move_places(target: Child, merged: Child) -> list[Change]:
    """Move the places, except an open one that the target also has at that school.

    The target's place then takes the first day and the confirmation that it lacks.
    """
    opened = {
        (place.school_id, place.kind): place
        for place in Place.objects.filter(child=target, to_on__isnull=True, school__isnull=False)
    }
    changes = []
    for place in Place.objects.filter(child=merged).order_by("pk"):
        same = opened.get((place.school_id, place.kind)) if place.to_on is None else None
        if same is None:
            changes.append(change(place, child_id=target.pk))
        else:
            from_on = same.from_on or place.from_on
            is_confirmed = same.is_confirmed or place.is_confirmed
            changes.append(change(same, from_on=from_on, is_confirmed=is_confirmed))
    return changes


def _add_names(target: Child, merged: Child) -> list[Change]:
    """Add the legal and chosen names of the merged record as aliases of the target."""
    on_record = {
        (compact(target.forename), compact(target.surname)),
        (compact(target.chosen_forename), compact(target.chosen_surname)),
        *(
            (compact(name.forename), compact(name.surname))
            for name in Name.objects.filter(child=target)
        ),
    }
    names = (
        (merged.forename, merged.surname),
        (merged.chosen_forename or merged.forename, merged.chosen_surname or merged.surname),
    )
    return [
        added(
            Name.objects.create(
                child=target,
                kind=NameKind.ALIAS.value,
                forename=forename,
                surname=surname,
                source=merged.source,
                source_row=merged.source_row,
            )
        )
        for forename, surname in dict.fromkeys(names)
        if (compact(forename), compact(surname)) not in on_record
    ]


def _fill_in(target: Child, merged: Child) -> Change:
    """Fill the target's empty columns; the target is protected if either record is."""
    now: dict[str, Any] = {
        field: getattr(merged, field)
        for field in _FILLED
        if not getattr(target, field) and getattr(merged, field)
    }
    if target.born_on is None and merged.born_on is not None:
        now |= {"born_on": merged.born_on, "is_born_estimated": merged.is_born_estimated}
    if target.sex == "U":
        now["sex"] = merged.sex
    now["is_protected"] = target.is_protected or merged.is_protected
    now["search_keys"] = sorted({*target.search_keys, *merged.search_keys})
    return change(target, **now)


@transaction.atomic
def separate_children(
    *, target: Child, merged: Child, changes: Sequence[Change], own_rows: Iterable[SourceRow]
) -> None:
    """Undo a merge of children.

    Facts that were added to the target since stay there, unless they came from `own_rows`: records
    of sources that only the merged child had.
    """
    _refuse_sealed(target, merged)
    undo_changes(changes)
    for source, row in own_rows:
        for facts in FACTS:
            for fact in facts.objects.filter(child=target, source_id=source, source_row=row):
                if not _has_like(merged, fact):
                    change(fact, child_id=merged.pk)


@transaction.atomic
def keep_protected(
    *, target: Child, merged: Child, changes: Sequence[Change], since: datetime, has_new_rows: bool
) -> None:
    """Protect both records of an undone merge if we cannot tell whose the protection was.

    That is so if it was set `since` the merge, or if an address came while both were one. To be
    safe, `has_new_rows` (records of files were applied since) counts as an address.
    """
    target.refresh_from_db()
    merged.refresh_from_db()
    if target.is_protected and not _was_protected(target, changes):
        change(merged, is_protected=True)
    elif merged.is_protected and (has_new_rows or _has_home_since(target, since)):
        change(target, is_protected=True)


def _was_protected(child: Child, changes: Sequence[Change]) -> bool:
    table = Child._meta.label_lower
    previous = (
        change_["was"]
        for change_ in changes
        if (change_["table"], change_["pk"]) == (table, child.pk)
    )
    return any(was.get("is_protected") for was in previous)


def _has_home_since(child: Child, since: datetime) -> bool:
    return any(
        facts.objects.filter(child=child, source__recorded_at__gte=since).exists()
        for facts in (Address, Relationship)
    )


def _has_like(child: Child, fact: Model) -> bool:
    """Return whether a child has a fact that a unique constraint would not let this one join."""
    match fact:
        case Name():
            like = Q(kind=fact.kind, forename=fact.forename, surname=fact.surname)
        case Identifier():
            like = Q(kind=fact.kind, value=fact.value)
        case Relationship():
            like = Q(adult_id=fact.adult_id)
        case Flag() if fact.to_on is None:
            like = Q(kind=fact.kind, to_on__isnull=True)
        case Place() if fact.to_on is None and fact.school_id is not None:
            like = Q(kind=fact.kind, school_id=fact.school_id, to_on__isnull=True)
        case _:
            return False
    return type(fact)._default_manager.filter(like, child=child).exists()
