"""Every write to children, the facts about them and their places."""

from onroll.children.actions.changes import Change, added, change, take_back
from onroll.children.actions.counting import count_if_grown, count_names
from onroll.children.actions.knowing import (
    add_child,
    add_children,
    add_facts,
    add_facts_to,
    add_source,
    protect,
    record_death,
)
from onroll.children.actions.merging import (
    add_merge,
    answer_merge,
    join_children,
    keep_hidden,
    part_children,
    say_not_same,
    tellings,
    withdraw_not_same,
)
from onroll.children.actions.places import (
    SAID_OR_HOPED_FOR,
    confirm_claims,
    end_claims,
    end_expectations,
    end_place,
    end_places,
    start_place,
    start_places,
)
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts

__all__ = [
    "SAID_OR_HOPED_FOR",
    "AddressFacts",
    "AdultFacts",
    "Change",
    "ChildFacts",
    "add_child",
    "add_children",
    "add_facts",
    "add_facts_to",
    "add_merge",
    "add_source",
    "added",
    "answer_merge",
    "change",
    "confirm_claims",
    "count_if_grown",
    "count_names",
    "end_claims",
    "end_expectations",
    "end_place",
    "end_places",
    "join_children",
    "keep_hidden",
    "part_children",
    "protect",
    "record_death",
    "say_not_same",
    "start_place",
    "start_places",
    "take_back",
    "tellings",
    "withdraw_not_same",
]
