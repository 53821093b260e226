"""How a case may end: each outcome, and the facts that must be stated before it may be recorded.

Source: CMEG25; policy p.8-10; Ofsted's finding of 2016 that children dropped from lists were never
found. An untraced child is no outcome: the case stays open on a cycle of reviews until the child
is found or over compulsory school age.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal


class Answer(StrEnum):
    """What kind of answer a fact is."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    DAY = "day"
    WORDS = "words"
    TEXT = "text"
    MEANS = "means"
    MISTAKE = "mistake"


MEANS = {
    "telephone": "By telephone",
    "email": "By email",
    "letter": "By letter",
    "visit": "In person",
    "file": "By a file the school sent",
    "document": "By a document we have seen",
}
"""How a fact was confirmed."""

MISTAKES = {
    "educated": "The child was in education all along, as the record now shows",
    "not_of_age": "The child is not of compulsory school age, as the record now shows",
    "no_such_child": "There is no such child: the record was made by mistake",
}
"""What can be wrong with a report, so that there was never a case."""


@dataclass(frozen=True)
class Fact:
    """One thing to be stated before a case closes; `code` is the field it is kept in."""

    code: str
    question: str
    answer: Answer
    hint: str = ""
    is_needed: bool = True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One way a case may end.

    `basis` is `proved`, or `believed` and looked at again. `is_duty_met` says whether the child is
    then in education; `is_manager_needed` whether a second person must agree. `is_by_hand` is
    false for an outcome that only an action of Onroll records. `review` is the code of the clock
    that asks later whether it is still so.
    """

    code: str
    title: str
    facts: tuple[Fact, ...]
    source: str
    basis: Literal["proved", "believed"] = "proved"
    is_duty_met: bool = True
    is_manager_needed: bool = False
    is_by_hand: bool = True
    review: str = ""

    @property
    def proof(self) -> str:
        """Return every fact that must be stated, in one line of words."""
        return " · ".join(fact.question for fact in self.facts if fact.is_needed)


def confirmation(question: str, hint: str) -> tuple[Fact, ...]:
    """Return the three facts of every confirmation: by whom, how, on which day."""
    return (
        Fact("confirmed_by", question, Answer.WORDS, hint),
        Fact("confirmed_how", "How was it confirmed?", Answer.MEANS),
        Fact("confirmed_on", "Day on which it was confirmed", Answer.DAY),
    )


NAME_AND_ROLE = "Name and role, for example: Mrs Khan, attendance officer."
_SCHOOL = Fact(
    "school",
    "Which school?",
    Answer.SCHOOL,
    "Type its name or number. From a part of a name, you choose among the schools that fit.",
)

_ALL = (
    Outcome(
        code="on_roll",
        title="On the roll of a school and attending",
        facts=(
            _SCHOOL,
            Fact("starts_on", "First day on the roll", Answer.DAY),
            Fact("attended_on", "First day the child attended", Answer.DAY),
            *confirmation("Who at the school confirmed it?", NAME_AND_ROLE),
        ),
        source="CMEG25; policy p.18",
        review="still_there",
    ),
    Outcome(
        code="home_educated",
        title="Suitably educated at home",
        facts=(
            Fact("notice_by", "Which parent gave notice in writing?", Answer.WORDS),
            Fact("notice_on", "Day of the notice", Answer.DAY),
            Fact("starts_on", "First day of home education", Answer.DAY),
            *confirmation(
                "Who found the education suitable?", "The officer for home education, by name."
            ),
        ),
        source="EA96 s.436A; policy p.5",
    ),
    Outcome(
        code="other_provision",
        title="Suitably educated otherwise than at school",
        facts=(
            Fact("provider", "Who provides the education?", Answer.WORDS),
            Fact("hours", "How many hours a week?", Answer.WORDS, "For example: 25."),
            Fact("starts_on", "First day there", Answer.DAY),
            Fact("attended_on", "First day the child attended", Answer.DAY),
            *confirmation("Who at the provider confirmed it?", NAME_AND_ROLE),
        ),
        source="EA96 s.19, s.436A",
        review="still_there",
    ),
    Outcome(
        code="other_authority",
        title="Taken over by another authority",
        facts=(
            Fact("authority", "Which authority?", Answer.AUTHORITY),
            *confirmation(
                "Which of its officers took the child over?", "Name, role and telephone number."
            ),
            Fact("reference", "What is its reference?", Answer.WORDS, is_needed=False),
        ),
        source="policy p.5, 10",
        is_duty_met=False,
    ),
    Outcome(
        code="abroad_proved",
        title="Living abroad and at school there",
        facts=(
            Fact("country", "Which country?", Answer.WORDS),
            Fact("address", "What is the full address there?", Answer.TEXT),
            Fact("provider", "Which school there?", Answer.WORDS),
            Fact("starts_on", "First day at that school", Answer.DAY),
            *confirmation("Who at that school confirmed that the child attends?", NAME_AND_ROLE),
        ),
        source="policy p.8",
    ),
    Outcome(
        code="abroad_believed",
        title="Believed to be living abroad",
        facts=(
            Fact("country", "Which country?", Answer.WORDS),
            Fact("address", "What is the full address there?", Answer.TEXT),
            Fact("evidence", "What shows that the family travelled?", Answer.TEXT),
            *confirmation("Who told us?", "Name, and how they know the family."),
        ),
        source="policy p.8",
        basis="believed",
        is_duty_met=False,
        is_manager_needed=True,
        review="believed_review",
    ),
    Outcome(
        code="over_age",
        title="Over compulsory school age",
        facts=(
            Fact(
                "evidence",
                "What is the date of birth taken from?",
                Answer.WORDS,
                "For example: the birth certificate, seen on 3 March; a school’s register.",
            ),
        ),
        source="EA96 s.8, s.436A",
        is_duty_met=False,
    ),
    Outcome(
        code="attendance",
        title="On a roll and located: an attendance matter, not missing education",
        facts=(
            _SCHOOL,
            Fact("evidence", "Where is the child?", Answer.TEXT),
            *confirmation(
                "Who at the school confirmed that the child is on its roll?", NAME_AND_ROLE
            ),
        ),
        source="policy p.3, 7",
        is_duty_met=False,
    ),
    Outcome(
        code="same_child",
        title="The same child has another case",
        facts=(Fact("reference", "Which case stays open for the same child?", Answer.WORDS),),
        source="Onroll: one open case for a child",
        is_duty_met=False,
        is_by_hand=False,
    ),
    Outcome(
        code="opened_in_error",
        title="Opened by mistake: the referral waits again",
        facts=(Fact("reference", "Which referral waits to be accepted again?", Answer.WORDS),),
        source="Onroll: who accepted a child by mistake takes that back",
        is_duty_met=False,
        is_by_hand=False,
    ),
    Outcome(
        code="died",
        title="The child has died",
        facts=(
            Fact(
                "died_on",
                "Day on which the child died",
                Answer.DAY,
                "If nobody knows, the day you were told.",
            ),
            *confirmation("Who told us?", "Name and office."),
        ),
        source="Regs 2024 reg 9(1)(k)",
        is_duty_met=False,
        is_manager_needed=True,
    ),
    Outcome(
        code="reported_in_error",
        title="Reported in error",
        facts=(
            Fact("mistake", "What was wrong with the report?", Answer.MISTAKE),
            Fact("evidence", "How do we know?", Answer.TEXT),
        ),
        source="Onroll; the policy has none",
        is_duty_met=False,
        is_manager_needed=True,
    ),
)

OUTCOMES: dict[str, Outcome] = {outcome.code: outcome for outcome in _ALL}

REVIEWS = frozenset({"untraced_review", *(o.review for o in _ALL if o.review)})
"""The clocks that ask whether something is still so; one that is answered starts the next."""


def missing_facts(outcome: Outcome, facts: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return what must still be stated before a case may close with this outcome."""
    return tuple(fact for fact in outcome.facts if fact.is_needed and not facts.get(fact.code))
