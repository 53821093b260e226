"""The manager's review of a case: how often by its level, and what one cannot do without.

Source: policy p.18 (complex cases are brought to the attention of the manager), p.15 (where a risk
is found or nobody is sure, the manager advises), p.5 (the greater risks, P76). How often, the
policy does not say: it is a setting for each level.
"""

from datetime import date, timedelta

from onroll.rules.dated import in_words
from onroll.rules.risk_level import RiskLevel

HELD_STEP = "The manager reviewed the case"
ASKED_STEP = "Asked the manager"
ANSWERED_STEP = "The manager answered"
LEVEL_STEP = "Level set: "
"""What the chronology says of each; the words to it are read by who reads of risk (row 9)."""

CLOCKS = {level: f"manager_review_{level.value}" for level in RiskLevel}
"""The clock that brings a case of each level back to the manager."""

ASKED = {
    "whereabouts": "Say what is known of where the child is, and from whom",
    "done": "Say what was done since, and what was not",
    "decisions": "Say what is decided, who does it and by when",
}
"""The facts that a review asks for, and what is said where one is missing."""


def lacking_in_manager_review(
    words: dict[str, str],
    *,
    level: RiskLevel,
    by_facts: RiskLevel,
    level_why: str,
    next_on: date | None,
    last_on: date,
    today: date,
) -> dict[str, str]:
    """Return what a review lacks, as sentences by field; nothing where it may be kept.

    `last_on` is the last day on which the next review may be, by the level that the case has now.
    """
    sentences = {name: ask for name, ask in ASKED.items() if not words.get(name)}
    if level is not by_facts and not level_why:
        sentences["level_why"] = f"Say why it is {level.value}: the facts give {by_facts.value}"
    if next_on is None:
        sentences["next_on"] = "Enter the day of the next review"
    elif not today + timedelta(days=1) <= next_on <= last_on:
        sentences["next_on"] = (
            f"The next review must be after today, and on or before {in_words(last_on)}: a case of "
            f"{level.value} risk waits no longer"
        )
    return sentences
