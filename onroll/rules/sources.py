"""Every rule with its source and its tests, by area; and which rows hold on a day.

`docs/law.md` is made from them (`law_page`). A test fails when a rule or a test that is named here
is gone or has changed.
"""

from datetime import date

from onroll.rules import (
    clocks,
    duties,
    grounds,
    orders,
    sharing,
    sources_cases,
    sources_policy,
    sources_registration,
)
from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.dated import Dated
from onroll.rules.sourced import Sourced

RULES: tuple[Sourced, ...] = (
    *sources_registration.RULES,
    *sources_cases.RULES,
    *sources_policy.RULES,
)

DATED: dict[str, tuple[Dated, ...]] = {
    "clock": clocks.ROWS,
    "ground": grounds.ROWS,
    "consent": grounds.CONSENTS,
    "step": orders.STEPS,
    "rule": orders.RULES,
    "duty": duties.DUTIES,
    "basis": sharing.BASES,
}
"""Every table of rows of which the day of the event chooses one."""


def law_on(on: date, provisions: Provisions = PROVISIONS) -> frozenset[str]:
    """Return what holds on a day, each as its table and its code: `ground 9(1)(f)`."""
    return frozenset(
        f"{table} {row.code}"
        for table, rows in DATED.items()
        for row in rows
        if row.holds(on=on, provisions=provisions)
    )
