"""Every read of children and their places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onroll.accounts.models import User
from onroll.children.bearers import Bearers, Named, find_bearers, find_misspelt, find_similar
from onroll.children.candidates import find_candidate_ids, find_candidates
from onroll.children.frequencies import register_frequencies, register_size
from onroll.children.models import Child, IdentifierKind, NotSame, Place
from onroll.children.models.place import EDUCATION
from onroll.children.people import descriptions, people_by_id, split_upns, without_homes
from onroll.children.protection import (
    has_protected_home,
    holds_protected_address,
    is_home_protected,
    is_place_protected,
    is_plain,
    plain,
    plain_home,
    protected_of,
    without_protected_homes,
)
from onroll.children.states import (
    UPNS,
    current_details,
    current_number,
    details_of,
    homes_of,
    homes_on_record,
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
    "Named",
    "PairAnswer",
    "Whereabouts",
    "current_details",
    "current_number",
    "descriptions",
    "details_of",
    "find_bearers",
    "find_candidate_ids",
    "find_candidates",
    "find_misspelt",
    "find_similar",
    "get_child",
    "has_protected_home",
    "holds_protected_address",
    "homes_of",
    "homes_on_record",
    "is_home_protected",
    "is_place_protected",
    "is_plain",
    "judge_pair",
    "merge_targets",
    "not_same_answers",
    "people_by_id",
    "plain",
    "plain_home",
    "possible_duplicates",
    "protected_of",
    "register_frequencies",
    "register_size",
    "split_upns",
    "state_of",
    "version_of",
    "where_is",
    "without_homes",
    "without_protected_homes",
]

UPN_KINDS = (
    IdentifierKind.UPN.value,
    IdentifierKind.FORMER_UPN.value,
    IdentifierKind.TEMPORARY_UPN.value,
)


def get_child(user: User, ref: str, *, of: Q, on: date) -> Child:
    """Return the child with a reference, if this user may see them on a day; else DoesNotExist.

    `of` says which protected children count: none (`plain`), or those the user works with
    (`protected.in_reach` of cases). The reference of a merged record leads to its target.
    """
    records = Child.objects.filter(Q(ref=ref, merged_into__isnull=True) | Q(merged__ref=ref))
    return Child.objects.visible_to(user, on=on).filter(of).get(pk__in=records)


def merge_targets(ids: Iterable[int]) -> dict[int, int]:
    """Return, by each child's id, the id of the record it was merged into, else its own."""
    wanted = set(ids)
    if not wanted:
        return {}
    merged = Child.objects.filter(pk__in=wanted, merged_into__isnull=False)
    return {pk: pk for pk in wanted} | dict(merged.values_list("pk", "merged_into_id"))


def not_same_answers(child: Child) -> dict[int, NotSame]:
    """Return the standing answers that this child and another are two children, by the other's id.

    An answer about a merged record holds for the record it was merged into.
    """
    records = {child.pk, *Child.objects.filter(merged_into=child).values_list("pk", flat=True)}
    about = Q(one__in=records) | Q(other__in=records)
    answers = NotSame.objects.standing().filter(about).select_related("by")
    different = {
        answer: answer.other_id if answer.one_id in records else answer.one_id for answer in answers
    }
    targets = merge_targets(different.values())
    return {targets[number]: answer for answer, number in different.items()}


def possible_duplicates(child: Child) -> list[Candidate]:
    """Return the other records that may be of the same child, likeliest first, with reasons.

    Left out: merged records, and those an officer has said are another child's. Protected addresses
    are not compared.
    """
    me = people_by_id([child.pk])[child.pk]
    apart = not_same_answers(child)
    [candidates] = find_candidates([me])
    rivals = [
        candidate
        for candidate in candidates
        if candidate.key != child.pk and candidate.key not in apart
    ]
    [me, *rivals] = without_protected_homes([me, *rivals])
    return list(
        match_record(me, rivals, frequencies=register_frequencies([me, *rivals])).candidates
    )


@dataclass(frozen=True)
class PairAnswer:
    """What matching says of two records: its answer, each field, and what each adds."""

    kind: Kind
    reasons: Sequence[Reason]
    weight: Waterfall


def judge_pair(first: Child, second: Child) -> PairAnswer:
    """Return what matching says of two records, and why; their order makes no difference.

    Protected addresses are not compared.
    """
    people = people_by_id([first.pk, second.pk])
    record, person = both = without_protected_homes([people[key] for key in sorted(people)])
    frequencies = register_frequencies(both)
    answer = match_record(record, [person], frequencies=frequencies)
    lost = answer.candidates[0].lost if answer.candidates else 0.0
    return PairAnswer(
        answer.kind,
        explain_pair(record, person, frequencies=frequencies),
        waterfall(record.described, person.described, lost=lost, frequencies=frequencies),
    )


@dataclass(frozen=True)
class Whereabouts:
    """Where a child is on a day, and how that is known (P01)."""

    on: date
    places: tuple[Place, ...]
    """Where the child is being educated; more than one when sources disagree or by arrangement."""
    expected: tuple[Place, ...]
    """Where someone said the child would be, but that place has not confirmed it."""
    is_compulsory_age: bool

    @property
    def is_missing(self) -> bool:
        """Say whether the child is of compulsory school age and nowhere known to be educated."""
        return self.is_compulsory_age and not self.places


def where_is(child: Child, *, on: date) -> Whereabouts:
    """Return where a child is on a day and how we know: one query."""
    places = list(
        Place.objects.filter(child=child)
        .on_day(on)
        .select_related("school", "source", "ended_by")
        .order_by("from_on", "pk")
    )
    return Whereabouts(
        on=on,
        places=tuple(p for p in places if p.kind in EDUCATION),
        expected=tuple(p for p in places if p.kind not in EDUCATION),
        is_compulsory_age=bool(
            child.born_on and not child.died_on and age.is_compulsory(child.born_on, on=on)
        ),
    )
