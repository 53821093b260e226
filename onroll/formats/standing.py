"""How a child stands with a school on a day, by what a list or a file says of the stay.

Source: Common Basic Data Set, code set CS007 (enrolment status); files.md section 5.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.formats.records import SchoolSpell
from onroll.tables import day_of


class Stand(StrEnum):
    """How a child stands with a school. Only who is `ON_ROLL` is on its roll."""

    ON_ROLL = "here"
    LEFT = "left"
    GUEST = "guest"
    TO_COME = "to_come"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a child stands with a school, and the words for it, as in *left on 20/07/2026*.

    `on` is the last day there of who left, or the first of who is to come, where that is known.
    """

    stand: Stand
    words: str = ""
    on: date | None = None


ON_ROLL = Standing(Stand.ON_ROLL)
_STATUSES: dict[Stand, tuple[str, ...]] = {
    Stand.ON_ROLL: (
        "C", "CURRENT", "SINGLE", "SINGLE REGISTRATION", "M", "MAIN", "CURRENT MAIN", "MAIN DUAL",
        "DUAL MAIN", "CURRENT MAIN DUAL", "F", "FE COLLEGE", "FURTHER EDUCATION COLLEGE",
        "O", "OTHER PROVIDER", "ON ROLL", "ACTIVE", "ENROLLED", "REGISTERED",
    ),
    Stand.LEFT: (
        "P", "PREVIOUS", "LEFT", "LEAVER", "FORMER", "OFF ROLL", "NOT ON ROLL", "LEFT SCHOOL",
        "NO LONGER ON ROLL", "PAST", "PREVIOUS PUPIL", "FORMER PUPIL", "WITHDRAWN", "REMOVED",
        "DEREGISTERED", "DE REGISTERED", "INACTIVE", "ARCHIVED",
    ),
    Stand.GUEST: ("G", "GUEST", "GUEST PUPIL", "VISITOR", "NOT REGISTERED"),
    Stand.TO_COME: (
        "FUTURE", "FUTURE PUPIL", "PRE ADMISSION", "PRE ADMISSIONS", "PRE ENROLMENT", "APPLICANT",
        "APPLICATION", "APPLIED", "OFFERED", "ACCEPTED", "PROSPECTIVE", "TO START",
        "NOT YET STARTED",
    ),
}  # fmt: skip
"""How lists write the codes of CS007, and what else programs say in their place."""
_SECOND = frozenset({
    "S", "SUBSIDIARY", "SUBSIDIARY DUAL", "DUAL SUBSIDIARY", "CURRENT SUBSIDIARY",
    "CURRENT SUBSIDIARY DUAL",
})  # fmt: skip
"""How lists write that another school is the pupil's main one."""
_STAND_OF = {word: stand for stand, words in _STATUSES.items() for word in words}
_STAND_OF |= dict.fromkeys(_SECOND, Stand.ON_ROLL)
_CODE_FIRST = re.compile(r"([A-Z]) (.+)")
_WORDS = {
    Stand.LEFT: "no longer on the roll",
    Stand.GUEST: "a guest there, and not registered at that school",
    Stand.TO_COME: "has not started yet",
}
_SHORT_YEAR = re.compile(r"([0-9]{1,2}[/.-][0-9]{1,2}[/.-])([0-9]{2})")
_NO_WORDS = frozenset({"NA", "NONE", "NULL", "NIL", "BLANK"})


def is_no_day(text: str) -> bool:
    """Say whether what stands where a day should says only that there is none: `-`, `n/a`, 0."""
    letters = "".join(filter(str.isalnum, text)).upper()
    return not letters.strip("0") or letters in _NO_WORDS


def standing(spell: SchoolSpell, status: str, *, on: date) -> Standing:
    """Return how a child stands with a school on a day.

    A leaving date decides before the status, since systems write `C` of leavers too. Where a day
    cannot be read nobody can say, unless the status can.
    """
    by_status = stand_of(status)
    if by_status is not Stand.GUEST and (by_days := _by_days(spell, on)) is not None:
        is_doubt = by_days.stand is Stand.UNCLEAR
        if not is_doubt or by_status not in (Stand.LEFT, Stand.TO_COME):
            return by_days
    return Standing(by_status, _WORDS[by_status]) if by_status in _WORDS else ON_ROLL


def _by_days(spell: SchoolSpell, on: date) -> Standing | None:
    """Return what the days alone say; None where they leave the child on the roll."""
    entry_on, leaving_on = spell.entry_on, spell.leaving_on
    if entry_on is not None and entry_on > on:
        return Standing(Stand.TO_COME, f"starts on {entry_on:%d/%m/%Y}", entry_on)
    if leaving_on is not None and entry_on is not None and leaving_on < entry_on:
        days = f"{leaving_on:%d/%m/%Y}, is before the entry date, {entry_on:%d/%m/%Y}"
        return Standing(Stand.UNCLEAR, f"the leaving date, {days}")
    if leaving_on is not None and leaving_on < on:
        return Standing(Stand.LEFT, f"left on {leaving_on:%d/%m/%Y}", leaving_on)
    if spell.leaving_text:
        return _unclear("leaving date", spell.leaving_text)
    if spell.entry_text and not _is_past(spell.entry_text, on):
        return _unclear("entry date", spell.entry_text)
    return None


def _unclear(name: str, text: str) -> Standing:
    return Standing(Stand.UNCLEAR, f"the {name}, “{text[:40]}”, cannot be read")


def _is_past(text: str, on: date) -> bool:
    """Say whether an entry date is past though a file must not write it so.

    One with a year cut short is, where it is past in either century.
    """
    parts = _SHORT_YEAR.fullmatch(text)
    latest = day_of(f"{parts[1]}20{parts[2]}" if parts else text)
    return latest is not None and latest <= on


def stand_of(status: str) -> Stand | None:
    """Return what an enrolment status says, as a code or in words; None for one nobody knows."""
    return _STAND_OF.get(_plain(status))


def is_second(status: str) -> bool:
    """Say whether a status is that of a subsidiary registration: the main school is another."""
    return _plain(status) in _SECOND


def is_unknown_status(status: str) -> bool:
    """Say whether there is a status, and nobody knows what it says."""
    return bool(_plain(status)) and stand_of(status) is None


def _plain(status: str) -> str:
    """Return a status in capitals, without brackets or strokes: `G - Guest` is `GUEST`."""
    open_words = re.sub(r"\([^)]*\)?", " ", status.upper())
    text = " ".join(re.sub(r"[^A-Z0-9]", " ", open_words).split())
    code = _CODE_FIRST.fullmatch(text)
    if text in _STAND_OF or code is None:
        return text
    return code[2] if code[2] in _STAND_OF else code[1]
