"""What a matcher says: the answer, the candidates, and a reason for each field compared."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The three answers."""

    SAME = "same"
    NEW = "new"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """What one field says about two records being one child."""

    AGREES = "agrees"
    NEAR = "near"
    MISSING = "missing"
    DIFFERS = "differs"
    FORBIDS = "forbids"


@dataclass(frozen=True, slots=True)
class Reason:
    """One field's verdict, in words an officer can check against the two records."""

    field: str
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known child who may be the one in the record, and why. `score` orders candidates only.

    `weight` is in powers of two, `margin` how many of them the next child stands behind, `lost`
    how many others took from it who fit as well.
    """

    key: int
    score: int
    reasons: tuple[Reason, ...]
    probability: float = 0.0
    weight: float = 0.0
    margin: float = 0.0
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the record is a known child. `same` has exactly one candidate; `new` has none."""

    kind: Kind
    candidates: tuple[Candidate, ...] = ()
    because: str = ""
