"""Attendance codes, and how long a child has been absent without a break.

Source: Regs 2024 reg 10(2)-(10) (codes), reg 9(1)(i)(i) (only G, N and O count towards removal),
reg 13(7)(b) (G, N, O and U count towards the attendance return). A child coded U came, so U breaks
an absence that could lead to removal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Day:
    """One day of the attendance register: the codes of its morning and afternoon sessions."""

    on: date
    morning: str
    afternoon: str


@dataclass(frozen=True)
class Absence:
    """An absence without a break up to the last day of a register.

    `is_clear` is false when a code that is missing or unknown ended the count, or the days given
    did, so that the absence may be longer than it says.
    """

    school_days: int
    first_on: date | None = None
    last_on: date | None = None
    is_clear: bool = True


def latest_absence(days: Iterable[Day], *, codes: frozenset[str] = FOR_REMOVAL) -> Absence:
    """Return the absence without a break that reaches the last day of the register.

    A day counts when each session held that day has one of `codes`. A day without any session is
    passed over. Any other code ends the absence.
    """
    counted: list[date] = []
    for day in sorted(days, key=lambda day: day.on, reverse=True):
        held = {
            mark for mark in (_tidy(day.morning), _tidy(day.afternoon)) if mark not in NO_SESSION
        }
        if not held <= codes:
            is_clear = all(mark in CODES for mark in held - codes)
            return _absence(counted, is_clear=is_clear)
        counted += [day.on] if held else []
    return _absence(counted, is_clear=False)


def _absence(counted: list[date], *, is_clear: bool) -> Absence:
    if not counted:
        return Absence(0, is_clear=is_clear)
    return Absence(len(counted), counted[-1], counted[0], is_clear)


def _tidy(mark: str) -> str:
    return mark.strip().upper()
