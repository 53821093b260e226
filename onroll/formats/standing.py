"""A child's standing at a school on a day, from what a list or file says of the stay.

Source: Common Basic Data Set, code set CS007 (enrolment status); files.md section 5.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.formats.records import SchoolSpell
from onroll.tables import day_of


class Stand(StrEnum):
    """A child's standing at a school. Only `ON_ROLL` means on its roll."""

    ON_ROLL = "here"
    LEFT = "left"
    GUEST = "guest"
    TO_COME = "to_come"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Standing:
    """A child's standing at a school, and its words, as in *left on 20/07/2026*.

    `on` is the last day of a leaver, or the first day of a child who is to come, if known.
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
"""How lists write the codes of CS007, and what other programs write."""
_SECOND = frozenset({
    "S", "SUBSIDIARY", "SUBSIDIARY DUAL", "DUAL SUBSIDIARY", "CURRENT SUBSIDIARY",
    "CURRENT SUBSIDIARY DUAL",
})  # fmt: skip
"""How lists write that the pupil's main school is another."""
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
    """Return whether the text of a date only says that there is none: `-`, `n/a`, 0."""
    letters = "".join(filter(str.isalnum, text)).upper()
    return not letters.strip("0") or letters in _NO_WORDS


def standing(spell: SchoolSpell, status: str, *, on: date) -> Standing:
    """Return a child's standing at a school on a day.

    A leaving date comes before the status, since systems write `C` for leavers too. If a date
    cannot be read, the standing is unclear unless the status decides it.
    """
    by_status = stand_of(status)
    if by_status is not Stand.GUEST and (by_days := _by_days(spell, on)) is not None:
        is_doubt = by_days.stand is Stand.UNCLEAR
        if not is_doubt or by_status not in (Stand.LEFT, Stand.TO_COME):
            return by_days
    return Standing(by_status, _WORDS[by_status]) if by_status in _WORDS else ON_ROLL


def _by_days(spell: SchoolSpell, on: date) -> Standing | None:
    """Return the standing by the dates alone; None if the child is on the roll."""
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
    """Return whether an entry date that could not be read is surely not after a day.

    A year of two digits is taken as the later century; the earlier one would be past too.
    """
    parts = _SHORT_YEAR.fullmatch(text)
    latest = day_of(f"{parts[1]}20{parts[2]}" if parts else text)
    return latest is not None and latest <= on


def stand_of(status: str) -> Stand | None:
    """Return the standing of an enrolment status, a code or words; None for an unknown one."""
    return _STAND_OF.get(_plain(status))


def is_second(status: str) -> bool:
    """Return whether a status means a subsidiary registration: the main school is another."""
    return _plain(status) in _SECOND


def is_unknown_status(status: str) -> bool:
    """Return whether there is a status that we do not know."""
    return bool(_plain(status)) and stand_of(status) is None


def _plain(status: str) -> str:
    """Return a status in capitals, without brackets or dashes: `G - Guest` is `GUEST`."""
    open_words = re.sub(r"\([^)]*\)?", " ", status.upper())
    text = " ".join(re.sub(r"[^A-Z0-9]", " ", open_words).split())
    code = _CODE_FIRST.fullmatch(text)
    if text in _STAND_OF or code is None:
        return text
    return code[2] if code[2] in _STAND_OF else code[1]
