"""How heavy the open cases of an officer are together, and who has least.

No clause fixes it. Every case counts one. One of high risk (`risk_level`) counts three, since it is
looked at daily; one of which a clock of the law has run out counts one more, since it has to
be caught up with.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

GRAVE_MORE = 2
OVERDUE_MORE = 1
"""What a case counts beyond one where its risk is high, and where it is overdue by law."""


OWNER_ROLES = frozenset({"loc"})
"""The roles of who may be proposed as the owner of a case: the lead officer and their deputies.

Source: policy p.8 (a child missing education goes to the lead officer); access matrix, columns LOC
and MGR: a manager who is no lead officer gives cases to officers, and is not proposed.
"""


def may_own(roles: Collection[str]) -> bool:
    """Say whether somebody who holds these roles may be proposed as the owner of a case."""
    return not OWNER_ROLES.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Load:
    """The open cases of one officer: how many, how many of high risk and how many overdue by law.

    `name` is what the officer is called.
    """

    name: str
    number: int = 0
    grave: int = 0
    overdue: int = 0

    @property
    def weight(self) -> int:
        """Return what the cases count together."""
        return self.number + GRAVE_MORE * self.grave + OVERDUE_MORE * self.overdue


def least(loads: Iterable[Load]) -> Load | None:
    """Return who has least: by weight, then by number, then by name; None where there is nobody."""
    return min(loads, key=lambda load: (load.weight, load.number, load.name), default=None)


def why_least(load: Load) -> str:
    """Say in words why somebody is proposed."""
    if not load.number:
        return f"{load.name} has least: no open case."
    cases = f"{load.number} open case{'' if load.number == 1 else 's'}"
    parts = [f"{load.grave} of high risk", f"{load.overdue} overdue by law"]
    return f"{load.name} has least: {cases}, {' and '.join(parts)}, which counts {load.weight}."
