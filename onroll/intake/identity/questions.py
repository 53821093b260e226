"""What is judged: a record, the known children it may be of, and what people decided about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onroll.children.queries import register_frequencies
from onroll.intake.models import Decision, Row
from onroll.matching import Answer, MatchRequest, Person, RegisterFrequencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose one record is."""

    row: Row
    record: Person
    decision: Decision | None
    """The newest answer that a person gave about the same identity."""
    is_left_open: bool
    """A person looked at the same identity and was not sure."""
    candidates: Sequence[Person] = ()
    with_open_case: frozenset[int] = frozenset()
    """The candidates whom people are looking for."""

    @property
    def request(self) -> MatchRequest:
        """Return the question as the matcher takes it."""
        return MatchRequest(self.record, self.candidates, sought=self.with_open_case)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question with the answer so far, and the name frequencies by which it was weighed."""

    question: Question
    answer: Answer
    frequencies: RegisterFrequencies | None


def frequencies_for(requests: Iterable[MatchRequest]) -> RegisterFrequencies | None:
    """Return how common the names in these requests are on the register: one query."""
    return register_frequencies(
        person for request in requests for person in (request.record, *request.candidates)
    )
