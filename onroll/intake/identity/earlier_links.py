"""An identity that was linked to a child before stays linked, unless it no longer fits at all.

Two thresholds instead of one, so that a link is not made and undone as names grow more common: it
is made above the upper and stays until it falls below the lower, under which a child is *new*.
"""

from collections.abc import Sequence
from dataclasses import replace

from onroll.intake.identity.questions import Judgement
from onroll.intake.models import Row, RowStage
from onroll.matching import Answer, Candidate, Kind, Person, Verdict, match_record

STILL_FITS = "The same details were linked to this child before, and nothing forbids it."
NO_LONGER_FITS = (
    "The same details were linked to a child who did not fit any more. Someone must look."
)


def keep_earlier_links(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements, with the earlier link where the matcher would not make it now.

    Where a person decided, or nobody is a candidate, nothing changes.
    """
    doubtful = [judgement for judgement in judgements if _may_lose_its_link(judgement)]
    linked = _linked_before(doubtful)
    return [
        _keep_link(judgement, linked[judgement.question.row.pk])
        if judgement.question.row.pk in linked
        else judgement
        for judgement in judgements
    ]


def _may_lose_its_link(judgement: Judgement) -> bool:
    candidates = judgement.question.candidates
    is_open = judgement.question.decision is None and bool(candidates)
    return is_open and (judgement.answer.kind != Kind.SAME or len(candidates) > 1)


def _linked_before(judgements: Sequence[Judgement]) -> dict[int, int]:
    """Return, by row, the candidate whom a machine linked the same identity to: one query."""
    questions = [judgement.question for judgement in judgements]
    linked = dict(
        Row.objects.filter(
            child__in={person.key for question in questions for person in question.candidates},
            fingerprint__in={question.row.fingerprint for question in questions},
            stage=RowStage.APPLIED.value,
            answer=Kind.SAME.value,
        )
        .order_by("applied_at", "pk")
        .values_list("fingerprint", "child_id")
    )
    rows = [question.row for question in questions]
    return {row.pk: linked[row.fingerprint] for row in rows if row.fingerprint in linked}


def _keep_link(judgement: Judgement, child: int) -> Judgement:
    """Return *same* if the child alone still fits and is the only candidate; else *unsure*."""
    question, answer = judgement.question, judgement.answer
    person = next((person for person in question.candidates if person.key == child), None)
    if person is None or (answer.kind == Kind.SAME and answer.candidates[0].key == child):
        return judgement
    alone = match_record(question.record, [person], frequencies=judgement.frequencies)
    rest_of_them = tuple(c for c in answer.candidates if c.key != child)
    if _still_fits(alone, person) and not rest_of_them:
        return replace(judgement, answer=Answer(Kind.SAME, alone.candidates[:1], STILL_FITS))
    first = alone.candidates[:1] or (Candidate(child, 0, ()),)
    answer = Answer(Kind.UNSURE, (*first, *rest_of_them), NO_LONGER_FITS)
    return replace(judgement, answer=answer)


def _still_fits(alone: Answer, person: Person) -> bool:
    return alone.kind != Kind.NEW and not person.is_protected and not _is_forbidden(alone)


def _is_forbidden(answer: Answer) -> bool:
    return any(
        reason.verdict == Verdict.FORBIDS
        for candidate in answer.candidates
        for reason in candidate.reasons
    )
