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


def fast_answers(asked: Sequence[MatchRequest]) -> dict[int, Answer]:
    """Return answers, by place, for the records that need no weights.

    Those whom nobody is near are new. One is the only child near it, whom no other record is near,
    when a permanent pupil number, both names as written, birthday, sex and postcode are all the
    same and the exact tier has nothing against it.
    """
    near = Counter(person.key for each in asked for person in each.candidates)
    found = {}
    for place, each in enumerate(asked):
        if not each.candidates:
            found[place] = exact.decide_exactly(each.record, ())
        elif (
            len(each.candidates) == 1
            and near[each.candidates[0].key] == 1
            and (answer := _same(each.record, each.candidates[0]))
        ):
            found[place] = answer
    return found


def _same(record: Person, child: Person) -> Answer | None:
    if not record.described or not child.described or not record.upns & child.upns:
        return None
    if not _is_the_same(record.described[0], child.described[0]):
        return None
    said = exact.decide_exactly(record, [child])
    if said.kind is not Kind.SAME:
        return None
    [only] = said.candidates
    sure = Candidate(only.key, round(CLAMP * 100), only.reasons, 1.0, CLAMP, CLAMP)
    return Answer(Kind.SAME, (sure,), said.because)


def _is_the_same(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    if not all(ours.get(field) and ours[field] == theirs.get(field) for field in _AGREE):
        return False
    numbers = ((ours.get(field), theirs.get(field)) for field in _MAY_BE_UNSAID)
    return all(one == other or not one or not other for one, other in numbers)
