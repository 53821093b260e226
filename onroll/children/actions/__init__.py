"""Every write to children, the facts about them and their places."""

from onroll.children.actions.knowing import (
    add_child,
    add_children,
    add_facts,
    add_facts_to,
    add_source,
    protect,
    record_death,
)
from onroll.children.actions.places import (
    SAID_OR_HOPED_FOR,
    confirm_claims,
    end_claims,
    end_expectations,
    end_place,
    start_place,
    start_places,
)
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts

__all__ = [
    "SAID_OR_HOPED_FOR",
    "AddressFacts",
    "AdultFacts",
    "ChildFacts",
    "add_child",
    "add_children",
    "add_facts",
    "add_facts_to",
    "add_source",
    "confirm_claims",
    "end_claims",
    "end_expectations",
    "end_place",
    "protect",
    "record_death",
    "start_place",
    "start_places",
]
