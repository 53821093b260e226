"""What a matcher needs to know of a child, from a file or from the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """One description of a child. `key` is the child's number, or 0 for an arriving record.

    `upns` holds permanent numbers that pass their check, current and former; `weak_upns` those
    that point but prove nothing: temporary ones, and ones whose check letter is wrong.
    Empty means not said. Names are as written; comparison folds case, accents and spacing.
    """

    key: int = 0
    upns: frozenset[str] = frozenset()
    weak_upns: frozenset[str] = frozenset()
    ulns: frozenset[str] = frozenset()
    forenames: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    born: date | None = None
    sex: str = ""
    postcodes: frozenset[str] = frozenset()
    is_protected: bool = False
    described: tuple[Mapping[str, str], ...] = field(default=(), compare=False)
    """The same, by the fields of `onroll link`, once for each home: all that the scorer reads."""
