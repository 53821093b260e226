"""The content of a weekly report as plain values, for page, sheet, PDF and terminal.

Stored as JSON when a report is issued and read back unchanged (P52). A new shape needs a new
`SCHEMA` and a reader for the old one.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar, get_args, get_type_hints

SCHEMA = 1
NAMING = ("unknown", "home_education", "abroad", "gaps_closed", "opened", "closed", "clocks")
"""The lists of a report that name children."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Count:
    """A count: its code, its words and the number."""

    code: str
    title: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ChildLine:
    """One record of the week's files: child, school, what was done with it and why."""

    child_id: int
    child: str
    """The child's reference."""
    name: str
    school: str
    left_on: date | None = None
    reason: str = ""
    why: str = ""
    clause: str = ""
    case: str = ""
    is_to_confirm: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case that was opened or closed in the week."""

    child_id: int
    child: str
    name: str
    case: str
    school: str
    on: date
    reason: str
    change: str = ""
    """Which change of school was missed, by its code; older reports have none."""
    outcome: str = ""
    is_proved: bool = False


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """One clock that ran out in the week before its task was done."""

    child_id: int
    child: str
    name: str
    case: str
    clock: str
    basis: str
    source: str
    due_on: date
    done_on: date | None
    is_ended_with_case: bool = False
    """Nobody did the task: the clock ended with the case. Only in older reports."""
    ended_why: str = ""
    """Why it ended without being done on `done_on`: a code of `clocks.models.Ended`."""
    owner: str


@dataclass(frozen=True, kw_only=True)
class SchoolLine:
    """What one reporting school sent in the week, how late, and what still waits (P54)."""

    number: str
    name: str
    files: int = 0
    refused: int = 0
    last_file_on: date | None = None
    is_silent: bool = False
    leavers: int = 0
    leavers_late_by_law: int = 0
    leavers_late_by_policy: int = 0
    longest_days: int = 0
    joiners: int = 0
    joiners_late: int = 0
    unsure: int = 0
    held: int = 0
    to_confirm: int = 0

    @property
    def is_late(self) -> bool:
        """Return whether a leaver came later than local policy allows, or a joiner than the law.

        A leaver reported after the last day at school is not late by that alone: the law counts
        from the deletion, and files do not give its date (Regs 2024 reg 13(4)).
        """
        return bool(self.leavers_late_by_policy or self.joiners_late)

    @property
    def is_to_ask(self) -> bool:
        """Return whether a leaver came after the last day, but not provably late."""
        return bool(self.leavers_late_by_law) and not self.is_late

    @property
    def waiting(self) -> int:
        """Return how many of its records wait for an officer."""
        return self.unsure + self.held + self.to_confirm


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """A whole report. `ends_on` is the last day it covers: a Sunday, or today while it runs."""

    schema: int = SCHEMA
    authority: str
    starts_on: date
    ends_on: date
    made_at: datetime
    silent_after_weeks: int
    local_leaver_days: int
    figures: tuple[Count, ...]
    unknown: tuple[ChildLine, ...]
    home_education: tuple[ChildLine, ...]
    abroad: tuple[ChildLine, ...]
    gaps_closed: tuple[ChildLine, ...]
    opened: tuple[CaseLine, ...]
    closed: tuple[CaseLine, ...]
    clocks: tuple[ClockLine, ...]
    schools: tuple[SchoolLine, ...]
    opened_by_reason: tuple[Count, ...]
    opened_by_change: tuple[Count, ...] = ()
    """By the change of school that was missed (P65); reports before it counted none."""
    closed_by_outcome: tuple[Count, ...]
    passed_by_clock: tuple[Count, ...]
    leavers_by_effect: tuple[Count, ...]
    leavers_counted: str = "Records"
    """What the leavers are counted by; reports without it counted records."""
    register_total: int
    register_by_time: tuple[Count, ...]
    register_by_stage: tuple[Count, ...]
    register_by_year: tuple[Count, ...]

    @property
    def child_ids(self) -> tuple[int, ...]:
        """Return every child the report names, each once."""
        lists = (getattr(self, name) for name in NAMING)
        return tuple(sorted({line.child_id for lines in lists for line in lines}))

    def without(self, children: Collection[int]) -> "Weekly":
        """Return the report without the lines that name these children; all counts stay."""
        lists = {
            name: tuple(line for line in getattr(self, name) if line.child_id not in children)
            for name in NAMING
        }
        return replace(self, **lists)  # type: ignore[arg-type]  # each list keeps its kind

    @property
    def case_refs(self) -> tuple[str, ...]:
        """Return every case the report names, each once."""
        lists = (self.unknown, self.abroad, self.gaps_closed, self.opened, self.closed, self.clocks)
        return tuple(sorted({line.case for lines in lists for line in lines if line.case}))

    def number(self, code: str) -> int:
        return next(figure.number for figure in self.figures if figure.code == code)


class UnknownSchema(ValueError):
    """A report of another version of Onroll that this one cannot read."""


def as_json(weekly: Weekly) -> dict[str, Any]:
    """Return the report as JSON values; dates as ISO text."""
    return {f.name: _plain(getattr(weekly, f.name)) for f in fields(weekly)}


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [{f.name: _plain(getattr(line, f.name)) for f in fields(line)} for line in value]
        case date():
            return value.isoformat()
        case _:
            return value


def from_json(values: Mapping[str, Any]) -> Weekly:
    """Return the report that `as_json` wrote. Raises UnknownSchema for other shapes."""
    if values.get("schema") != SCHEMA:
        raise UnknownSchema(f"This report has the shape {values.get('schema')!r}, not {SCHEMA}.")
    return _made(Weekly, values)


def _made(kind: type[T], values: Mapping[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in values.items()})


def _value(wanted: Any, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(get_args(wanted)[0], line) for line in value)
    if wanted is datetime:
        return datetime.fromisoformat(value)
    if wanted is date or (value is not None and date in get_args(wanted)):
        return date.fromisoformat(value)
    return value


def packed(content: Mapping[str, Any]) -> bytes:
    """Return JSON values as the bytes that are hashed: sorted keys, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(packed(content)).hexdigest()
