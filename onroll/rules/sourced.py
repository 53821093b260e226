"""A rule with its source and its tests, and the days on which what the rules rest on began."""

from dataclasses import dataclass
from datetime import date

EA96 = date(1996, 11, 1)
START_OF_AGE, END_OF_AGE = date(1998, 8, 1), date(1997, 9, 1)
REGS_2024 = date(2024, 8, 19)
GUIDANCE_2025 = date(2025, 9, 8)
ACT_2026 = date(2026, 4, 29)
"""The days on which what the rules rest on came into force; of the Act of 2026, its passing."""


@dataclass(frozen=True)
class Sourced:
    """One rule: in words, where it stands in `onroll/rules`, its source, and its tests.

    A test is named `file::test`, without `tests/rules/test_` before it and `.py` after. `from_on`
    is the day from which the law behind it holds; without one no law stands behind it.
    """

    rule: str
    where: str
    source: str
    tests: tuple[str, ...]
    from_on: date | None = None
