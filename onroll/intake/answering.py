"""Whose record is it? The known children asked of the matcher, and what people have settled.

Called by this app's queries and actions only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.db.models.fields.json import KT

from onroll.cases.models import Case
from onroll.children.queries import (
    find_candidates,
    merge_targets,
    people_by_id,
    register_frequencies,
    without_homes,
)
from onroll.intake import records
from onroll.intake.models import Decision, Row, RowStage
from onroll.matching import (
    Answer,
    Candidate,
    Kind,
    MatchRequest,
    Person,
    RegisterFrequencies,
    Verdict,
    Waterfall,
    compact,
    explain_pair,
    fast_answers,
    is_swapped,
    match_record,
    match_records,
    waterfall,
)

NOT_SURE = "not_sure"
Doubtful = tuple[Row, MatchRequest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Answer):
    """The answer that a person's decision about the same identity gives."""

    decision: Decision


def answers_for(rows: Sequence[Row]) -> dict[int, Answer]:
    """Return, by row, whether each record is of a known child.

    What a person settled about the same identity is not asked again, what one was not sure of no
    machine joins, and what a machine linked is not parted by one. Other records of the same file
    compete for the children they explain better: a twin on the list is not the one missing.
    """
    people = [records.person(records.from_kept(row.said)) for row in rows]
    settled, left_open = _decided(rows)
    kept = merge_targets(key for decision in settled.values() for key in decision.against)
    found = find_candidates(people)
    sought = _sought(found)
    asked = [
        MatchRequest(
            person, _not_refused(candidates, settled.get(row.fingerprint), kept), sought=sought
        )
        for row, person, candidates in zip(rows, people, found, strict=True)
    ]
    plain = fast_answers(asked)
    weighed = [one for place, one in enumerate(asked) if place not in plain]
    known = _counted(weighed)
    judged = iter(match_records(weighed, frequencies=known))
    answers = {
        row.pk: plain[place] if place in plain else next(judged) for place, row in enumerate(rows)
    }
    doubtful = [
        (row, one)
        for row, one in zip(rows, asked, strict=True)
        if _is_doubtful(answers[row.pk]) and row.fingerprint not in settled
    ]
    if rivals := _rivals(doubtful):
        all_of_them = [*(one for _, one in doubtful), *rivals]
        again = match_records(all_of_them, frequencies=_counted(all_of_them))
        answers |= {row.pk: answer for (row, _), answer in zip(doubtful, again, strict=True)}
    near = {row.pk: one for row, one in zip(rows, asked, strict=True) if one.candidates}
    for pk, one in near.items():
        answers[pk] = _asked_of_one_name(answers[pk], one, known)
    open_now = [row for row in rows if row.fingerprint not in settled and row.pk in near]
    for pk, child in _linked_before(open_now, answers, near).items():
        answers[pk] = _held_to(child, answers[pk], near[pk], known)
    return {
        row.pk: _as_decided(
            answers[row.pk], settled.get(row.fingerprint), row.fingerprint in left_open
        )
        for row in rows
    }


def steps_to(
    row: Row, lost: Mapping[int, float], *, without_home: Collection[int]
) -> dict[int, Waterfall]:
    """Return how likely a record comes to be of each child, comparison by comparison.

    `lost` has by child what others took in competition. Nothing is compared of a home that is
    hidden, so that no figure tells whether an address is the right one.
    """
    record = records.person(records.from_kept(row.said))
    children = people_by_id(lost)
    known = register_frequencies([record, *children.values()])
    found = {}
    for key, child in children.items():
        is_hidden = key in without_home
        ours, theirs = record.described, child.described
        if is_hidden:
            ours, theirs = without_homes(ours), without_homes(theirs)
        found[key] = waterfall(
            ours, theirs, lost=0.0 if is_hidden else lost[key], frequencies=known
        )
    return found


def _asked_of_one_name(
    answer: Answer, asked: MatchRequest, known: RegisterFrequencies | None
) -> Answer:
    """Ask a person where a machine would add a child beside one who may bear the same one name.

    Of one name alone nobody knows whether it is a forename or a surname (practice.md 7).
    """
    alike = [one for one in asked.candidates if _may_share_the_one_name(asked.record, one)]
    if answer.kind is not Kind.NEW or not alike:
        return answer
    candidates = tuple(
        Candidate(one.key, 0, tuple(explain_pair(asked.record, one, frequencies=known)))
        for one in alike
    )
    because = "One of the records has one name only, and the other has it too. Someone must look."
    return Answer(Kind.UNSURE, candidates, because)


def _may_share_the_one_name(record: Person, child: Person) -> bool:
    """Say whether either has one name only, the other has it, and no birthday speaks against it.

    Where a birthday is not known, it is the record that has one name: there may be many of the
    other kind.
    """
    ours, theirs = _names(record), _names(child)
    if min(len(ours), len(theirs)) != 1 or not ours & theirs:
        return False
    if record.born and child.born:
        return record.born == child.born or is_swapped(record.born, child.born)
    return len(ours) == 1


def _names(person: Person) -> set[str]:
    return {compact(name) for name in person.forenames | person.surnames} - {""}


def _counted(asked: Iterable[MatchRequest]) -> RegisterFrequencies | None:
    """Return how common the names are that are weighed."""
    return register_frequencies(person for one in asked for person in (one.record, *one.candidates))


def _sought(found: Sequence[Sequence[Person]]) -> frozenset[int]:
    """Return which of the candidates have an open case: nobody must be missed among them."""
    ids = {child.key for candidates in found for child in candidates}
    return frozenset(Case.objects.open().filter(child__in=ids).values_list("child_id", flat=True))


def _is_doubtful(answer: Answer) -> bool:
    """Say whether it matters who else is in the file: not where a number agrees, nor for nobody."""
    numbers = [r.verdict for c in answer.candidates for r in c.reasons if r.field in {"upn", "uln"}]
    by_number = answer.kind is Kind.SAME and Verdict.AGREES in numbers
    return bool(answer.candidates) and not by_number


def _rivals(doubtful: Sequence[Doubtful]) -> list[MatchRequest]:
    """Return the other records of the same files that may explain the same children better.

    Those of the same birthday, and those already taken for one of the children. A second record
    of the same identity is no rival.
    """
    by_file: dict[int, list[Doubtful]] = {}
    for row, one in doubtful:
        by_file.setdefault(row.transfer_id, []).append((row, one))
    return [rival for file, those in by_file.items() for rival in _rivals_in(file, those)]


def _rivals_in(file: int, doubtful: Sequence[Doubtful]) -> list[MatchRequest]:
    children = {person.key for _, one in doubtful for person in one.candidates}
    born = {one.record.born.isoformat() for _, one in doubtful if one.record.born}
    others = (
        Row.objects.filter(transfer=file)
        .annotate(born=KT("said__born"))
        .filter(Q(born__in=born) | Q(child__in=children))
        .exclude(pk__in=[row.pk for row, _ in doubtful])
        .exclude(fingerprint__in=[row.fingerprint for row, _ in doubtful])
    )
    return [_rival(other, doubtful) for other in others]


def _rival(row: Row, doubtful: Sequence[Doubtful]) -> MatchRequest:
    person = records.person(records.from_kept(row.said))
    known = {
        known.key: known
        for _, one in doubtful
        for known in one.candidates
        if person.born == one.record.born or known.key == row.child_id
    }
    return MatchRequest(person, list(known.values()), is_rival=True)


Near = Mapping[int, MatchRequest]
"""By row, the record and the known children it might be."""


def _linked_before(
    rows: Sequence[Row], answers: Mapping[int, Answer], near: Near
) -> dict[int, int]:
    """Return, by row, the child whom a machine linked the same identity to, where it might not now.

    That child is among those near; one who is no longer near at all stands well below the line.
    """
    doubtful = [
        row for row in rows if answers[row.pk].kind != Kind.SAME or len(near[row.pk].candidates) > 1
    ]
    children = {person.key for row in doubtful for person in near[row.pk].candidates}
    linked = dict(
        Row.objects.filter(
            child__in=children,
            fingerprint__in={row.fingerprint for row in doubtful},
            stage=RowStage.APPLIED.value,
            answer=Kind.SAME.value,
        )
        .order_by("applied_at", "pk")
        .values_list("fingerprint", "child_id")
    )
    return {row.pk: linked[row.fingerprint] for row in doubtful if row.fingerprint in linked}


def _held_to(
    child: int, answer: Answer, asked: MatchRequest, known: RegisterFrequencies | None
) -> Answer:
    """Answer for an identity that a machine linked to this child before.

    Linked above one line, it stays linked until it falls below the other, the one under which a
    child is new; and then, or where another child has come near, a person is asked.
    """
    own = [person for person in asked.candidates if person.key == child]
    if not own or (answer.kind == Kind.SAME and answer.candidates[0].key == child):
        return answer
    alone = match_record(asked.record, own, frequencies=known)
    others = tuple(candidate for candidate in answer.candidates if candidate.key != child)
    stands = alone.kind != Kind.NEW and not own[0].is_protected and not _is_forbidden(alone)
    if stands and not others:
        because = "The same details were linked to this child before, and nothing forbids it."
        return Answer(Kind.SAME, alone.candidates[:1], because)
    first = alone.candidates[:1] or (Candidate(child, 0, ()),)
    because = "The same details were linked to a child who did not fit any more. Someone must look."
    return Answer(Kind.UNSURE, (*first, *others), because)


def _is_forbidden(answer: Answer) -> bool:
    return any(
        reason.verdict == Verdict.FORBIDS
        for candidate in answer.candidates
        for reason in candidate.reasons
    )


def _decided(rows: Sequence[Row]) -> tuple[dict[str, Decision], set[str]]:
    """Return the newest answer to each identity with its record, and what was left open."""
    found = (
        Decision.objects.filter(fingerprint__in={row.fingerprint for row in rows})
        .select_related("row", "by")
        .defer("row__said", "row__candidates")
        .order_by("at", "pk")
    )
    settled = {one.fingerprint: one for one in found if one.verdict != NOT_SURE}
    return settled, {one.fingerprint for one in found if one.verdict == NOT_SURE} - settled.keys()


def _not_refused(
    candidates: Sequence[Person], settled: Decision | None, kept: Mapping[int, int]
) -> Sequence[Person]:
    """Leave out the children of whom a person said that they are not the one.

    `kept` leads from merged children to the kept.
    """
    if settled is None:
        return candidates
    chosen = settled.child_id or settled.row.child_id
    if chosen is not None:
        return [c for c in candidates if c.key == chosen]
    against = {kept.get(key, key) for key in settled.against}
    return [c for c in candidates if c.key not in against]


def _as_decided(answer: Answer, settled: Decision | None, is_left_open: bool) -> Answer:
    if is_left_open and answer.kind is Kind.SAME:
        because = "Someone was not sure of this earlier, so no machine joins them."
        return replace(answer, kind=Kind.UNSURE, because=because)
    chosen = (settled.child_id or settled.row.child_id) if settled else None
    if settled is None or chosen is None:
        return answer
    candidates = answer.candidates[:1] or (Candidate(chosen, 0, ()),)
    return Settled(Kind.SAME, candidates, answer.because, decision=settled)
