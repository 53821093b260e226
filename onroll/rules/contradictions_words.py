"""Answers in free words that are no answers: no country abroad, no hours, words for not knowing."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.rules.contradiction import (
    Contradiction,
    Contradictions,
    Record,
    fact_of,
    sentence_about,
)
from onroll.rules.outcomes import Answer, Outcome

_HOME_NATIONS = frozenset(
    {
        *("england", "scotland", "wales", "cymru", "northern ireland", "uk", "gb", "gbr"),
        *("britain", "great britain", "united kingdom", "eng", "u k", "g b"),
        "united kingdom of great britain and northern ireland",
    }
)
_NO_ANSWERS = frozenset(
    {
        *("unknown", "not known", "dont know", "do not know", "none", "nobody", "nil", "nk", "na"),
        *("n a", "tbc", "tba", "to follow", "not given", "test"),
    }
)
MOST_HOURS = 60
_SHORTEST_ADDRESS = 8


def country(outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date) -> Contradictions:
    fact, country = fact_of(outcome, "country"), str(facts.get("country") or "")
    if fact is not None and _plain(country).removeprefix("the ") in _HOME_NATIONS:
        words = (
            f"{country} is not abroad. For a child who lives elsewhere in the United Kingdom, "
            "choose the school, or the authority that took the child over."
        )
        yield Contradiction(fact.code, sentence_about(fact, words))


def hours(outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date) -> Contradictions:
    fact, answer = fact_of(outcome, "hours"), str(facts.get("hours") or "")
    if fact is None or not answer:
        return
    number = re.search(r"(?<![\w.,-])\d{1,3}(?:[.,]\d+)?", answer)
    hours = float(number.group().replace(",", ".")) if number else 0
    if not 0 < hours <= MOST_HOURS:
        words = f"Write a number of hours between 1 and {MOST_HOURS}, for example 25."
        yield Contradiction(fact.code, sentence_about(fact, words))


def no_answer(
    outcome: Outcome, facts: Mapping[str, Any], record: Record, on: date
) -> Contradictions:
    for fact in outcome.facts:
        answer = facts.get(fact.code)
        is_text = fact.answer in (Answer.WORDS, Answer.TEXT, Answer.SCHOOL)
        if not is_text or not isinstance(answer, str) or not answer or fact.code == "hours":
            continue
        plain = _plain(answer)
        signs = sum(map(str.isalnum, plain))
        if fact.code == "address" and (signs < _SHORTEST_ADDRESS or plain in _NO_ANSWERS):
            words = "Write the whole address: house and street, place, and country or postcode."
            yield Contradiction(fact.code, sentence_about(fact, words))
        elif tells_nothing(answer):
            words = f"“{answer}” tells nobody anything. Write what you found out."
            yield Contradiction(fact.code, sentence_about(fact, words))


def tells_nothing(answer: str) -> bool:
    """Say whether an answer in free words is only a sign, or words for not knowing: x, N/A, ?."""
    plain = _plain(answer)
    return plain in _NO_ANSWERS or sum(map(str.isalnum, plain)) < 2 or set(plain) == {"x"}


def _plain(text: str) -> str:
    letters = re.sub(r"['’]", "", text.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())
