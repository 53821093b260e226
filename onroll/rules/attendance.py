"""Attendance codes, and how long a child has been absent without a break.

Source: Regs 2024 reg 10(2)-(10) (codes), reg 9(1)(i)(i) (only G, N and O count towards removal),
reg 9(3)(c)(i) (no leave, for a pupil not of school age), reg 13(7)(b) (G, N, O and U count towards
the attendance return). A child coded U came, so U breaks an absence that could lead to removal.

An absence is *continuous*: a school day of which nothing is known may have been a day at school.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from onroll.rules.calendar import SchoolCalendar

FOR_REMOVAL = frozenset("GNO")
FOR_RETURN = frozenset("GNOU")
NO_SESSION = frozenset({"Y4", "#"})
"""Session cancelled (reg 10(10)), or a planned closure: no session, so no school day."""


@dataclass(frozen=True)
class Code:
    """One attendance code: its meaning and the table of reg 10 in which it stands."""

    code: str
    title: str
    table: str


_TABLES = {
    "1 present": {
        "/": "Present in the morning",
        "\\": "Present in the afternoon",
        "L": "Late, before the register closed",
    },
    "2 attending elsewhere": {
        "K": "Education arranged by the authority",
        "V": "Educational visit or trip",
        "P": "Sporting activity",
        "W": "Work experience",
        "B": "Other approved educational activity",
    },
    "3 absent with leave": {
        "C1": "Performance or employment abroad",
        "M": "Medical or dental appointment",
        "J1": "Interview",
        "S": "Study leave",
        "X": "Not of school age, not required to attend",
        "C2": "Part-time timetable",
        "D": "At another school where registered",
        "C": "Other leave",
    },
    "3 unable to attend": {
        "T": "Mobile child, travelling with a parent",
        "R": "Religious observance",
        "I": "Sick",
        "Q": "No access arrangements",
        "Y1": "Usual transport not available",
        "Y2": "Widespread disruption to travel",
        "Y3": "Part of the premises out of use",
        "Y5": "Criminal justice detention",
        "Y6": "Public health guidance or law",
        "E": "Suspended or excluded",
        "Y7": "Other unavoidable cause",
    },
    "3 without leave": {
        "G": "Holiday without leave",
        "N": "Reason not yet established",
        "O": "No other code applies",
    },
    "outside the tables": {
        "U": "Arrived after the register closed",
        "Y4": "Session cancelled",
        "Z": "Not yet on roll",
        "#": "Planned closure",
    },
}

CODES: dict[str, Code] = {
    code: Code(code, title, table)
    for table, rows in _TABLES.items()
    for code, title in rows.items()
}


ABSENT = frozenset(CODES) - set(_TABLES["1 present"]) - {"U", "Z"} - NO_SESSION
"""Every code of a child who did not come to the school, for whatever reason."""

WITHOUT_LEAVE = ABSENT - set(_TABLES["3 absent with leave"])
"""Those of them by which the child had no leave (reg 9(3)(c)(i))."""


@dataclass(frozen=True)
class Day:
    """One day of the attendance register: the codes of its morning and afternoon sessions."""

    on: date
    morning: str
    afternoon: str


class Half(Enum):
    """What one session of a day does to an absence."""

    COUNTS = 1
    ENDS = 2
    NOT_HELD = 3
    UNKNOWN = 4


@dataclass(frozen=True)
class Absence:
    """An absence without a break up to the day of a question.

    `is_clear` is false when something that nobody knows ended the count: a school day of which the
    register says nothing, a session without a mark or with two that differ, or the beginning of
    the register. The absence may then be longer than it says.
    """

    school_days: int
    first_on: date | None = None
    last_on: date | None = None
    is_clear: bool = True


def latest_absence(
    days: Iterable[Day],
    *,
    on: date,
    calendar: SchoolCalendar,
    codes: frozenset[str] = FOR_REMOVAL,
) -> Absence:
    """Return the absence without a break that reaches the day `on`.

    A day counts, once however often it is told, when each session held that day has one of `codes`.
    A day without any session is passed over. One half day with another code ends the absence,
    whatever is known of the other half. `calendar` tells which days the register should hold; the
    day `on` itself may not be in it yet.
    """
    by_day = _by_day(day for day in days if day.on <= on)
    counted: list[date] = []
    after = on
    for day in sorted(by_day, reverse=True):
        if calendar.between(day, after - timedelta(days=1)) > 0:
            break
        after = day
        halves = [_half(marks, codes) for marks in by_day[day]]
        if Half.ENDS in halves:
            return _absence(counted, is_clear=True)
        if Half.UNKNOWN in halves:
            break
        counted += [day] if Half.COUNTS in halves else []
    return _absence(counted, is_clear=False)


def _by_day(days: Iterable[Day]) -> dict[date, tuple[set[str], set[str]]]:
    """Return the marks of each day's two sessions, every mark that any telling gives."""
    by_day: dict[date, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for day in days:
        by_day[day.on][0].add(_tidy(day.morning))
        by_day[day.on][1].add(_tidy(day.afternoon))
    return by_day


def _half(marks: set[str], codes: frozenset[str]) -> Half:
    """Return what a session does; nobody knows where its marks do different things."""
    kinds = {_kind(mark, codes) for mark in marks}
    return kinds.pop() if len(kinds) == 1 else Half.UNKNOWN


def _kind(mark: str, codes: frozenset[str]) -> Half:
    if mark not in CODES:
        return Half.UNKNOWN
    if mark in NO_SESSION:
        return Half.NOT_HELD
    return Half.COUNTS if mark in codes else Half.ENDS


def _absence(counted: list[date], *, is_clear: bool) -> Absence:
    if not counted:
        return Absence(0, is_clear=is_clear)
    return Absence(len(counted), counted[-1], counted[0], is_clear)


def _tidy(mark: str) -> str:
    return mark.strip().upper()
