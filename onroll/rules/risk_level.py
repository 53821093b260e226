"""How grave a case is: the level that its facts give, and what an officer sets instead.

The policy sets no levels. It names what endangers a child: p.4 (groups, and a child who was taken,
ran away or was the victim of a crime), p.5 (seven greater risks), p.9 (nobody knows that the child
is safe), p.15 (the risk assessment), p.16 (a protection plan or concern is told at once). Which of
these is high and which medium is Onroll's own choice, and stands in `FACTS`.

An officer may set another level and say why. What was known that day is weighed then and counts no
longer by itself; what becomes known later counts beside it, so that nothing new is kept down.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum


class RiskLevel(StrEnum):
    """How grave a case is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


LEVEL_TITLES = {
    RiskLevel.HIGH: "High risk",
    RiskLevel.MEDIUM: "Medium risk",
    RiskLevel.LOW: "Low risk",
}
"""The levels in words, the gravest first."""

RANKS = {level: rank for rank, level in enumerate(LEVEL_TITLES)}


class Kind(Enum):
    """Where a fact is found."""

    REASON = "reason"
    GROUP = "group"
    REVIEW = "review"
    SIGHTING = "sighting"
    REFERRAL = "referral"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class RiskFact:
    """One line of the table: a fact, the level it gives, and the page of the policy it is from."""

    kind: Kind
    code: str
    level: RiskLevel
    title: str
    source: str


_H, _M = RiskLevel.HIGH, RiskLevel.MEDIUM
_ROWS = (
    (Kind.REASON, "gone_missing", _H, "Has gone missing, run away or been taken", "p.4"),
    (Kind.GROUP, "missing_or_runaway", _H, "Missing or has run away", "p.4"),
    (Kind.GROUP, "child_protection", _H, "Child protection plan or concern", "p.16"),
    (Kind.GROUP, "harm_or_neglect", _H, "At risk of harm or neglect", "p.4"),
    (Kind.GROUP, "sexual_exploitation", _H, "At risk of exploitation or trafficking", "p.4, 15"),
    (Kind.GROUP, "unlawful_practices", _H, "At risk of forced marriage or FGM", "p.4, 15"),
    (Kind.REVIEW, "yes", _H, "The last review found a greater risk", "p.5"),
    (Kind.SIGHTING, "worry", _H, "Not known to be safe, and nobody has acted on it", "p.9"),
    (
        Kind.REFERRAL,
        "grave",
        _H,
        "Referred as urgent or graded red, and the greater risks are not reviewed since",
        "p.5, 7",
    ),
    (Kind.GROUP, "looked_after", _M, "Looked after, or a care leaver", "p.4, 15"),
    (Kind.GROUP, "crime", _M, "At risk of crime, or a parent involved in crime", "p.4, 15"),
    (Kind.GROUP, "youth_justice", _M, "Supervised by the youth justice system", "p.4"),
    (Kind.GROUP, "domestic_abuse", _M, "Domestic abuse, conflict or breakdown", "p.4, 15"),
    (Kind.GROUP, "homeless", _M, "Homeless or in temporary accommodation", "p.4"),
    (Kind.GROUP, "mobile_family", _M, "Mobile or transient family", "p.4, 15"),
    (Kind.GROUP, "parent_ill", _M, "Parent with illness or addiction", "p.4, 15"),
    (Kind.GROUP, "young_carer", _M, "Young carer", "p.4, 15"),
    (
        Kind.SIGHTING,
        "care",
        _M,
        "May be privately fostered, and social care is still to be told",
        "p.9",
    ),
    (Kind.REVIEW, "not_sure", _M, "The last review was not sure of a greater risk", "p.5"),
    (Kind.STAGE, "untraced", _M, "Not traced after the enquiries", "p.18"),
)

FACTS: tuple[RiskFact, ...] = tuple(RiskFact(*row[:4], f"policy {row[4]}") for row in _ROWS)
"""What counts, the gravest first; a case with none of these is low."""

_BY_CODE = {(fact.kind, fact.code): fact for fact in FACTS}


def codes_of(kind: Kind, level: RiskLevel | None = None) -> list[str]:
    """Return the codes of a kind of fact, or those of it that give a level."""
    return [fact.code for fact in FACTS if fact.kind is kind and level in (None, fact.level)]


@dataclass(frozen=True, slots=True)
class Sign:
    """A fact that holds of a case, and since when it is on record; of a stage that is not said."""

    kind: Kind
    code: str
    at: datetime | None = None

    @property
    def fact(self) -> RiskFact | None:
        """Return its line of the table; None for what does not count."""
        return _BY_CODE.get((self.kind, self.code))


@dataclass(frozen=True, slots=True)
class Choice:
    """The level that an officer set at a moment."""

    level: RiskLevel
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level of a case, that of its facts alone, and the facts that give these.

    `new` are the facts that count beside what an officer set, or every one where nobody did.
    """

    level: RiskLevel
    by_facts: RiskLevel
    facts: tuple[RiskFact, ...]
    new: tuple[RiskFact, ...]


def gravest(levels: Collection[RiskLevel]) -> RiskLevel:
    """Return the gravest of some levels; low for none."""
    return min(levels, key=RANKS.__getitem__, default=RiskLevel.LOW)


def judge(signs: Iterable[Sign], choice: Choice | None = None) -> Judgement:
    """Return the level of a case by its facts and by what an officer set."""
    counting = [(row, row.fact) for row in signs]
    facts = [(row, fact) for row, fact in counting if fact is not None]
    new = [fact for row, fact in facts if choice is None or _is_after(row, choice)]
    own = [] if choice is None else [choice.level]
    return Judgement(
        level=gravest([*(fact.level for fact in new), *own]),
        by_facts=gravest([fact.level for _, fact in facts]),
        facts=_in_order(fact for _, fact in facts),
        new=_in_order(new),
    )


def _is_after(row: Sign, choice: Choice) -> bool:
    return row.at is not None and row.at > choice.at


def _in_order(facts: Iterable[RiskFact]) -> tuple[RiskFact, ...]:
    found = set(facts)
    return tuple(fact for fact in FACTS if fact in found)


def why_not_set(level: RiskLevel, *, by_facts: RiskLevel, is_set: RiskLevel | None) -> str:
    """Return why a level need not be set; nothing where it may be.

    What the facts give is set only to take back what somebody set before.
    """
    if is_set is not None and level is is_set:
        return f"The level is set to {level.value} already. Nothing was changed"
    if is_set is None and level is by_facts:
        return f"The facts give {level.value} already: there is nothing to set"
    return ""
