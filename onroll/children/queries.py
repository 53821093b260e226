"""Every read of children and their places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from onroll.accounts.models import User
from onroll.children.models import (
    Address,
    Child,
    Identifier,
    IdentifierKind,
    Name,
    NotSame,
    Place,
)
from onroll.children.models.place import EDUCATION
from onroll.matching import Candidate, Person, decide
from onroll.matching.keys import fold, sound
from onroll.rules import age
from onroll.rules.identifiers import check_upn

UPN_KINDS = (
    IdentifierKind.UPN.value,
    IdentifierKind.FORMER_UPN.value,
    IdentifierKind.TEMPORARY_UPN.value,
)


def get_child(user: User, ref: str, *, on: date) -> Child:
    """Return a child in this person's sight on a day; else DoesNotExist.

    The reference of a record merged into another leads to that other.
    """
    found = Child.objects.filter(Q(ref=ref, merged_into__isnull=True) | Q(merged__ref=ref))
    return Child.objects.visible_to(user, on=on).get(pk__in=found)


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

    Never those that a person has told apart from it, nor one merged into another.
    """
    me = _people([child.pk])[child.pk]
    apart = told_apart(child)
    [found] = find_same([me])
    others = [other for other in found if other.key != child.pk and other.key not in apart]
    return list(decide(me, others).candidates)


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


_FIND = """
with wanted as (
    select * from unnest(%s::int[], %s::date[], %s::text[], %s::text[]) as w(i, born, keys, pair)
), numbered as (
    select * from unnest(%s::int[], %s::text[]) as n(i, value)
)
select n.i, coalesce(c.merged_into_id, c.id) from numbered n
    join children_identifier d on d.value = n.value join children_child c on c.id = d.child_id
union
select w.i, coalesce(c.merged_into_id, c.id) from wanted w join children_child c
    on c.born_on = w.born and c.search_keys && string_to_array(w.keys, ' ')
union
select w.i, coalesce(c.merged_into_id, c.id) from wanted w join children_child c
    on w.pair <> '' and c.search_keys @> string_to_array(w.pair, ' ')
    and (w.born is null or c.born_on is null
         or extract(year from c.born_on) = extract(year from w.born)
         or to_char(c.born_on, 'MMDD') = to_char(w.born, 'MMDD'))
"""


def find_same(records: Sequence[Person]) -> list[list[Person]]:
    """Return, for each record in order, the known children it might be.

    A child is a candidate by any number in common, by birthday and the sound of a name, or by
    the sound of both names and most of the birthday. What is found by a record that was merged
    into another finds that other. Two queries for any number of records, and
    one each for numbers, names and postcodes of the candidates.
    """
    found = _candidate_ids(records)
    people = _people({child for ids in found.values() for child in ids})
    return [[people[c] for c in sorted(found[i])] for i in range(len(records))]


def _candidate_ids(records: Sequence[Person]) -> dict[int, set[int]]:
    numbers = [
        (i, value)
        for i, record in enumerate(records)
        for value in record.upns | record.weak_upns | record.ulns
    ]
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND,
            [
                list(range(len(records))),
                [record.born for record in records],
                [" ".join(_sounds(record.forenames | record.surnames)) for record in records],
                [_pair(record) for record in records],
                [i for i, _ in numbers],
                [value for _, value in numbers],
            ],
        )
        for i, child in cursor.fetchall():
            found[i].add(child)
    return found


def _sounds(names: Iterable[str]) -> list[str]:
    return sorted({f"s:{sound(part)}" for name in names for part in fold(name).split()})


def _pair(record: Person) -> str:
    forename, surname = min(record.forenames, default=""), min(record.surnames, default="")
    return " ".join(_sounds([forename, surname])) if forename and surname else ""


def _people(ids: Iterable[int]) -> dict[int, Person]:
    wanted = list(ids)
    children = {child.pk: child for child in Child.objects.filter(pk__in=wanted)}
    numbers: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    postcodes: dict[int, set[str]] = defaultdict(set)
    for pk, kind, value in _of(Identifier, wanted, "kind", "value"):
        numbers[pk][kind].add(value)
    for pk, forename, surname in _of(Name, wanted, "forename", "surname"):
        names[pk].append((forename, surname))
    for pk, postcode in _of(Address, wanted, "postcode"):
        postcodes[pk].add(postcode)
    return {
        pk: _person(child, numbers[pk], names[pk], postcodes[pk]) for pk, child in children.items()
    }


def sort_upns(numbers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the permanent numbers that pass their check, and all the others."""
    checked = [(upn, check_upn(upn)) for upn in numbers if upn]
    strong = {upn for upn, check in checked if check.is_valid and check.kind == "permanent"}
    return frozenset(strong), frozenset(upn for upn, _ in checked) - strong


def _of(
    model: type[Identifier | Name | Address], ids: list[int], *fields: str
) -> Iterable[tuple[Any, ...]]:
    return model._default_manager.filter(child_id__in=ids).values_list("child_id", *fields)


def _person(
    child: Child,
    numbers: dict[str, set[str]],
    names: list[tuple[str, str]],
    postcodes: set[str],
) -> Person:
    forenames = {child.forename, child.chosen_forename, *(f for f, _ in names)}
    surnames = {child.surname, child.chosen_surname, *(s for _, s in names)}
    upns, weak_upns = sort_upns(n for kind in UPN_KINDS for n in numbers.get(kind, ()))
    return Person(
        key=child.pk,
        upns=upns,
        weak_upns=weak_upns,
        ulns=frozenset(numbers.get(IdentifierKind.ULN.value, set())),
        forenames=frozenset(forenames - {""}),
        surnames=frozenset(surnames - {""}),
        born=child.born_on,
        sex=child.sex,
        postcodes=frozenset(postcodes - {""}),
        is_protected=child.is_protected,
    )
