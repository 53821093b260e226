"""Which cases a meeting of agencies talks about, and why: proposed from the register, by rule.

The policy names no such meeting; it says with whom cases are shared (policy p.8-10, 18). Statutory
guidance expects agencies to work together on children whom nobody finds (CME guidance, recalled).
Which grounds there are is Onroll's; after how many days a case is long open is a setting.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onroll.rules.risk_level import RiskLevel


class Ground(StrEnum):
    """Why a case is proposed, the gravest first."""

    POLICE = "police"
    HIGH_RISK = "high_risk"
    UNTRACED = "untraced"
    LAW_OVERDUE = "law_overdue"
    NO_REPLY = "no_reply"
    LONG_OPEN = "long_open"
    BY_HAND = "by_hand"


GROUNDS = {
    Ground.POLICE: "Reported missing to the police",
    Ground.HIGH_RISK: "High risk",
    Ground.UNTRACED: "Not traced",
    Ground.LAW_OVERDUE: "A clock of the law is overdue",
    Ground.NO_REPLY: "An agency has not answered",
    Ground.LONG_OPEN: "Open for long, and nobody knows where the child is",
    Ground.BY_HAND: "Put on by an officer",
}


@dataclass(frozen=True)
class AgendaFacts:
    """What the register says of an open case. `is_without_reply`: an enquiry is overdue."""

    opened_on: date
    level: RiskLevel
    is_whereabouts_known: bool
    is_untraced: bool
    is_with_police: bool
    is_overdue_by_law: bool
    is_without_reply: bool


def grounds_of(facts: AgendaFacts, *, on: date, long_open_days: int) -> list[Ground]:
    """Return why a case should be talked about on a day, the gravest first; none, if it need not.

    What an agency can help with is a child whom nobody has found: once it is known where the child
    is, only high risk and the law call for one.
    """
    is_lost = not facts.is_whereabouts_known
    holds = {
        Ground.POLICE: facts.is_with_police and is_lost,
        Ground.HIGH_RISK: facts.level is RiskLevel.HIGH,
        Ground.UNTRACED: facts.is_untraced,
        Ground.LAW_OVERDUE: facts.is_overdue_by_law,
        Ground.NO_REPLY: facts.is_without_reply and is_lost,
        Ground.LONG_OPEN: is_lost and on - facts.opened_on >= timedelta(days=long_open_days),
    }
    return [ground for ground, is_so in holds.items() if is_so]


def order(grounds: list[Ground], opened_on: date) -> tuple[list[int], date]:
    """Return what puts a case in its place on an agenda: the gravest first, then the oldest."""
    places = list(Ground)
    return [places.index(ground) for ground in grounds], opened_on


def without_names(text: str, children: Sequence[tuple[Iterable[str], str]]) -> str:
    """Return what somebody wrote with children's names, however they are written, replaced.

    `children` are the names of each child and what stands instead. Names in a row become one: "Ada
    Lind was seen" becomes "A. L. was seen". They are those of the child who has the most of them,
    the first of `children` where two have as many.
    """
    words_of = [
        ({word.casefold() for name in names for word in _words(name)}, instead)
        for names, instead in children
    ]
    every = sorted(set().union(*(words for words, _ in words_of)), key=len, reverse=True)
    if not every:
        return text
    name = "|".join(map(re.escape, every))

    def instead_of(run: re.Match[str]) -> str:
        names = {word.casefold() for word in _words(run.group())}
        return max(words_of, key=lambda child: len(names & child[0]))[1]

    return re.sub(
        rf"\b(?:{name})\b(?:[\s’'-]+(?:{name})\b)*", instead_of, text, flags=re.IGNORECASE
    )


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1]


class NoPerson(ValueError):
    """A line that does not say who came, and for whom."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Line {number}: write the name, a comma, and for whom they came")
        self.number = number


def people_in(lines: str) -> list[tuple[str, str]]:
    """Return who came and for whom, from lines such as "Grace Quill, housing".

    Raises NoPerson for the first line with no comma, or with nothing before or after it.
    """
    people = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        name, _, agency = (part.strip() for part in line.partition(","))
        if not (name and agency):
            raise NoPerson(number)
        people.append((name, agency))
    return people
