"""Add what a source states of children on record, beside what is there: nothing is overwritten."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from onroll.children.actions.bulk_insert import insert_many
from onroll.children.actions.rejected import without_rejected
from onroll.children.actions.statements import (
    Statement,
    address_kind,
    insert_addresses,
    insert_adults,
    insert_details,
    insert_flags,
    insert_former_names,
    insert_identifiers,
    stated_keys,
)
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import (
    Address,
    AddressKind,
    Child,
    Detail,
    Name,
    NameKind,
    Relationship,
    Source,
)
from onroll.matching import compact


def add_facts(*, child: Child, facts: ChildFacts, source: Source, row: int | None = None) -> None:
    """Add what a source states of one child; see `add_facts_to`."""
    add_facts_to(facts=[(child.pk, row, facts)], source=source)


@transaction.atomic
def add_facts_to(
    *, facts: Sequence[tuple[int, int | None, ChildFacts]], source: Source
) -> list[Child]:
    """Add what a source states of children on record; return the children in order.

    `facts` holds the child's id, the record's number in the source, and what it states; no child
    twice. A new spelling becomes an alias, a new address another address, a contact another
    contact; only empty columns are filled. Facts that an officer has rejected are not added again.
    """
    children = _lock([child for child, _, _ in facts])
    statements = without_rejected(
        [Statement(children[child], row, stated) for child, row, stated in facts]
    )
    _fill_gaps(statements)
    _add_aliases(statements, source)
    insert_identifiers(statements, source)
    insert_former_names(statements, source)
    insert_flags(statements, source)
    insert_addresses(_with_new_addresses(statements), source)
    insert_adults(_with_new_adults(statements), source)
    insert_details(_with_new_details(statements), source)
    return [statement.child for statement in statements]


def _lock(ids: Iterable[int]) -> dict[int, Child]:
    """Lock children, always by rising id so that two transactions cannot deadlock."""
    children = Child.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    return {child.pk: child for child in children}


_FILLABLE = ("middle_names", "chosen_forename", "chosen_surname", "born_on")


def _fill_gaps(statements: Iterable[Statement]) -> None:
    changed = [child for child, _, facts in statements if _fill(child, facts)]
    if changed:
        Child.objects.bulk_update(changed, [*_FILLABLE, "sex", "search_keys"])


def _fill(child: Child, facts: ChildFacts) -> bool:
    """Fill a child's empty columns, unsaved; return whether any column changed."""
    empty = [f for f in _FILLABLE if not getattr(child, f) and getattr(facts, f)]
    for field in empty:
        setattr(child, field, getattr(facts, field))
    learns_sex = child.sex == "U" and facts.sex != "U"
    if learns_sex:
        child.sex = facts.sex
    keys = set(child.search_keys) | set(stated_keys(facts, child.born_on))
    learns_keys = keys != set(child.search_keys)
    child.search_keys = sorted(keys)
    return bool(empty) or learns_sex or learns_keys


def _add_aliases(statements: Iterable[Statement], source: Source) -> None:
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
            for child, row, facts in statements
            for forename, surname in _new_names(child, facts)
        ),
        ignore_conflicts=True,
    )


def _new_names(child: Child, facts: ChildFacts) -> list[tuple[str, str]]:
    """Return the stated names that the child does not have yet, whatever their spelling."""
    on_record = {
        (compact(forename), compact(surname))
        for forename in (child.forename, child.chosen_forename)
        for surname in (child.surname, child.chosen_surname)
    }
    legal = (facts.forename, facts.surname)
    chosen = (facts.chosen_forename or facts.forename, facts.chosen_surname or facts.surname)
    return [
        name
        for name in dict.fromkeys((legal, chosen))
        if any(name) and (compact(name[0]), compact(name[1])) not in on_record
    ]


def _with_new_addresses(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements with only addresses that the child does not have yet."""
    addresses = Address.objects.filter(child__in=[child.pk for child, _, _ in statements])
    on_record = {
        (child, kind, postcode, _flat(lines))
        for child, kind, postcode, lines in addresses.values_list(
            "child_id", "kind", "postcode", "lines"
        )
    }

    def is_new(child: Child, address: AddressFacts) -> bool:
        place = (address.postcode, _flat(address.lines))
        kinds = (address_kind(address).value, AddressKind.WRONG.value)
        return not any((child.pk, kind, *place) in on_record for kind in kinds)

    return [
        Statement(
            child, row, ChildFacts(addresses=tuple(a for a in facts.addresses if is_new(child, a)))
        )
        for child, row, facts in statements
    ]


def _flat(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split()).casefold()


def _with_new_adults(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements with only contacts that the child does not have yet."""
    relationships = Relationship.objects.filter(child__in=[child.pk for child, _, _ in statements])
    on_record = {
        (child, compact(forename), compact(surname), kind, *phones)
        for child, kind, forename, surname, phones in relationships.values_list(
            "child_id", "kind", "adult__forename", "adult__surname", "adult__phones"
        )
    }

    def is_new(child: Child, adult: AdultFacts) -> bool:
        names = (compact(adult.forename), compact(adult.surname))
        return (child.pk, *names, adult.kind, *adult.phones) not in on_record

    return [
        Statement(child, row, ChildFacts(adults=tuple(a for a in facts.adults if is_new(child, a))))
        for child, row, facts in statements
    ]


def _with_new_details(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements with only details that differ from the last one of their kind."""
    ids = [child.pk for child, _, facts in statements if facts.details]
    details = Detail.objects.filter(child__in=ids).order_by("pk") if ids else ()
    last = {(detail.child_id, detail.kind): detail.value for detail in details}

    def new(child: Child, facts: ChildFacts) -> tuple[tuple[str, str], ...]:
        return tuple((k, value) for k, value in facts.details if last.get((child.pk, k)) != value)

    return [
        Statement(child, row, ChildFacts(details=new(child, facts)))
        for child, row, facts in statements
    ]
