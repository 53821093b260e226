"""A record or a child of whom one name alone is on file.

Nobody can tell whether it is a forename or a surname (practice.md 7), so a person is asked before
a child is added beside another who may have that name.
"""

from dataclasses import replace

from onroll.intake.identity.questions import Judgement
from onroll.matching import Answer, Candidate, Kind, Person, compact, explain_pair, is_swapped

BECAUSE = "One of the records has one name only, and the other has it too. Someone must look."


def ask_about_single_name(judgement: Judgement) -> Judgement:
    """Return the judgement; *unsure* in place of *new* where a candidate may have the one name."""
    question = judgement.question
    alike = [p for p in question.candidates if _may_share_single_name(question.record, p)]
    if judgement.answer.kind is not Kind.NEW or not alike:
        return judgement
    candidates = tuple(
        Candidate(
            person.key,
            0,
            tuple(explain_pair(question.record, person, frequencies=judgement.frequencies)),
        )
        for person in alike
    )
    return replace(judgement, answer=Answer(Kind.UNSURE, candidates, BECAUSE))


def _may_share_single_name(record: Person, child: Person) -> bool:
    """Say whether either has one name only, the other has it too, and the birthdays may be one.

    Where a birthday is missing, only a record of one name counts: children of one name may be many.
    """
    record_names, child_names = _names(record), _names(child)
    if min(len(record_names), len(child_names)) != 1 or not record_names & child_names:
        return False
    if record.born and child.born:
        return record.born == child.born or is_swapped(record.born, child.born)
    return len(record_names) == 1


def _names(person: Person) -> set[str]:
    return {compact(name) for name in person.forenames | person.surnames} - {""}
