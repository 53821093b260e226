"""What the facts of a closing say against each other, and against what is on record of the child.

What cannot be so is refused. What is only unlikely is a doubt: it is asked about once more, and
the answer is kept with the closing. Source: Onroll; P30, P43.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.rules import contradictions_days as days
from onroll.rules import contradictions_places as places
from onroll.rules import contradictions_words as words
from onroll.rules.contradiction import Contradiction, Record, Rule
from onroll.rules.outcomes import Outcome

_RULES: tuple[Rule, ...] = (
    days.still_to_come,
    days.before_birth,
    days.out_of_order,
    places.closed_day,
    places.closed_school,
    places.after_death,
    words.country,
    words.hours,
    words.no_answer,
    days.too_young,
    places.age_at_school,
    days.before_case,
    places.elsewhere,
)
"""In the order in which the first conflict of a fact stands for it."""


def contradictions(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, *, on: date
) -> tuple[Contradiction, ...]:
    """Return what does not fit on the day `on`: what cannot be so, first of each fact.

    A fact that cannot be so is not doubted as well, and one doubt stands once.
    """
    conflicts = [c for rule in _RULES for c in rule(outcome, facts, record, on)]
    refused: dict[str, Contradiction] = {}
    for c in conflicts:
        if not c.doubt:
            refused.setdefault(c.fact, c)
    doubted: dict[str, Contradiction] = {}
    for c in conflicts:
        if c.doubt and c.fact not in refused:
            doubted.setdefault(c.doubt, c)
    return (*refused.values(), *doubted.values())
