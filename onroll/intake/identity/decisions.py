"""What people decided about an identity holds for each record of the same identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onroll.intake.identity.questions import Judgement
from onroll.intake.models import Decision, Row
from onroll.matching import Answer, Candidate, Kind, Person

NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedAnswer(Answer):
    """The answer that a person's decision about the same identity gives."""

    decision: Decision


def decisions_for(rows: Sequence[Row]) -> tuple[dict[str, Decision], set[str]]:
    """Return the newest decision by fingerprint, and the fingerprints that were left open.

    An identity is left open when people looked at it and nobody was ever sure.
    """
    decisions = (
        Decision.objects.filter(fingerprint__in={row.fingerprint for row in rows})
        .select_related("row", "by")
        .defer("row__said", "row__candidates")
        .order_by("at", "pk")
    )
    newest = {d.fingerprint: d for d in decisions if d.verdict != NOT_SURE}
    left_open = {d.fingerprint for d in decisions if d.verdict == NOT_SURE}
    return newest, left_open - newest.keys()


def chosen_child(decision: Decision) -> int | None:
    """Return the number of the child whom a person chose; for "none of these" the child added."""
    return decision.child_id or decision.row.child_id


def possible_candidates(
    candidates: Sequence[Person], decision: Decision | None, merged_into: Mapping[int, int]
) -> Sequence[Person]:
    """Return the candidates whom a decision leaves: the chosen child, or all but those refused.

    `merged_into` leads from the number of a merged record to the record that stands for it.
    """
    if decision is None:
        return candidates
    chosen = chosen_child(decision)
    if chosen is not None:
        return [person for person in candidates if person.key == chosen]
    refused = {merged_into.get(key, key) for key in decision.against}
    return [person for person in candidates if person.key not in refused]


def apply_decision(judgement: Judgement) -> Answer:
    """Return the final answer: a person's decision stands above the matcher's answer."""
    question, answer = judgement.question, judgement.answer
    if question.is_left_open and answer.kind is Kind.SAME:
        because = "Someone was not sure of this earlier, so no machine joins them."
        return replace(answer, kind=Kind.UNSURE, because=because)
    chosen = chosen_child(question.decision) if question.decision else None
    if question.decision is None or chosen is None:
        return answer
    candidates = answer.candidates[:1] or (Candidate(chosen, 0, ()),)
    return DecidedAnswer(Kind.SAME, candidates, answer.because, decision=question.decision)
