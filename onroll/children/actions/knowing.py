"""Write who told us what, children, and the facts about them. Nothing known is overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.actions.inserting import insert_many
from onroll.children.actions.refusing import without_what_was_put_right
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import (
    Address,
    AddressKind,
    Adult,
    Child,
    Detail,
    Flag,
    Identifier,
    Name,
    NameKind,
    Relationship,
    Source,
    SourceKind,
)
from onroll.matching import compact, pair_keys, search_keys

Told = tuple[Child, int | None, ChildFacts]
"""A child, the record's number in its source, and what the record said."""


@transaction.atomic
def add_source(
    *,
    kind: SourceKind,
    said_by: str,
    said_on: date,
    at: datetime,
    by: User | None = None,
    reference: str = "",
) -> Source:
    """Record that someone told us something, so that facts can point at it."""
    return Source.objects.create(
        kind=kind.value,
        said_by=said_by,
        said_on=said_on,
        recorded_at=at,
        recorded_by=by,
        reference=reference,
    )


def add_child(*, facts: ChildFacts, source: Source, row: int | None = None) -> Child:
    """Add one child and all that the source says of them."""
    return add_children(facts=[(row, facts)], source=source)[0]


@transaction.atomic
def add_children(*, facts: Sequence[tuple[int | None, ChildFacts]], source: Source) -> list[Child]:
    """Add children with their numbers, names, homes and adults, in the order given.

    `facts` pairs the record's number in the source with what it said.
    """
    children = insert_many(
        Child(
            source=source,
            source_row=row,
            forename=said.forename,
            middle_names=said.middle_names,
            surname=said.surname,
            chosen_forename=said.chosen_forename,
            chosen_surname=said.chosen_surname,
            born_on=said.born_on,
            is_born_estimated=said.is_born_estimated,
            sex=said.sex,
            search_keys=_keys_of(said, said.born_on),
        )
        for row, said in facts
    )
    told = [(child, row, said) for child, (row, said) in zip(children, facts, strict=True)]
    _add_identifiers(told, source)
    _add_former_names(told, source)
    _add_addresses(told, source)
    _add_adults(told, source)
    _add_flags(told, source)
    _add_details(told, source)
    return children


def _keys_of(said: ChildFacts, born: date | None) -> list[str]:
    forenames = (said.forename, said.chosen_forename)
    surnames = (said.surname, said.chosen_surname, said.former_surname)
    return sorted({*search_keys(_names_in(said)), *pair_keys(forenames, surnames, born)})


def _names_in(said: ChildFacts) -> tuple[str, ...]:
    return (
        said.forename,
        said.surname,
        said.chosen_forename,
        said.chosen_surname,
        said.former_surname,
    )


def _add_identifiers(told: Iterable[Told], source: Source) -> None:
    insert_many(
        (
            Identifier(child=child, kind=kind, value=value, source=source, source_row=row)
            for child, row, said in told
            for kind, value in dict.fromkeys(said.identifiers)
        ),
        ignore_conflicts=True,
    )


def _add_former_names(told: Iterable[Told], source: Source) -> None:
    insert_many(
        (
            Name(
                child=child,
                kind=NameKind.FORMER.value,
                surname=said.former_surname,
                source=source,
                source_row=row,
            )
            for child, row, said in told
            if said.former_surname
        ),
        ignore_conflicts=True,
    )


def _add_addresses(told: Iterable[Told], source: Source) -> None:
    insert_many(
        _address(child, said, source, row) for child, row, facts in told for said in facts.addresses
    )


def _address(child: Child, said: AddressFacts, source: Source, row: int | None) -> Address:
    return Address(
        child=child,
        kind=_address_kind(said).value,
        lines=list(said.lines),
        town=said.town,
        postcode=said.postcode,
        uprn=said.uprn,
        country=said.country,
        from_on=said.from_on,
        source=source,
        source_row=row,
    )


def _address_kind(said: AddressFacts) -> AddressKind:
    if said.has_none:
        return AddressKind.NO_FIXED
    return AddressKind.FORWARDING if said.is_forwarding else AddressKind.HOME


def _add_adults(told: Iterable[Told], source: Source) -> None:
    """Add each contact as their own person: one name is never taken for one adult (files 11.1)."""
    pairs = [(child, row, adult) for child, row, facts in told for adult in facts.adults]
    adults = insert_many(
        Adult(
            title=said.title,
            forename=said.forename,
            surname=said.surname,
            phones=list(said.phones),
            email=said.email,
            source=source,
            source_row=row,
        )
        for _, row, said in pairs
    )
    insert_many(
        Relationship(
            child=child,
            adult=adult,
            kind=said.kind,
            order=said.order,
            has_responsibility=said.has_responsibility,
            lives_with_child=said.lives_with_child,
            source=source,
            source_row=row,
        )
        for adult, (child, row, said) in zip(adults, pairs, strict=True)
    )


def _add_flags(told: Iterable[Told], source: Source) -> None:
    insert_many(
        (
            Flag(child=child, kind=kind, from_on=source.said_on, source=source, source_row=row)
            for child, row, said in told
            for kind in dict.fromkeys(said.flags)
        ),
        ignore_conflicts=True,
    )


def _add_details(told: Iterable[Told], source: Source) -> None:
    insert_many(
        Detail(child=child, kind=kind, value=value, source=source, source_row=row)
        for child, row, said in told
        for kind, value in said.details
    )


def add_facts(*, child: Child, facts: ChildFacts, source: Source, row: int | None = None) -> None:
    """Keep what a source says of one known child; see `add_facts_to`."""
    add_facts_to(facts=[(child.pk, row, facts)], source=source)


@transaction.atomic
def add_facts_to(
    *, facts: Sequence[tuple[int, int | None, ChildFacts]], source: Source
) -> list[Child]:
    """Keep what a source says of known children beside what is already known; return them.

    `facts` holds the child's number, the record's number in the source, and what it said; no child
    twice. Nothing is overwritten: a new spelling becomes an alias, a new address another address,
    a contact another contact. Only what was empty is filled. What an officer has found not to be
    this child's is not added again.
    """
    children = _locked([child for child, _, _ in facts])
    told = without_what_was_put_right([(children[child], row, said) for child, row, said in facts])
    _fill_gaps(told)
    _add_aliases(told, source)
    _add_identifiers(told, source)
    _add_former_names(told, source)
    _add_flags(told, source)
    _add_addresses(_with_new_addresses(told), source)
    _add_adults(_with_new_adults(told), source)
    _add_details(_with_new_details(told), source)
    return [child for child, _, _ in told]


def _locked(ids: Iterable[int]) -> dict[int, Child]:
    """Lock children in one order, so that two who need the same ones never wait for each other."""
    found = Child.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    return {child.pk: child for child in found}


_FILLABLE = ("middle_names", "chosen_forename", "chosen_surname", "born_on")


def _fill_gaps(told: Iterable[Told]) -> None:
    changed = [child for child, _, said in told if _fill(child, said)]
    if changed:
        Child.objects.bulk_update(changed, [*_FILLABLE, "sex", "search_keys"])


def _fill(child: Child, said: ChildFacts) -> bool:
    """Fill what was empty in one child; say whether anything was."""
    empty = [f for f in _FILLABLE if not getattr(child, f) and getattr(said, f)]
    for field in empty:
        setattr(child, field, getattr(said, field))
    learns_sex = child.sex == "U" and said.sex != "U"
    if learns_sex:
        child.sex = said.sex
    keys = set(child.search_keys) | set(_keys_of(said, child.born_on))
    learns_keys = keys != set(child.search_keys)
    child.search_keys = sorted(keys)
    return bool(empty) or learns_sex or learns_keys


def _add_aliases(told: Iterable[Told], source: Source) -> None:
    insert_many(
        (
            Name(
                child=child,
                kind=NameKind.ALIAS.value,
                forename=forename,
                surname=surname,
                source=source,
                source_row=row,
            )
            for child, row, said in told
            for forename, surname in _other_names(child, said)
        ),
        ignore_conflicts=True,
    )


def _other_names(child: Child, said: ChildFacts) -> list[tuple[str, str]]:
    """Return the names a source uses that are not yet the child's, however they are written."""
    known = {
        (compact(forename), compact(surname))
        for forename in (child.forename, child.chosen_forename)
        for surname in (child.surname, child.chosen_surname)
    }
    legal = (said.forename, said.surname)
    chosen = (said.chosen_forename or said.forename, said.chosen_surname or said.surname)
    return [
        name
        for name in dict.fromkeys((legal, chosen))
        if any(name) and (compact(name[0]), compact(name[1])) not in known
    ]


def _with_new_addresses(told: Sequence[Told]) -> list[Told]:
    addresses = Address.objects.filter(child__in=[child.pk for child, _, _ in told])
    known = {
        (child, kind, postcode, _flat(lines))
        for child, kind, postcode, lines in addresses.values_list(
            "child_id", "kind", "postcode", "lines"
        )
    }

    def is_new(child: Child, address: AddressFacts) -> bool:
        where = (address.postcode, _flat(address.lines))
        kinds = (_address_kind(address).value, AddressKind.WRONG.value)
        return not any((child.pk, kind, *where) in known for kind in kinds)

    return [
        (child, row, ChildFacts(addresses=tuple(a for a in said.addresses if is_new(child, a))))
        for child, row, said in told
    ]


def _flat(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split()).casefold()


def _with_new_adults(told: Sequence[Told]) -> list[Told]:
    relationships = Relationship.objects.filter(child__in=[child.pk for child, _, _ in told])
    known = {
        (child, compact(forename), compact(surname), kind, *phones)
        for child, kind, forename, surname, phones in relationships.values_list(
            "child_id", "kind", "adult__forename", "adult__surname", "adult__phones"
        )
    }

    def is_new(child: Child, said: AdultFacts) -> bool:
        names = (compact(said.forename), compact(said.surname))
        return (child.pk, *names, said.kind, *said.phones) not in known

    return [
        (child, row, ChildFacts(adults=tuple(a for a in said.adults if is_new(child, a))))
        for child, row, said in told
    ]


def _with_new_details(told: Sequence[Told]) -> list[Told]:
    """Keep the details that differ from the last telling of their kind."""
    some = [child.pk for child, _, said in told if said.details]
    tellings = Detail.objects.filter(child__in=some).order_by("pk") if some else ()
    last = {(detail.child_id, detail.kind): detail.value for detail in tellings}

    def new(child: Child, said: ChildFacts) -> tuple[tuple[str, str], ...]:
        return tuple((k, value) for k, value in said.details if last.get((child.pk, k)) != value)

    return [(child, row, ChildFacts(details=new(child, said))) for child, row, said in told]


@transaction.atomic
def record_death(*, child: Child, on: date) -> None:
    """Note the day a child died, as the school's register says (Regs 2024 reg 9(1)(k))."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    child.died_on = child.died_on or on
    child.save(update_fields=["died_on"])


@transaction.atomic
def withdraw_death(*, child: Child, on: date) -> None:
    """Take back the day of a death that was stated in error; another day on record stays."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    if child.died_on == on:
        child.died_on = None
        child.save(update_fields=["died_on"])


@transaction.atomic
def protect(*, child: Child, is_protected: bool) -> None:
    """Hide, or no longer hide, a child's identity and every address (access matrix, row 8)."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    child.is_protected = is_protected
    child.save(update_fields=["is_protected"])
