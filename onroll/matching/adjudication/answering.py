"""One answer for a record from the weights and the exact rules together: same, new or unsure.

*Same* needs both. The exact rules ask for a number, or for names, birthday, sex and home together,
with no contradiction, and never link a child with a protected identity; the weights ask whether a
brother, a twin or another child of the file explains the record better. A child whom either finds
likely goes to clerical review, so that no near miss is taken for new.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onroll.matching.adjudication import exact
from onroll.matching.adjudication.scoring import (
    PairScore,
    TermFrequencies,
    descriptions,
    score_records,
)
from onroll.matching.answers import Answer, Candidate, Kind, Reason, Verdict
from onroll.matching.comparison.name_levels import NameLevel
from onroll.matching.model import LEVELS, Model, shipped
from onroll.matching.names.folding import compact
from onroll.matching.people import Person

MOST_SHOWN = 8
WORTH_ASKING, WORTH_ASKING_AGAINST_NUMBERS = 0.2, 0.5
"""So likely a child must be, who is not plainly near, for a person to be asked: more where two
valid numbers differ. For a child whom people look for less is enough: the threshold of lists."""
WORTH_SHOWING = -6.0
"""The weight from which a child is shown to somebody who looks for one."""
FEW = 0.005
"""Fewer namesakes than this are not spoken of."""
_NAMES = ("forename", "surname")


@dataclass(frozen=True)
class MatchRequest:
    """A record, the known children it may be, and whether it is only here to compete."""

    record: Person
    candidates: Sequence[Person]
    is_rival: bool = False
    sought: frozenset[int] = frozenset()
    """The candidates whom people are looking for."""


def match_record(
    record: Person,
    candidates: Sequence[Person],
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> Answer:
    """Say whether one record is one of the candidates, is new, or needs a person to look."""
    return match_records([MatchRequest(record, candidates)], frequencies=frequencies, model=model)[
        0
    ]


def match_records(
    requests: Sequence[MatchRequest],
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> list[Answer]:
    """Answer for each record of one file that is no rival, in order; all compete.

    A known child whom another record of the file explains better is no evidence for this one.
    """
    model = model or shipped()
    people = {person.key: person for request in requests for person in request.candidates}
    place = {key: n for n, key in enumerate(people)}
    pairs = [
        (n, place[person.key])
        for n, request in enumerate(requests)
        for person in request.candidates
    ]
    records = [descriptions(request.record) for request in requests]
    scorings = iter(
        score_records(
            records,
            [descriptions(p) for p in people.values()],
            pairs,
            frequencies=frequencies,
            model=model,
        )
    )
    answers = []
    for request in requests:
        scored = {person.key: next(scorings) for person in request.candidates}
        if not request.is_rival:
            answers.append(_answer(request, scored, model))
    return answers


def rank_candidates(
    record: Person,
    candidates: Sequence[Person],
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> list[Candidate]:
    """Return the candidates who may be the one asked for, likeliest first, with why.

    For somebody who looks for a child and knows little yet: of ten who bear a common name each is
    unlikely to be the one, and all are shown.
    """
    pairs = [(0, n) for n in range(len(candidates))]
    described = [descriptions(person) for person in candidates]
    scorings = score_records(
        [descriptions(record)], described, pairs, frequencies=frequencies, model=model
    )
    scored = {p.key: score for p, score in zip(candidates, scorings, strict=True)}
    near_keys = {c.key for c in exact.decide_exactly(record, candidates).candidates}
    worth_showing = [
        p for p in candidates if p.key in near_keys or scored[p.key].weight >= WORTH_SHOWING
    ]
    ranked = [
        _candidate(p.key, _finer_reasons(record, p, scored[p.key]), scored) for p in worth_showing
    ]
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.key))


def explain_pair(
    record: Person,
    person: Person,
    *,
    frequencies: TermFrequencies | None = None,
    model: Model | None = None,
) -> list[Reason]:
    """Return what each field says of two records, however unlikely they are to be one."""
    both = [descriptions(record)], [descriptions(person)]
    [score] = score_records(*both, [(0, 0)], frequencies=frequencies, model=model or shipped())
    return _finer_reasons(record, person, score)


def _answer(request: MatchRequest, scored: dict[int, PairScore], model: Model) -> Answer:
    exact_answer = exact.decide_exactly(request.record, request.candidates)
    if exact_answer.kind is Kind.SAME:
        [only] = exact_answer.candidates
        if _is_sure(scored[only.key], model):
            return replace(exact_answer, candidates=(_candidate(only.key, only.reasons, scored),))
    plausible = {candidate.key for candidate in exact_answer.candidates}
    likely = {
        key
        for key, score in scored.items()
        if score.need_review
        or score.probability >= _review_threshold(score, model, is_sought=key in request.sought)
    }
    shown_keys = sorted(plausible | likely, key=lambda key: _order(key, scored, plausible))[
        :MOST_SHOWN
    ]
    if not shown_keys:
        return exact_answer
    explain_pair = {
        person.key: _finer_reasons(request.record, person, scored[person.key])
        for person in request.candidates
        if person.key in shown_keys
    }
    candidates = tuple(_candidate(key, explain_pair[key], scored) for key in shown_keys)
    because = _because(exact_answer, candidates, scored) + _namesakes(scored[shown_keys[0]])
    return Answer(Kind.UNSURE, candidates, because)


def _namesakes(first: PairScore) -> str:
    """Say how many others may have the names and the birthday, where nothing else agrees."""
    if first.expected < FEW:
        return ""
    return (
        f" About {first.expected:.2g} other children of England are to be expected with such names"
        " and this birthday."
    )


def _review_threshold(score: PairScore, model: Model, *, is_sought: bool) -> float:
    forbids = any(reason.verdict is Verdict.FORBIDS for reason in score.reasons)
    if is_sought:
        return WORTH_ASKING if forbids else model.answers["new"]
    return WORTH_ASKING_AGAINST_NUMBERS if forbids else WORTH_ASKING


def _is_sure(score: PairScore, model: Model) -> bool:
    """The threshold for lists that do not show who else is in a home."""
    least, margin = model.answers["same_alone"], model.answers["margin"]
    return score.can_link and score.probability >= least and score.margin >= margin


def _order(key: int, scored: dict[int, PairScore], plausible: set[int]) -> tuple[float, bool, int]:
    return -scored[key].weight, key not in plausible, key


def _candidate(key: int, explain_pair: Sequence[Reason], scored: dict[int, PairScore]) -> Candidate:
    score = scored[key]
    return Candidate(
        key,
        round(score.weight * 100),
        tuple(explain_pair),
        score.probability,
        score.weight,
        score.margin,
        score.lost,
    )


def _finer_reasons(record: Person, person: Person, score: PairScore) -> list[Reason]:
    """Say of names that are not the same in what way they are alike, where the scorer can tell."""
    words = CHANGED_PLACES if _changed_places(record, person) else NAME_WORDS
    return [_finer(reason, score.levels, words) for reason in exact.compare_fields(record, person)]


def _finer(reason: Reason, levels: tuple[int, ...], words: Mapping[NameLevel, str]) -> Reason:
    if reason.field not in _NAMES or reason.verdict not in (Verdict.NEAR, Verdict.DIFFERS):
        return reason
    sentence = words.get(NameLevel(levels[list(LEVELS).index(reason.field)]))
    return Reason(reason.field, Verdict.NEAR, sentence.format(reason.field)) if sentence else reason


def _changed_places(record: Person, person: Person) -> bool:
    record_forenames, person_forenames = _joined(record.forenames), _joined(person.forenames)
    return bool(
        record_forenames & _joined(person.surnames) or person_forenames & _joined(record.surnames)
    )


def _joined(names: Iterable[str]) -> set[str]:
    return {compact(name) for name in names}


NAME_WORDS = {
    NameLevel.INITIAL: "One record has only the initial of the {}.",
    NameLevel.REAL: "The {}s look alike, but both are names in their own right.",
    NameLevel.SOUND: "The {}s sound alike.",
    NameLevel.SHORT: "One {} is a short form of the other.",
    NameLevel.PART: "The {}s have a part in common.",
    NameLevel.EDITS: "The {}s are two letters apart.",
    NameLevel.TYPO: "The {}s are one letter apart.",
    NameLevel.VARIANT: "The {}s are two ways to write one name.",
}
"""What a likeness of names is called, for officers."""
CHANGED_PLACES = {**NAME_WORDS, NameLevel.VARIANT: "Forename and surname have changed places."}


def _because(
    exact_answer: Answer, candidates: tuple[Candidate, ...], scored: dict[int, PairScore]
) -> str:
    if exact_answer.kind is Kind.SAME:
        first = scored[candidates[0].key]
        rival = "another child on record" if first.margin < first.weight else "someone else"
        return f"Everything needed agrees, but {rival} may explain it as well. Someone must look."
    if exact_answer.kind is Kind.UNSURE:
        return exact_answer.because
    return "Close, but not close enough to be certain. Someone must look."
