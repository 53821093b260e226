"""From records to answers, step by step: each step takes what the one before returns."""

from collections.abc import Sequence
from dataclasses import replace

from onroll.cases.models import Case
from onroll.children import queries as children
from onroll.intake.identity.decisions import apply_decision, decisions_for, possible_candidates
from onroll.intake.identity.earlier_links import keep_earlier_links
from onroll.intake.identity.questions import Judgement, Question, frequencies_for
from onroll.intake.identity.rivals import rivals_of
from onroll.intake.identity.single_names import ask_about_single_name
from onroll.intake.models import Row
from onroll.intake.records.people import person_of
from onroll.matching import Answer, Kind, Verdict, fast_answers, match_records


def match_rows(rows: Sequence[Row]) -> dict[int, Answer]:
    """Return, by the row's number, whether each record is of a child on record.

    What a person decided about the same identity is not asked again. Where a person was not sure,
    no machine joins; what a machine linked before, no machine parts.
    """
    questions = prepare(rows)
    questions = find_candidates(questions)
    judgements = judge(questions)
    judgements = assign_one_to_one(judgements)
    judgements = [ask_about_single_name(judgement) for judgement in judgements]
    judgements = keep_earlier_links(judgements)
    return {judgement.question.row.pk: apply_decision(judgement) for judgement in judgements}


def prepare(rows: Sequence[Row]) -> list[Question]:
    """Return each record as the matcher reads it, with what people decided about its identity."""
    decisions, left_open = decisions_for(rows)
    return [
        Question(
            row=row,
            record=person_of(row.record),
            decision=decisions.get(row.fingerprint),
            is_left_open=row.fingerprint in left_open,
        )
        for row in rows
    ]


def find_candidates(questions: Sequence[Question]) -> list[Question]:
    """Return the questions with the children they may be about, less those whom people ruled out.

    Candidates with an open case are marked, since none of them must be missed.
    """
    blocks = children.find_candidates([question.record for question in questions])
    keys = {person.key for block in blocks for person in block}
    open_cases = Case.objects.open().filter(child__in=keys)
    with_open_case = frozenset(open_cases.values_list("child_id", flat=True))
    decisions = [question.decision for question in questions if question.decision]
    refused = {key for decision in decisions for key in decision.against}
    merged_into = children.merge_targets(refused)
    return [
        replace(
            question,
            candidates=possible_candidates(block, question.decision, merged_into),
            with_open_case=with_open_case,
        )
        for question, block in zip(questions, blocks, strict=True)
    ]


def judge(questions: Sequence[Question]) -> list[Judgement]:
    """Return the matcher's answers; the records of the batch compete with one another.

    Records that plainly are of one child or of nobody need no weights.
    """
    fast = fast_answers([question.request for question in questions])
    requests = [q.request for place, q in enumerate(questions) if place not in fast]
    frequencies = frequencies_for(requests)
    weighed = iter(match_records(requests, frequencies=frequencies))
    return [
        Judgement(question, fast[place] if place in fast else next(weighed), frequencies)
        for place, question in enumerate(questions)
    ]


def assign_one_to_one(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements, anew where other records of the same file compete for a candidate.

    A twin who is on the list is not the child who is missing from it.
    """
    contested = [judgement for judgement in judgements if _is_contested(judgement)]
    rivals = rivals_of([judgement.question for judgement in contested])
    if not rivals:
        return list(judgements)
    requests = [*(judgement.question.request for judgement in contested), *rivals]
    answers = match_records(requests, frequencies=frequencies_for(requests))
    by_row = {j.question.row.pk: answer for j, answer in zip(contested, answers, strict=True)}
    return [replace(j, answer=by_row.get(j.question.row.pk, j.answer)) for j in judgements]


def _is_contested(judgement: Judgement) -> bool:
    """Say whether other records could change the answer.

    Not where a person decided, where nobody is likely, or where a pupil or learner number agrees.
    """
    answer = judgement.answer
    numbers = [
        reason.verdict
        for candidate in answer.candidates
        for reason in candidate.reasons
        if reason.field in {"upn", "uln"}
    ]
    is_by_number = answer.kind is Kind.SAME and Verdict.AGREES in numbers
    has_decision = judgement.question.decision is not None
    return bool(answer.candidates) and not is_by_number and not has_decision
