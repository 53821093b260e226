"""Every write to children, the facts about them and their places."""

from onroll.children.actions.changes import Change, added, change, undo_changes
from onroll.children.actions.corrections import (
    Background,
    Birth,
    Evidence,
    Facts,
    Groups,
    Home,
    Numbers,
    correct,
)
from onroll.children.actions.merges import (
    add_merge,
    answer_merge,
    join_children,
    keep_protected,
    separate_children,
    source_rows,
)
from onroll.children.actions.names import Names
from onroll.children.actions.new_children import add_child, add_children
from onroll.children.actions.new_facts import add_facts, add_facts_to
from onroll.children.actions.not_same import add_not_same, withdraw_not_same
from onroll.children.actions.places import (
    UNCONFIRMED,
    confirm_claims,
    end_claims,
    end_expectations,
    end_place,
    end_places,
    end_superseded_places,
    start_place,
    start_places,
)
from onroll.children.actions.register_counts import count_if_grown, count_names
from onroll.children.actions.said import say_place
from onroll.children.actions.sources import add_source
from onroll.children.actions.status import mark_sealed, protect, record_death, withdraw_death
from onroll.children.facts import AddressFacts, AdultFacts, ChildFacts

__all__ = [
    "UNCONFIRMED",
    "AddressFacts",
    "AdultFacts",
    "Background",
    "Birth",
    "Change",
    "ChildFacts",
    "Evidence",
    "Facts",
    "Groups",
    "Home",
    "Names",
    "Numbers",
    "add_child",
    "add_children",
    "add_facts",
    "add_facts_to",
    "add_merge",
    "add_not_same",
    "add_source",
    "added",
    "answer_merge",
    "change",
    "confirm_claims",
    "correct",
    "count_if_grown",
    "count_names",
    "end_claims",
    "end_expectations",
    "end_place",
    "end_places",
    "end_superseded_places",
    "join_children",
    "keep_protected",
    "mark_sealed",
    "protect",
    "record_death",
    "say_place",
    "separate_children",
    "source_rows",
    "start_place",
    "start_places",
    "undo_changes",
    "withdraw_death",
    "withdraw_not_same",
]
