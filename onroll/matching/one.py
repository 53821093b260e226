"""One child, now: the same weights as for lists, for a handful of candidates, with reasons.

`score_one` is for the pages and the pipeline, which fetch candidates from the database; it knows no
more of how common a name is than the plain figures of the model unless it is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from onroll.matching.answers import Reason, Verdict
from onroll.matching.blocking import Pairs
from onroll.matching.comparing import Compared, compare
from onroll.matching.competition import compete
from onroll.matching.deciding import can_link, probabilities
from onroll.matching.frequencies import Frequencies, count
from onroll.matching.model import LEVELS, Model, shipped
from onroll.matching.people import Person
from onroll.matching.reasons import CALLED, SAYS, levels_of
from onroll.matching.records import Names, columns_of
from onroll.matching.scoring import Scored, score

Record = Mapping[str, str]

_SIZE = 40_000
"""How many children a list is taken to have when nothing is said: a borough."""


@dataclass(frozen=True)
class Scoring:
    """What one candidate comes to. `can_link` says whether a machine may act on it alone."""

    probability: float
    weight: float
    margin: float
    can_link: bool
    reasons: tuple[Reason, ...]


def score_one(
    record: Record,
    candidates: Sequence[Record],
    *,
    known: Frequencies | None = None,
    model: Model | None = None,
) -> list[Scoring]:
    """Score one child against candidates, in their order; each is fields by the command's names.

    `known` has how common names are among all children, when that has been counted.
    """
    if not candidates:
        return []
    model, names = model or shipped(), Names()
    right = columns_of(candidates, names)
    left = columns_of([record], names).take(np.zeros(len(right), np.int64))
    known = known or _plain()
    compared = compare(left, right, names, known)
    scored = score(compared, right, names, known, model)
    return _scorings(compared, scored, model)


def as_record(person: Person) -> dict[str, str]:
    """Return a `Person` as fields; of several names or numbers the first by the alphabet."""
    forenames, surnames = sorted(person.forenames), sorted(person.surnames)
    upns = sorted(person.upns) or sorted(person.weak_upns)
    return {
        "forename": forenames[0] if forenames else "",
        "chosen_forename": forenames[1] if len(forenames) > 1 else "",
        "surname": surnames[0] if surnames else "",
        "chosen_surname": surnames[1] if len(surnames) > 1 else "",
        "former_surname": surnames[2] if len(surnames) > 2 else "",
        "upn": upns[0] if upns else "",
        "former_upn": upns[1] if len(upns) > 1 else "",
        "uln": min(person.ulns, default=""),
        "dob": person.born.isoformat() if person.born else "",
        "sex": person.sex,
        "postcode": min(person.postcodes, default=""),
    }


def _scorings(compared: Compared, scored: Scored, model: Model) -> list[Scoring]:
    size = len(scored.same)
    pairs = Pairs(np.zeros(size, np.int64), np.arange(size))
    weight = scored.weight(model.prior["at_home"])
    standing = compete(pairs, weight, np.zeros(1, np.int64), np.arange(size)).standing
    chances = probabilities(standing, model, is_home_known=False)
    linkable = can_link(compared, is_home_known=False)
    levels = levels_of(compared, np.arange(size))
    return [
        Scoring(
            probability=float(chances[i]),
            weight=float(weight[i]),
            margin=float(standing[i] - max(np.delete(standing, i), default=-np.inf)),
            can_link=bool(linkable[i]),
            reasons=explain(levels[i]),
        )
        for i in range(size)
    ]


def explain(levels: tuple[int, ...]) -> tuple[Reason, ...]:
    """Return a reason for each comparison of a pair."""
    return tuple(
        Reason(name, _verdict(name, level), f"{CALLED.get(name, name).capitalize()}: "
               f"{SAYS[name][level]}.")
        for name, level in zip(LEVELS, levels, strict=True)
    )  # fmt: skip


_FORBIDS = {("upn", "two_valid"), ("numbers", "different")}
_AGREES = {"exact", "variant", "equal", "same", "named_same", "address", "postcode", "meets"}
_DIFFERS = {"different", "far", "weak", "named_different", "other", "overlaps", "apart"}


def _verdict(name: str, level: int) -> Verdict:
    said = LEVELS[name][level]
    if said == "missing":
        return Verdict.MISSING
    if (name, said) in _FORBIDS:
        return Verdict.FORBIDS
    if said in _AGREES:
        return Verdict.AGREES
    return Verdict.DIFFERS if said in _DIFFERS else Verdict.NEAR


@cache
def _plain() -> Frequencies:
    """Frequencies of a borough of which nothing was counted."""
    return replace(count(columns_of([], Names()), Names()), size=_SIZE)
