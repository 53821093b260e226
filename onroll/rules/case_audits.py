"""How a manager audits casework: the sample, the questions of the form, and the grades.

The policy names no audit of cases. Questions, grades and length are Onroll's; the grades are the
words in which Ofsted inspects councils. Beside each question stands what asks for the work.

The sample is chosen by a seed, so that anybody can check that nobody picked it: sort the references
of the cases there are to choose from, and take `random.Random(seed).sample(references, number)` of
Python 3. The same seed gives the same cases.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from onroll.rules.hours import ENGLAND

MOST_CASES = 30
"""So many cases an audit has at most: each is read from beginning to end."""
LARGEST_SEED = 10**15


class Pool(StrEnum):
    """Which cases there are to choose from."""

    OPEN = "open_cases"
    CLOSED = "cases_closed"
    BOTH = "cases_open_or_closed"


POOLS = {
    Pool.OPEN: "Open cases",
    Pool.CLOSED: "Cases closed lately",
    Pool.BOTH: "Open cases, and those closed lately",
}


class Answer(StrEnum):
    """How far the work on a case meets what a question asks for."""

    MET = "is_met"
    PARTLY = "is_partly_met"
    NOT_MET = "is_not_met"
    NOT_ASKED = "is_not_asked"


ANSWERS = {
    Answer.MET: "Met",
    Answer.PARTLY: "Partly met",
    Answer.NOT_MET: "Not met",
    Answer.NOT_ASKED: "Does not apply",
}
NEED_REMARK = frozenset({Answer.PARTLY, Answer.NOT_MET})


class Grade(StrEnum):
    """How good the work on a case is as a whole, the best first."""

    OUTSTANDING = "grade_outstanding"
    GOOD = "grade_good"
    IMPROVE = "grade_improve"
    INADEQUATE = "grade_inadequate"


GRADES = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.IMPROVE: "Requires improvement",
    Grade.INADEQUATE: "Inadequate",
}


@dataclass(frozen=True)
class Question:
    """What is asked of a case, in full and in a few words for a table, and what asks for it."""

    words: str
    title: str
    clause: str


ONROLL = "Onroll; the policy sets none"
QUESTIONS: Mapping[str, Question] = {
    "begun": Question("Did the enquiries begin in time?", "Enquiries begun in time", "policy p.8"),
    "enquiries": Question(
        "Does every enquiry say who was asked, when, and what came of it?",
        "Every enquiry with who, when and result",
        "policy p.8",
    ),
    "child": Question(
        "Is it on record what the child wishes, and that they were seen and safe?",
        "The child's wishes, and seen and safe",
        "policy p.9",
    ),
    "risk": Question(
        "Was the risk thought of, and were those told whom it concerns?",
        "Risk thought of and passed on",
        "policy p.15-16",
    ),
    "family": Question(
        "Was the family told what was done, or is it on record why not?",
        "The family told, or why not",
        ONROLL,
    ),
    "decisions": Question("Does each decision have its reason?", "Decisions with reasons", ONROLL),
    "sharing": Question(
        "Does the sharing log say what was shared, with whom and why, or why not?",
        "What was shared, or why not",
        "policy p.8-10",
    ),
    "clocks": Question(
        "Were the clocks met, or is it on record why not?", "Clocks met, or a reason", "EA96 s.436A"
    ),
    "plan": Question("Is the next step clear, and by when?", "The plan for the next step", ONROLL),
}


def seed_at(at: datetime) -> int:
    """Return the seed that is proposed at a moment: the day and the time in England, in digits."""
    return int(f"{at.astimezone(ENGLAND):%Y%m%d%H%M%S}")


def sample(references: Iterable[str], number: int, seed: int) -> list[str]:
    """Return so many of the references, in the order in which the seed draws them; all of them, if
    there are no more."""
    ordered = sorted(references)
    return Random(seed).sample(ordered, min(number, len(ordered)))


def closed_from(on: date, days: int) -> date:
    """Return the first day of the last so many days before a day."""
    return on - timedelta(days=days)


def figures(forms: Iterable[Mapping[str, str]]) -> dict[str, dict[Answer, int]]:
    """Return, for each question, how many of the forms gave each answer."""
    every = list(forms)
    return {
        code: {answer: sum(form.get(code) == answer for form in every) for answer in Answer}
        for code in QUESTIONS
    }


def share_met(counts: Mapping[Answer, int]) -> str:
    """Return how much of a question was met, of the cases to which it applies, as a percentage."""
    asked = sum(counts.values()) - counts[Answer.NOT_ASKED]
    return f"{round(100 * counts[Answer.MET] / asked)} %" if asked else "–"


def unnamed(text: str, name: str, instead: str) -> str:
    """Return a remark with each part of the child's name replaced, for a paper that names nobody.

    A part of one letter stays: it names nobody. Other names are the auditor's to leave out.
    """
    parts = [re.escape(part) for part in re.split(r"[\s-]+", name) if len(part) > 1]
    if not parts:
        return text
    any_part = rf"\b(?:{'|'.join(parts)})\b"
    return re.sub(rf"{any_part}(?:[\s-]+{any_part})*", lambda _: instead, text, flags=re.IGNORECASE)
