"""Other records of the same file that may explain a child better: a twin, or the child's own."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from onroll.intake.identity.questions import Question
from onroll.intake.models import Row
from onroll.intake.records.people import person_of
from onroll.matching import MatchRequest


def rivals_of(questions: Sequence[Question]) -> list[MatchRequest]:
    """Return the records that compete for the candidates of these questions: one query a file.

    They have the birthday of a record asked about, or were applied to one of its candidates. A
    second record of the same identity is no rival.
    """
    by_file: dict[int, list[Question]] = {}
    for question in questions:
        by_file.setdefault(question.row.transfer_id, []).append(question)
    return [
        _rival(row, questions_of_file)
        for file, questions_of_file in by_file.items()
        for row in _rival_rows(file, questions_of_file)
    ]


def _rival_rows(file: int, questions: Sequence[Question]) -> QuerySet[Row]:
    children = {person.key for question in questions for person in question.candidates}
    birthdays = {q.record.born.isoformat() for q in questions if q.record.born}
    return (
        Row.objects.filter(transfer=file)
        .annotate(born=KT("said__born"))
        .filter(Q(born__in=birthdays) | Q(child__in=children))
        .exclude(pk__in=[question.row.pk for question in questions])
        .exclude(fingerprint__in=[question.row.fingerprint for question in questions])
    )


def _rival(row: Row, questions: Sequence[Question]) -> MatchRequest:
    record = person_of(row.record)
    candidates = {
        person.key: person
        for question in questions
        for person in question.candidates
        if record.born == question.record.born or person.key == row.child_id
    }
    return MatchRequest(record, list(candidates.values()), is_rival=True)
