"""What makes a referral urgent by itself, whatever else is answered or left open (P07).

Source: policy p.4 and p.7 (a child who was abducted, was the victim of a crime or ran away: an
urgent referral to the MASH), p.16 (a protection plan or concern is told at once).
"""

from collections.abc import Collection, Iterator, Mapping

GONE_MISSING = (
    "The child has gone missing, run away, been taken or been the victim of a crime (policy p.4)."
)
PROTECTION_NAMED = "A child protection plan or concern is named (policy p.16)."

GROUP = "group"
"""Stands for the name of a question where a group at particular risk is ticked."""

URGENT_BY_ITSELF = {
    ("reason", "gone_missing"): GONE_MISSING,
    ("police", "yes"): GONE_MISSING,
    (GROUP, "missing_or_runaway"): GONE_MISSING,
    ("plan", "yes"): PROTECTION_NAMED,
    ("plan_or_need", "yes"): PROTECTION_NAMED,
    ("current_concerns", "yes"): PROTECTION_NAMED,
    (GROUP, "child_protection"): PROTECTION_NAMED,
}
"""What is answered to which question of a referral, and why that makes it urgent.

`reason` is also why a case is on the register, so that a case sent to the hub is judged alike.
"""


def urgent_because(*, answers: Mapping[str, str], groups: Collection[str]) -> str:
    """Return why a referral is urgent by itself, the gravest reason; nothing where it is not."""
    named = set(_named(answers, groups))
    return next((words for words in (GONE_MISSING, PROTECTION_NAMED) if words in named), "")


def names_protection(*, answers: Mapping[str, str], groups: Collection[str]) -> bool:
    """Say whether a referral names a child protection plan or concern."""
    return PROTECTION_NAMED in _named(answers, groups)


def _named(answers: Mapping[str, str], groups: Collection[str]) -> Iterator[str]:
    said = {*answers.items(), *((GROUP, group) for group in groups)}
    return (words for answer, words in URGENT_BY_ITSELF.items() if answer in said)
