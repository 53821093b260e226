"""What a source states of a child, and how it is written, one table at a time."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onroll.children.actions.bulk_insert import insert_many
from onroll.children.facts import AddressFacts, ChildFacts
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
)
from onroll.matching import pair_keys, search_keys


class Statement(NamedTuple):
    """What one record of a source states of a child."""

    child: Child
    row: int | None
    """The record's number in its source."""
    facts: ChildFacts


def stated_keys(facts: ChildFacts, born: date | None) -> list[str]:
    """Return the search keys of all names that a record states, sorted."""
    forenames = (facts.forename, facts.chosen_forename)
    surnames = (facts.surname, facts.chosen_surname, facts.former_surname)
    keys = {*search_keys((*forenames, *surnames)), *pair_keys(forenames, surnames, born)}
    return sorted(keys)


def insert_identifiers(statements: Iterable[Statement], source: Source) -> None:
    insert_many(
        (
            Identifier(child=child, kind=kind, value=value, source=source, source_row=row)
            for child, row, facts in statements
            for kind, value in dict.fromkeys(facts.identifiers)
        ),
        ignore_conflicts=True,
    )


def insert_former_names(statements: Iterable[Statement], source: Source) -> None:
    insert_many(
        (
            Name(
                child=child,
                kind=NameKind.FORMER.value,
                surname=facts.former_surname,
                source=source,
                source_row=row,
            )
            for child, row, facts in statements
            if facts.former_surname
        ),
        ignore_conflicts=True,
    )


def insert_addresses(statements: Iterable[Statement], source: Source) -> None:
    insert_many(
        _address(child, address, source, row)
        for child, row, facts in statements
        for address in facts.addresses
    )


def _address(child: Child, facts: AddressFacts, source: Source, row: int | None) -> Address:
    return Address(
        child=child,
        kind=address_kind(facts).value,
        lines=list(facts.lines),
        town=facts.town,
        postcode=facts.postcode,
        uprn=facts.uprn,
        country=facts.country,
        from_on=facts.from_on,
        source=source,
        source_row=row,
    )


def address_kind(facts: AddressFacts) -> AddressKind:
    """Return the kind under which a stated address is stored."""
    if facts.has_none:
        return AddressKind.NO_FIXED
    return AddressKind.FORWARDING if facts.is_forwarding else AddressKind.HOME


def insert_adults(statements: Iterable[Statement], source: Source) -> None:
    """Add each contact as a new person: adults are never joined by name (files 11.1)."""
    contacts = [(child, row, adult) for child, row, facts in statements for adult in facts.adults]
    adults = insert_many(
        Adult(
            title=contact.title,
            forename=contact.forename,
            surname=contact.surname,
            phones=list(contact.phones),
            email=contact.email,
            source=source,
            source_row=row,
        )
        for _, row, contact in contacts
    )
    insert_many(
        Relationship(
            child=child,
            adult=adult,
            kind=contact.kind,
            order=contact.order,
            has_responsibility=contact.has_responsibility,
            lives_with_child=contact.lives_with_child,
            source=source,
            source_row=row,
        )
        for adult, (child, row, contact) in zip(adults, contacts, strict=True)
    )


def insert_flags(statements: Iterable[Statement], source: Source) -> None:
    insert_many(
        (
            Flag(child=child, kind=kind, from_on=source.said_on, source=source, source_row=row)
            for child, row, facts in statements
            for kind in dict.fromkeys(facts.flags)
        ),
        ignore_conflicts=True,
    )


def insert_details(statements: Iterable[Statement], source: Source) -> None:
    """Add what the statements say of ethnicity, languages and free meals."""
    insert_many(
        Detail(child=child, kind=kind, value=value, source=source, source_row=row)
        for child, row, facts in statements
        for kind, value in facts.details
    )
