"""Records that need no weights: nobody is near, or one child agrees on everything.

Most lines of a full roll are one or the other. The weights would give the same answer, since no
other child and no other record of the file comes into it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from onroll.matching.adjudication import exact
from onroll.matching.adjudication.answering import MatchRequest
from onroll.matching.answers import Answer, Candidate, Kind
from onroll.matching.people import Person
from onroll.matching.scoring.explanations import CLAMP

_AGREE = ("upn", "forename", "surname", "dob", "sex", "postcode")
_MAY_BE_UNSAID = ("uln", "nhs_number")


def fast_answers(requests: Sequence[MatchRequest]) -> dict[int, Answer]:
    """Return answers, by place, for the records that need no weights.

    Those whom nobody is near are new. One is the only child near it, whom no other record is near,
    when a permanent pupil number, both names as written, birthday, sex and postcode are all the
    same and the exact tier has nothing against it.
    """
    rivals_of = Counter(person.key for request in requests for person in request.candidates)
    answers = {}
    for place, request in enumerate(requests):
        if not request.candidates:
            answers[place] = exact.decide_exactly(request.record, ())
        elif (
            len(request.candidates) == 1
            and rivals_of[request.candidates[0].key] == 1
            and (answer := _same(request.record, request.candidates[0]))
        ):
            answers[place] = answer
    return answers


def _same(record: Person, child: Person) -> Answer | None:
    if not record.described or not child.described or not record.upns & child.upns:
        return None
    if not _is_the_same(record.described[0], child.described[0]):
        return None
    answer = exact.decide_exactly(record, [child])
    if answer.kind is not Kind.SAME:
        return None
    [only] = answer.candidates
    sure = Candidate(only.key, round(CLAMP * 100), only.reasons, 1.0, CLAMP, CLAMP)
    return Answer(Kind.SAME, (sure,), answer.because)


def _is_the_same(record_fields: Mapping[str, str], child_fields: Mapping[str, str]) -> bool:
    if not all(
        record_fields.get(field) and record_fields[field] == child_fields.get(field)
        for field in _AGREE
    ):
        return False
    numbers = ((record_fields.get(field), child_fields.get(field)) for field in _MAY_BE_UNSAID)
    return all(left == right or not left or not right for left, right in numbers)
