"""What an officer must state before a school's claim about a leaver is taken as true.

A tick proves nothing: an answer states facts, and who said them, how and on which day. A move
abroad needs what closing a case as abroad needs: after it nobody looks for the child (policy p.8).
Source: CMEG25; policy p.8-10, 18.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from onroll.rules.calendar import is_weekend
from onroll.rules.contradiction import SAME_TIME, Record
from onroll.rules.contradictions import contradictions
from onroll.rules.dated import in_words
from onroll.rules.findings import FindingKind
from onroll.rules.outcomes import (
    NAME_AND_ROLE,
    OUTCOMES,
    Answer,
    Fact,
    Outcome,
    confirmation,
    missing_facts,
)

CONFIRMATION = confirmation("Who confirmed it?", NAME_AND_ROLE)
_STARTS_ON = Fact("starts_on", "First day there", Answer.DAY)
_NEXT_SCHOOL = Fact(
    "school",
    "Which school does the child go to next?",
    Answer.SCHOOL,
    "Type its name or number.",
)

FACTS: dict[str, tuple[Fact, ...]] = {
    "home_education": (
        Fact("notice_by", "Which parent gave notice in writing?", Answer.WORDS),
        Fact("notice_on", "Day of the notice", Answer.DAY),
        Fact("starts_on", "First day of home education", Answer.DAY),
        *confirmation("Who told us of the notice?", NAME_AND_ROLE),
    ),
    "moved_abroad": OUTCOMES["abroad_proved"].facts,
    "named_destination": (_STARTS_ON, *confirmation("Who there confirmed it?", NAME_AND_ROLE)),
    "confirmed_destination": (_STARTS_ON, *confirmation("Who there confirmed it?", NAME_AND_ROLE)),
    "excluded": (_STARTS_ON, *confirmation("Who there confirmed it?", NAME_AND_ROLE)),
    "died": OUTCOMES["died"].facts,
    "perhaps_died": OUTCOMES["died"].facts,
    "end_of_phase": (_NEXT_SCHOOL, _STARTS_ON, *CONFIRMATION),
}
"""The facts of each claim, by the effect of the record; others need only `CONFIRMATION`."""

SCHOOLS = frozenset({"named_destination", "confirmed_destination", "excluded", "end_of_phase"})
"""Claims of a school, where no first day is at a weekend."""
A_YEAR = timedelta(days=366)

MAY_LIE_AHEAD = frozenset({"starts_on"})
"""A first day to come is a plan, which the case waits for; all else has happened or is no proof."""


def facts_of(effect: str) -> tuple[Fact, ...]:
    """Return the facts to state if a claim is true, by the effect of the record."""
    return FACTS.get(effect, CONFIRMATION)


def asked_of(effect: str) -> Outcome:
    """Return the same facts as an outcome, which can be checked like one that closes a case."""
    return Outcome(code=effect, title="", facts=facts_of(effect), source="")


def refuse(
    effect: str, facts: Mapping[str, Any], *, on: date, record: Record | None = None
) -> dict[str, str]:
    """Return what is missing or cannot be so on a day, by the code of the fact, in sentences.

    `record` is what is on record of the child.
    """
    asked_facts, record = asked_of(effect), record or Record()
    wrong = {
        fact.code: f"This is needed: {fact.question}" for fact in missing_facts(asked_facts, facts)
    }
    past = {
        code: answer
        for code, answer in facts.items()
        if code not in MAY_LIE_AHEAD or effect == "moved_abroad"
    }
    # A first day may be stated before it comes, but none is before birth.
    first = {code: answer for code, answer in facts.items() if code not in past and answer <= on}
    for checked in (first, past):
        conflicts = contradictions(asked_facts, checked, record, on=on)
        wrong |= {c.fact: c.words for c in conflicts if not c.doubt}
    return _unlikely(effect, facts, record, on) | wrong


def _unlikely(effect: str, facts: Mapping[str, Any], record: Record, on: date) -> dict[str, str]:
    """Return what is unlikely about the days, in sentences by the code of the fact.

    The closing of a case asks about such a day once more; a claim's form refuses it.
    """
    wrong = {}
    starts_on, confirmed_on = facts.get("starts_on"), facts.get("confirmed_on")
    if starts_on and starts_on > on + A_YEAR:
        wrong["starts_on"] = "The first day there is more than a year ahead. Check the year."
    elif starts_on and effect in SCHOOLS and is_weekend(starts_on):
        wrong["starts_on"] = f"The first day there, {in_words(starts_on)}, is at a weekend."
    elif starts_on:
        stays = [stay for stay in record.stays if stay.to_on and not stay.is_meant]
        last = max(stays, key=lambda stay: stay.to_on or date.min, default=None)
        if last is not None and last.to_on and starts_on < last.to_on - SAME_TIME:
            wrong["starts_on"] = (
                f"The first day there lies long before the last day at {last.title}, "
                f"{in_words(last.to_on)}. Check the day."
            )
    if confirmed_on and confirmed_on < on - A_YEAR:
        wrong["confirmed_on"] = "It was confirmed more than a year ago. Check the year, or ask."
    return wrong


_ON_BOTH = Outcome(
    code="both_rolls",
    title="On both rolls, by arrangement between the schools",
    facts=CONFIRMATION,
    source="policy p.17",
)
_PLACES = ("on_roll", "attendance", "home_educated", "other_authority", "abroad_proved")
"""Outcomes after which a roll, a list or another authority watches over the child. A child who is
taught in another way becomes a case, so that a clock asks again."""


def known_ways(kind: str) -> dict[str, Outcome]:
    """Return the outcomes that settle a finding of its kind, by their codes.

    Its child is on a list nowhere, or on two rolls. Each outcome needs the facts that would close a
    case (policy p.17).
    """
    ways = {code: OUTCOMES[code] for code in _PLACES}
    return {_ON_BOTH.code: _ON_BOTH, **ways} if kind == FindingKind.ON_TWO else ways
