"""What a contradiction is, what is on record for a check of facts, and what the checks share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onroll.rules.calendar import SchoolCalendar
from onroll.rules.outcomes import Answer, Fact, Outcome

SAME_TIME = timedelta(days=31)
"""A day no further than this before the gap may belong to it, told late."""

DOUBTS = {
    "before_case": "A day lies long before the case",
    "age": "The child’s age does not fit",
    "estimated": "A day lies before the estimated birthday",
    "order": "The days come in an unusual order",
    "closed_day": "Schools are usually closed on the first day attended",
    "school_opened": "The school opened later",
    "place": "The record has the child somewhere else",
    "death": "The record has the child at a school after the day of death",
}
"""What may be doubted of facts, by code."""


@dataclass(frozen=True)
class Stay:
    """A place of education on record; `to_on` is its last day, `None` while it lasts.

    `is_meant` says that it is the very place the facts name.
    """

    title: str
    kind: str
    from_on: date | None
    to_on: date | None
    is_meant: bool = False
    is_ended_by_death: bool = False


@dataclass(frozen=True)
class Chosen:
    """The school on file that the facts name. `is_calendar_its_own` is false where the listed terms
    may be those of others: of an independent school, or one under another authority."""

    name: str
    calendar: SchoolCalendar
    is_calendar_its_own: bool
    is_open: bool = True
    opened_on: date | None = None
    closed_on: date | None = None
    lowest_age: int | None = None
    highest_age: int | None = None


@dataclass(frozen=True)
class Record:
    """What is on record of a child when a case is to close, or a claim is confirmed."""

    missing_since_on: date | None = None
    born_on: date | None = None
    is_born_estimated: bool = False
    stays: tuple[Stay, ...] = ()
    school: Chosen | None = None


@dataclass(frozen=True)
class Contradiction:
    """One thing that does not fit, in a sentence that names the question; `fact` is its code.

    `fact` is empty where it is about no single one. `doubt` is a code of DOUBTS where it is only
    unlikely; empty where it cannot be so.
    """

    fact: str
    words: str
    doubt: str = ""


Contradictions = Iterator[Contradiction]
Rule = Callable[[Outcome, Mapping[str, Any], Record, date], Contradictions]


def days_of(outcome: Outcome, facts: Mapping[str, Any]) -> Iterator[tuple[Fact, date]]:
    for fact in outcome.facts:
        day = facts.get(fact.code)
        if fact.answer == Answer.DAY and day:
            yield fact, day


def fact_of(outcome: Outcome, code: str) -> Fact | None:
    return next((fact for fact in outcome.facts if fact.code == code), None)


def sentence_about(fact: Fact, words: str) -> str:
    """Return a sentence that says first which question it is about."""
    mark = "" if fact.question.endswith("?") else ":"
    return f"{fact.question}{mark} {words}"


def inside(question: str) -> str:
    return question[:1].lower() + question[1:]
