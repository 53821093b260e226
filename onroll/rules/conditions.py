"""Conditions with three answers: yes, no, and not known yet.

A condition asks one question, or joins others by *all* or *either*. What is not answered is not
known, and a whole is known only as far as its parts allow; so an answer that is missing can never
make a removal lawful, and a further answer never turns yes into no or no into yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, bool | None]


@dataclass(frozen=True)
class Question:
    """Something a person must answer yes or no, by code."""

    code: str
    text: str


@dataclass(frozen=True)
class Ask:
    """A question whose answer must be `wanted`, and the clause that says so."""

    question: Question
    wanted: bool
    clause: str

    def holds(self, answers: Answers) -> bool | None:
        """Say whether the answer is the one wanted; None while there is none."""
        answer = answers.get(self.question.code)
        return None if answer is None else answer is self.wanted

    def leaves(self) -> tuple["Ask", ...]:
        """Return the questions below this condition: itself."""
        return (self,)

    def behind(self, answers: Answers) -> tuple["Ask", ...]:
        """Return the questions that explain the finding: itself."""
        return (self,)


@dataclass(frozen=True)
class All:
    """Every part must hold."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Answers) -> bool | None:
        """Say no if a part fails, yes if all hold, else not known."""
        results = [part.holds(answers) for part in self.parts]
        if False in results:
            return False
        return None if None in results else True

    def leaves(self) -> tuple[Ask, ...]:
        """Return every question below, in order."""
        return tuple(leaf for part in self.parts for leaf in part.leaves())

    def behind(self, answers: Answers) -> tuple[Ask, ...]:
        """Return the questions that explain the finding."""
        return _behind(self.parts, self.holds(answers), answers)


@dataclass(frozen=True)
class Either:
    """At least one part must hold."""

    parts: tuple["Condition", ...]

    def holds(self, answers: Answers) -> bool | None:
        """Say yes if a part holds, no if all fail, else not known."""
        results = [part.holds(answers) for part in self.parts]
        if True in results:
            return True
        return None if None in results else False

    def leaves(self) -> tuple[Ask, ...]:
        """Return every question below, in order."""
        return tuple(leaf for part in self.parts for leaf in part.leaves())

    def behind(self, answers: Answers) -> tuple[Ask, ...]:
        """Return the questions that explain the finding."""
        return _behind(self.parts, self.holds(answers), answers)


Condition = Ask | All | Either


def _behind(parts: tuple[Condition, ...], result: bool | None, answers: Answers) -> tuple[Ask, ...]:
    return tuple(
        leaf for part in parts if part.holds(answers) is result for leaf in part.behind(answers)
    )
