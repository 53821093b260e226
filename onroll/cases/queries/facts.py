"""Stated facts in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from onroll.govuk.fields import in_words
from onroll.rules.outcomes import MEANS, Answer, Fact
from onroll.schools.queries import authority_name


def stated_facts(facts: Iterable[Fact], stated: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Yield each stated fact: the question and the answer in words."""
    return tuple(
        (fact.question, _in_words(fact, stated[fact.code]))
        for fact in facts
        if stated.get(fact.code)
    )


def _in_words(fact: Fact, stated: str) -> str:
    match fact.answer:
        case Answer.DAY:
            return in_words(date.fromisoformat(stated))
        case Answer.MEANS:
            return MEANS.get(stated, stated)
        case Answer.AUTHORITY:
            return authority_name(stated)
    return stated
