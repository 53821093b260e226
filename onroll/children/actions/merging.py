"""The part of a merge that concerns children: what is known of one record goes to the other.

Nothing is deleted. A fact that the kept record already has stays with the merged one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, Q

from onroll.accounts.models import User
from onroll.children.actions.changes import Change, added, change, take_back
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
    NotSame,
    Place,
    Relationship,
)
from onroll.matching import compact

Telling = tuple[int, int | None]
"""A source's number and that of the record in it."""

FACTS: tuple[type[Any], ...] = (
    *(Name, Identifier, Address, Relationship, Flag, Place),
    *(Detail, Correction),
)
_FILLED = ("middle_names", "chosen_forename", "chosen_surname", "died_on", "home_la_code")


@transaction.atomic
def say_not_same(*, one: Child, other: Child, why: str, by: User, at: datetime) -> NotSame:
    """Keep that two records are two children; said again, the first answer stays."""
    first, second = sorted((one.pk, other.pk))
    said, _ = NotSame.objects.get_or_create(
        one_id=first,
        other_id=second,
        withdrawn_at__isnull=True,
        defaults={"why": why, "by": by, "at": at},
    )
    return said


@transaction.atomic
def withdraw_not_same(*, apart: NotSame, why: str, by: User, at: datetime) -> NotSame:
    """Keep that an answer was withdrawn, by whom and why."""
    apart.withdrawn_at, apart.withdrawn_by, apart.withdrawn_why = at, by, why
    apart.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return apart


@transaction.atomic
def add_merge(*, kept: Child, merged: Child, why: str, by: User, at: datetime) -> Merge:
    """Keep a proposal that two records are one child."""
    return Merge.objects.create(kept=kept, merged=merged, why=why, proposed_by=by, proposed_at=at)


@transaction.atomic
def answer_merge(*, merge: Merge, **answer: Any) -> Merge:
    """Keep who agreed to, refused or undid a merge, and what moved."""
    for field, value in answer.items():
        setattr(merge, field, value)
    merge.save(update_fields=list(answer))
    return merge


def tellings(child: Child) -> set[Telling]:
    """Return every telling that something known of a child came from."""
    found: set[Telling] = {(child.source_id, child.source_row)}
    for facts in FACTS:
        found.update(facts.objects.filter(child=child).values_list("source_id", "source_row"))
    return found


@transaction.atomic
def join_children(*, kept: Child, merged: Child) -> list[Change]:
    """Give all that is known of `merged` to `kept`, and mark `merged`; return every change."""
    changes = [
        *_move_where_new(Name, kept, merged, "kind", "forename", "surname"),
        *_move_where_new(Identifier, kept, merged, "kind", "value"),
        *(
            change(row, child_id=kept.pk)
            for facts in (Address, Detail, Correction)
            for row in facts.objects.filter(child=merged).order_by("pk")
        ),
        *_move_adults(kept, merged),
        *_move_flags(kept, merged),
        *_move_places(kept, merged),
        *_add_names(kept, merged),
        _fill_in(kept, merged),
    ]
    for earlier in Child.objects.filter(merged_into=merged):
        changes.append(change(earlier, merged_into_id=kept.pk))
    changes.append(change(merged, merged_into_id=kept.pk))
    return changes


def _move_where_new(facts: type[Any], kept: Child, merged: Child, *columns: str) -> list[Change]:
    known = set(facts.objects.filter(child=kept).values_list(*columns))
    return [
        change(row, child_id=kept.pk)
        for row in facts.objects.filter(child=merged).order_by("pk")
        if tuple(getattr(row, column) for column in columns) not in known
    ]


def _move_adults(kept: Child, merged: Child) -> list[Change]:
    """Move the adults after those of the kept record: only one may be the first to be rung."""
    theirs = Relationship.objects.filter(child=kept)
    last = theirs.aggregate(last=Max("order"))["last"] or 0
    known = set(theirs.values_list("adult_id", flat=True))
    return [
        change(row, child_id=kept.pk, order=last + row.order)
        for row in Relationship.objects.filter(child=merged)
        if row.adult_id not in known
    ]


def _move_flags(kept: Child, merged: Child) -> list[Change]:
    raised = {flag.kind: flag for flag in Flag.objects.filter(child=kept, to_on__isnull=True)}
    changes = []
    for flag in Flag.objects.filter(child=merged).order_by("pk"):
        same = raised.get(flag.kind) if flag.to_on is None else None
        if same is None:
            changes.append(change(flag, child_id=kept.pk))
        elif flag.from_on < same.from_on:
            changes.append(change(same, from_on=flag.from_on))
    return changes


def _move_places(kept: Child, merged: Child) -> list[Change]:
    """Move the places; of two open ones of a kind at one school, the kept record's stays the one.

    It takes the first day and the confirmation from the other where it has none.
    """
    opened = {
        (place.school_id, place.kind): place
        for place in Place.objects.filter(child=kept, to_on__isnull=True, school__isnull=False)
    }
    changes = []
    for place in Place.objects.filter(child=merged).order_by("pk"):
        same = opened.get((place.school_id, place.kind)) if place.to_on is None else None
        if same is None:
            changes.append(change(place, child_id=kept.pk))
        else:
            from_on = same.from_on or place.from_on
            is_confirmed = same.is_confirmed or place.is_confirmed
            changes.append(change(same, from_on=from_on, is_confirmed=is_confirmed))
    return changes


def _add_names(kept: Child, merged: Child) -> list[Change]:
    """Keep the legal and chosen names of the merged record as other names of the kept one."""
    known = {
        (compact(kept.forename), compact(kept.surname)),
        (compact(kept.chosen_forename), compact(kept.chosen_surname)),
        *(
            (compact(name.forename), compact(name.surname))
            for name in Name.objects.filter(child=kept)
        ),
    }
    names = (
        (merged.forename, merged.surname),
        (merged.chosen_forename or merged.forename, merged.chosen_surname or merged.surname),
    )
    return [
        added(
            Name.objects.create(
                child=kept,
                kind=NameKind.ALIAS.value,
                forename=forename,
                surname=surname,
                source=merged.source,
                source_row=merged.source_row,
            )
        )
        for forename, surname in dict.fromkeys(names)
        if (compact(forename), compact(surname)) not in known
    ]


def _fill_in(kept: Child, merged: Child) -> Change:
    """Fill what the kept record has empty; what protects either protects both."""
    now: dict[str, Any] = {
        field: getattr(merged, field)
        for field in _FILLED
        if not getattr(kept, field) and getattr(merged, field)
    }
    if kept.born_on is None and merged.born_on is not None:
        now |= {"born_on": merged.born_on, "is_born_estimated": merged.is_born_estimated}
    if kept.sex == "U":
        now["sex"] = merged.sex
    now["is_protected"] = kept.is_protected or merged.is_protected
    now["search_keys"] = sorted({*kept.search_keys, *merged.search_keys})
    return change(kept, **now)


@transaction.atomic
def part_children(
    *, kept: Child, merged: Child, changes: Sequence[Change], told: Iterable[Telling]
) -> None:
    """Take a merge of children back.

    What came to be known of the kept record since stays there, unless it came from a telling that
    only the merged record had (`told`).
    """
    take_back(changes)
    for source, row in told:
        for facts in FACTS:
            for fact in facts.objects.filter(child=kept, source_id=source, source_row=row):
                if not _has_like(merged, fact):
                    change(fact, child_id=merged.pk)


@transaction.atomic
def keep_hidden(
    *, kept: Child, merged: Child, changes: Sequence[Change], since: datetime, is_told: bool
) -> None:
    """Let neither record of a merge that was taken back lose a protection that may be its own.

    What was protected `since` the merge may be either; so may a home that was told of while both
    were one and protected. `is_told` says that records of files were applied to them since.
    """
    kept.refresh_from_db()
    merged.refresh_from_db()
    if kept.is_protected and not _was_protected(kept, changes):
        change(merged, is_protected=True)
    elif merged.is_protected and (is_told or _has_home_since(kept, since)):
        change(kept, is_protected=True)


def _was_protected(child: Child, changes: Sequence[Change]) -> bool:
    table = Child._meta.label_lower
    own = (said["was"] for said in changes if (said["table"], said["pk"]) == (table, child.pk))
    return any(was.get("is_protected") for was in own)


def _has_home_since(child: Child, since: datetime) -> bool:
    return any(
        facts.objects.filter(child=child, source__recorded_at__gte=since).exists()
        for facts in (Address, Relationship)
    )


def _has_like(child: Child, fact: Model) -> bool:
    """Say whether a child already has a fact that this one could not stand beside."""
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
