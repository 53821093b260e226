"""Every read of children and their places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onroll.accounts.models import User
from onroll.children.bearers import Bearers, find_bearers, find_like, find_spelled_nearly
from onroll.children.finding import (
    counted_for,
    counted_size,
    described,
    find_keys,
    find_same,
    known_people,
    sort_upns,
    without_addresses,
)
from onroll.children.models import Child, IdentifierKind, NotSame, Place
from onroll.children.models.place import EDUCATION
from onroll.children.protection import (
    has_protected_home,
    is_home_protected,
    is_plain,
    plain,
    protected_of,
    without_protected_homes,
)
from onroll.children.states import (
    UPNS,
    details_of,
    details_that_hold,
    homes_of,
    number_shown,
    state_of,
    version_of,
)
from onroll.matching import (
    Candidate,
    Kind,
    Reason,
    Waterfall,
    explain_pair,
    match_record,
    waterfall,
)
from onroll.rules import age

__all__ = [
    "UPNS",
    "UPN_KINDS",
    "Bearers",
    "Weighed",
    "Whereabouts",
    "counted_for",
    "counted_size",
    "described",
    "details_of",
    "details_that_hold",
    "find_bearers",
    "find_keys",
    "find_like",
    "find_same",
    "find_spelled_nearly",
    "get_child",
    "has_protected_home",
    "homes_of",
    "is_home_protected",
    "is_plain",
    "judge_two",
    "kept_of",
    "known_people",
    "number_shown",
    "perhaps_same",
    "plain",
    "protected_of",
    "sort_upns",
    "state_of",
    "told_apart",
    "version_of",
    "where_is",
    "without_addresses",
    "without_protected_homes",
]

UPN_KINDS = (
    IdentifierKind.UPN.value,
    IdentifierKind.FORMER_UPN.value,
    IdentifierKind.TEMPORARY_UPN.value,
)


def get_child(user: User, ref: str, *, of: Q, on: date) -> Child:
    """Return a child in this person's sight on a day; else DoesNotExist.

    `of` says which protected children are among them: none (`plain`), or those whom the person
    works with (`protected.in_reach` of cases). The reference of a record merged into another
    leads to that other.
    """
    found = Child.objects.filter(Q(ref=ref, merged_into__isnull=True) | Q(merged__ref=ref))
    return Child.objects.visible_to(user, on=on).filter(of).get(pk__in=found)


def kept_of(ids: Iterable[int]) -> dict[int, int]:
    """Return, for each child's number, that of the record it was merged into; else its own."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Child.objects.filter(pk__in=wanted, merged_into__isnull=False)
    return {pk: pk for pk in wanted} | dict(found.values_list("pk", "merged_into_id"))


def told_apart(child: Child) -> dict[int, NotSame]:
    """Return the answers that stand that this child and another are two, by the other's number.

    Said of a record merged into either, it holds for the child.
    """
    ours = {child.pk, *Child.objects.filter(merged_into=child).values_list("pk", flat=True)}
    about = Q(one__in=ours) | Q(other__in=ours)
    found = NotSame.objects.standing().filter(about).select_related("by")
    others = {said: said.other_id if said.one_id in ours else said.one_id for said in found}
    kept = kept_of(others.values())
    return {kept[other]: said for said, other in others.items()}


def perhaps_same(child: Child) -> list[Candidate]:
    """Return the other records that may be of this child, likeliest first, and why.

    Never those that a person has told apart from it, nor one merged into another. A protected
    home speaks neither for nor against.
    """
    me = known_people([child.pk])[child.pk]
    apart = told_apart(child)
    [found] = find_same([me])
    others = [other for other in found if other.key != child.pk and other.key not in apart]
    [me, *others] = without_protected_homes([me, *others])
    return list(match_record(me, others, frequencies=counted_for([me, *others])).candidates)


@dataclass(frozen=True)
class Weighed:
    """What matching says of two records: its answer, each field, and how the weight comes about."""

    kind: Kind
    reasons: Sequence[Reason]
    weight: Waterfall


def judge_two(one: Child, other: Child) -> Weighed:
    """Return what a machine would say of two records on file, and why.

    A protected home speaks neither for nor against. Which of the two is named first makes no
    difference.
    """
    people = known_people([one.pk, other.pk])
    record, person = both = without_protected_homes([people[key] for key in sorted(people)])
    known = counted_for(both)
    answer = match_record(record, [person], frequencies=known)
    lost = answer.candidates[0].lost if answer.candidates else 0.0
    return Weighed(
        answer.kind,
        explain_pair(record, person, frequencies=known),
        waterfall(record.described, person.described, lost=lost, frequencies=known),
    )


@dataclass(frozen=True)
class Whereabouts:
    """Where a child is on a day, and how that is known (P01)."""

    on: date
    places: tuple[Place, ...]
    """Where the child is being educated; more than one when sources disagree or by arrangement."""
    expected: tuple[Place, ...]
    """Where someone said the child would be, which nobody there has confirmed."""
    is_compulsory_age: bool

    @property
    def is_missing(self) -> bool:
        """Say whether the child is of compulsory school age and nowhere known to be educated."""
        return self.is_compulsory_age and not self.places


def where_is(child: Child, *, on: date) -> Whereabouts:
    """Return where a child is on a day and how we know: one query for all of it."""
    found = list(
        Place.objects.filter(child=child)
        .on_day(on)
        .select_related("school", "source", "ended_by")
        .order_by("from_on", "pk")
    )
    return Whereabouts(
        on=on,
        places=tuple(p for p in found if p.kind in EDUCATION),
        expected=tuple(p for p in found if p.kind not in EDUCATION),
        is_compulsory_age=bool(
            child.born_on and not child.died_on and age.is_compulsory(child.born_on, on=on)
        ),
    )
