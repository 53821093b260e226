"""Days of a closing against today, the birthday, the case and each other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.rules import age
from onroll.rules.contradiction import (
    SAME_TIME,
    Contradiction,
    Contradictions,
    Record,
    days_of,
    inside,
    sentence_about,
)
from onroll.rules.dated import in_words
from onroll.rules.outcomes import Outcome


def still_to_come(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    for fact, day in days_of(outcome, facts):
        if day > on:
            words = (
                f"{in_words(day)} is still to come, so it proves nothing yet. "
                "Leave the case open until then."
            )
            yield Contradiction(fact.code, sentence_about(fact, words))


def before_birth(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    born = record.born_on
    if born is None:
        return
    for fact, day in days_of(outcome, facts):
        if day >= born:
            continue
        about = "about " if record.is_born_estimated else ""
        words = f"{in_words(day)} is before the child was born, {about}{in_words(born)}."
        is_only_doubted = record.is_born_estimated and (born - day).days <= 366
        yield Contradiction(
            fact.code, sentence_about(fact, words), "estimated" if is_only_doubted else ""
        )


def too_young(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    born = record.born_on
    for fact, day in days_of(outcome, facts):
        if born is None or fact.code not in ("starts_on", "attended_on") or day < born:
            continue
        years = age.age(born, on=day)
        if years < 2:
            how_old = "a year old" if years else "under a year old"
            words = f"On {in_words(day)} the child was {how_old}."
            yield Contradiction(fact.code, sentence_about(fact, words), "age")


_ORDER = (
    ("starts_on", "attended_on", "", "Nobody attends before they start."),
    ("starts_on", "confirmed_on", "", "What has not begun yet cannot be confirmed."),
    ("attended_on", "confirmed_on", "", "What has not happened yet cannot be confirmed."),
    ("notice_on", "confirmed_on", "", "Education at home is judged after the notice."),
    ("died_on", "confirmed_on", "", "Nobody can tell of a death before it."),
    ("notice_on", "starts_on", "order", "A notice usually comes before the first day."),
)
"""Which day comes first, which after it, the doubt where it need not be so, and why."""


def out_of_order(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    days = {fact.code: (fact, day) for fact, day in days_of(outcome, facts)}
    for first, second, doubt, why in _ORDER:
        if first in days and second in days and days[second][1] < days[first][1]:
            (earlier, earlier_on), (later, later_on) = days[first], days[second]
            words = (
                f"{in_words(later_on)} is before the {inside(earlier.question)}, "
                f"{in_words(earlier_on)}. {why}"
            )
            yield Contradiction(second, sentence_about(later, words), doubt)


def before_case(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    if record.missing_since_on is None:
        return
    earliest = record.missing_since_on - SAME_TIME
    for fact, day in days_of(outcome, facts):
        if fact.code in ("starts_on", "attended_on", "confirmed_on") and day < earliest:
            words = (
                f"{in_words(day)} is long before {in_words(record.missing_since_on)}, since when "
                "this case knew of no place."
            )
            yield Contradiction(fact.code, sentence_about(fact, words), "before_case")
