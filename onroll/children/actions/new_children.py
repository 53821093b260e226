"""Add children who are not on record, with all that a source states of them."""

from collections.abc import Sequence

from django.db import transaction

from onroll.children.actions.bulk_insert import insert_many
from onroll.children.actions.statements import (
    Statement,
    insert_addresses,
    insert_adults,
    insert_details,
    insert_flags,
    insert_former_names,
    insert_identifiers,
    stated_keys,
)
from onroll.children.facts import ChildFacts
from onroll.children.models import Child, Source


def add_child(*, facts: ChildFacts, source: Source, row: int | None = None) -> Child:
    """Add one child; see `add_children`."""
    return add_children(facts=[(row, facts)], source=source)[0]


@transaction.atomic
def add_children(*, facts: Sequence[tuple[int | None, ChildFacts]], source: Source) -> list[Child]:
    """Add children with their numbers, names, addresses and adults; return them in order.

    `facts` pairs each record's number in the source with what the record states.
    """
    children = insert_many(_child(stated, row, source) for row, stated in facts)
    statements = [
        Statement(child, row, stated) for child, (row, stated) in zip(children, facts, strict=True)
    ]
    insert_identifiers(statements, source)
    insert_former_names(statements, source)
    insert_addresses(statements, source)
    insert_adults(statements, source)
    insert_flags(statements, source)
    insert_details(statements, source)
    return children


def _child(facts: ChildFacts, row: int | None, source: Source) -> Child:
    return Child(
        source=source,
        source_row=row,
        forename=facts.forename,
        middle_names=facts.middle_names,
        surname=facts.surname,
        chosen_forename=facts.chosen_forename,
        chosen_surname=facts.chosen_surname,
        born_on=facts.born_on,
        is_born_estimated=facts.is_born_estimated,
        sex=facts.sex,
        search_keys=stated_keys(facts, facts.born_on),
    )
