"""The exact rules (Splink: deterministic linkage): identifiers, full demographics, contradictions.

A wrong *same* closes the file on a missing child; a wrong *new* hides that one was found. So
*same* needs an identifier or all of the demographics without a contradiction, and anything near
that goes to clerical review. Twins share a birthday and a home: with different forenames they are
different children until someone shows otherwise (matching.md 6.3).
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from onroll.matching.answers import Answer, Candidate, Kind, Reason, Verdict
from onroll.matching.names.folding import compact, sound
from onroll.matching.people import Person
from onroll.placeholders import is_no_postcode, name_without

AGREES, IS_NEAR, MISSING = Verdict.AGREES, Verdict.NEAR, Verdict.MISSING
DIFFERS, FORBIDS = Verdict.DIFFERS, Verdict.FORBIDS


def decide_exactly(record: Person, candidates: Iterable[Person]) -> Answer:
    """Say whether `record` is one of the `candidates`, is new, or needs a person to look.

    A single candidate that fulfils the rules is the same child. Two that do, or some that nearly
    do, are for a person to judge. A child with a protected identity is never joined by machine.
    """
    judged = [(person, compare_fields(record, person)) for person in candidates]
    sure = [p for p, reasons in judged if _is_same(reasons) and not p.is_protected]
    plausible = [(p, r) for p, r in judged if p in sure or _is_plausible(r)]
    candidates_to_show = tuple(
        sorted(
            (Candidate(p.key, _score(r), r) for p, r in plausible),
            key=lambda candidate: (-candidate.score, candidate.key),
        )
    )
    if len(sure) == 1 and _stands_alone(sure[0], plausible):
        reasons = next(r for p, r in judged if p is sure[0])
        only = Candidate(sure[0].key, _score(reasons), reasons)
        return Answer(Kind.SAME, (only,), _because_same(reasons))
    if candidates_to_show:
        return Answer(Kind.UNSURE, candidates_to_show, _because_unsure(sure, candidates_to_show))
    return Answer(Kind.NEW, (), "Nobody on record has this number, or this name and birthday.")


def compare_fields(record: Person, person: Person) -> tuple[Reason, ...]:
    """Return what each field says, identifiers first."""
    return (
        _upn(record, person),
        _uln(record, person),
        _name("forename", record.forenames, person.forenames),
        _name("surname", record.surnames, person.surnames),
        _born(record.born, person.born),
        _sex(record.sex, person.sex),
        _postcode(record.postcodes, person.postcodes),
    )


def _upn(record: Person, person: Person) -> Reason:
    if record.upns & person.upns:
        return Reason("upn", AGREES, "The same unique pupil number.")
    if record.weak_upns & person.weak_upns:
        return Reason("upn", IS_NEAR, "The same pupil number, but a temporary or faulty one.")
    if record.upns and person.upns:
        return Reason("upn", FORBIDS, "Two different permanent pupil numbers.")
    return Reason("upn", MISSING, "One of the records has no permanent pupil number.")


def _uln(record: Person, person: Person) -> Reason:
    if not record.ulns or not person.ulns:
        return Reason("uln", MISSING, "One of the records has no unique learner number.")
    if record.ulns & person.ulns:
        return Reason("uln", AGREES, "The same unique learner number.")
    return Reason("uln", FORBIDS, "Two different unique learner numbers.")


@lru_cache(10_000)
def _name(field: str, record_names: frozenset[str], person_names: frozenset[str]) -> Reason:
    left, right = _names(record_names), _names(person_names)
    if not left or not right:
        return Reason(field, MISSING, f"One of the records has no {field}.")
    if left & right:
        return Reason(field, AGREES, f"The same {field}.")
    if _sounds(left) & _sounds(right) or _one_begins_the_other(left, right):
        return Reason(field, IS_NEAR, f"The {field}s are alike but not spelt the same.")
    return Reason(field, DIFFERS, f"Different {field}s.")


def _names(names: Iterable[str]) -> set[str]:
    return {compact(name_without(name)) for name in names} - {""}


def _sounds(names: set[str]) -> set[str]:
    return {sound(name) for name in names}


def _one_begins_the_other(left: set[str], right: set[str]) -> bool:
    return any(
        len(min(a, b, key=len)) >= 3 and (a.startswith(b) or b.startswith(a))
        for a in left
        for b in right
    )


@lru_cache(10_000)
def _born(record_day: date | None, person_day: date | None) -> Reason:
    if record_day is None or person_day is None:
        return Reason("born", MISSING, "One of the records has no date of birth.")
    if record_day == person_day:
        return Reason("born", AGREES, "The same date of birth.")
    if is_swapped(record_day, person_day):
        return Reason("born", IS_NEAR, "The dates of birth have day and month the other way round.")
    if (
        sum(a != b for a, b in zip(record_day.isoformat(), person_day.isoformat(), strict=True))
        == 1
    ):
        return Reason("born", IS_NEAR, "The dates of birth differ in one digit.")
    return Reason("born", DIFFERS, "Different dates of birth.")


def is_swapped(first: date, second: date) -> bool:
    """Say whether two dates are the same with day and month exchanged."""
    return (first.year, first.month, first.day) == (second.year, second.day, second.month)


def _sex(record_sex: str, person_sex: str) -> Reason:
    if record_sex not in {"F", "M"} or person_sex not in {"F", "M"}:
        return Reason("sex", MISSING, "One of the records does not say the sex.")
    if record_sex == person_sex:
        return Reason("sex", AGREES, "The same sex.")
    return Reason("sex", DIFFERS, "A different sex is recorded.")


def _postcode(record_postcodes: frozenset[str], person_postcodes: frozenset[str]) -> Reason:
    left, right = _homes(record_postcodes), _homes(person_postcodes)
    if not left or not right:
        return Reason("postcode", MISSING, "One of the records has no postcode.")
    if left & right:
        return Reason("postcode", AGREES, "A postcode in common.")
    return Reason("postcode", DIFFERS, "No postcode in common; families move.")


def _homes(postcodes: Iterable[str]) -> set[str]:
    return {_tight(postcode) for postcode in postcodes if postcode and not is_no_postcode(postcode)}


def _tight(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _verdicts(reasons: tuple[Reason, ...]) -> dict[str, Verdict]:
    return {reason.field: reason.verdict for reason in reasons}


def _is_same(reasons: tuple[Reason, ...]) -> bool:
    verdicts = _verdicts(reasons)
    if FORBIDS in verdicts.values() or verdicts["sex"] == DIFFERS or verdicts["born"] != AGREES:
        return False
    named = (verdicts["forename"], verdicts["surname"])
    if AGREES in (verdicts["upn"], verdicts["uln"]):
        return named in {(AGREES, AGREES), (AGREES, IS_NEAR), (IS_NEAR, AGREES), (AGREES, DIFFERS)}
    at_home = verdicts["postcode"] == AGREES or verdicts["upn"] == IS_NEAR
    return named == (AGREES, AGREES) and verdicts["sex"] == AGREES and at_home


def _is_plausible(reasons: tuple[Reason, ...]) -> bool:
    """Return whether two records may be of one child.

    They may if a UPN or ULN agrees, or a UPN is near. Else forename, surname and date of birth must
    agree. One of them may be near, two at one postcode, and one fewer if an identifier forbids it;
    a missing forename or date counts as near. Likely siblings are left out. A surname may differ
    only if forename, date of birth and postcode agree.
    """
    verdicts = _verdicts(reasons)
    if AGREES in (verdicts["upn"], verdicts["uln"]) or verdicts["upn"] == IS_NEAR:
        return True
    alike = {AGREES, IS_NEAR, MISSING}
    if (
        verdicts["forename"] not in alike
        or verdicts["born"] not in alike
        or verdicts["surname"] == MISSING
    ):
        return False
    if verdicts["forename"] == MISSING and verdicts["born"] == MISSING:
        return False
    if verdicts["surname"] in alike:
        near_count = sum(verdicts[f] != AGREES for f in ("forename", "surname", "born"))
        limit = 2 if verdicts["postcode"] == AGREES else 1
        return near_count <= limit - (FORBIDS in verdicts.values()) and not _is_likely_sibling(
            verdicts
        )
    return (verdicts["forename"], verdicts["born"], verdicts["postcode"]) == (
        AGREES,
        AGREES,
        AGREES,
    )


def _is_likely_sibling(verdicts: dict[str, Verdict]) -> bool:
    """Return whether the UPNs or the sexes differ, and the forenames do not agree."""
    apart = verdicts["upn"] == FORBIDS or verdicts["sex"] == DIFFERS
    return apart and verdicts["forename"] != AGREES


def _stands_alone(sure: Person, plausible: list[tuple[Person, tuple[Reason, ...]]]) -> bool:
    """Return whether no other plausible child has a UPN or ULN that agrees."""
    return all(
        person is sure or AGREES not in (_verdicts(r)["upn"], _verdicts(r)["uln"])
        for person, r in plausible
    )


_POINTS = {AGREES: 3, IS_NEAR: 2, MISSING: 1, DIFFERS: 0, FORBIDS: -4}
_WEIGHT = {"upn": 4, "uln": 4, "forename": 3, "surname": 2, "born": 3, "sex": 1, "postcode": 1}


def _score(reasons: tuple[Reason, ...]) -> int:
    return sum(_POINTS[reason.verdict] * _WEIGHT[reason.field] for reason in reasons)


def _because_same(reasons: tuple[Reason, ...]) -> str:
    agreeing = [r.field for r in reasons if r.verdict == AGREES]
    words = {"upn": "pupil number", "uln": "learner number", "born": "date of birth"}
    named = [words.get(field, field) for field in agreeing]
    return f"Agree on {', '.join(named[:-1])} and {named[-1]}, and nothing speaks against it."


def _because_unsure(sure: list[Person], candidates: tuple[Candidate, ...]) -> str:
    if any(reason.verdict == FORBIDS for reason in candidates[0].reasons):
        return "Much agrees, but something speaks against it. Someone must look."
    if len(sure) > 1:
        return "More than one child on record fits. Someone must choose."
    return "Close, but not close enough to be certain. Someone must look."
