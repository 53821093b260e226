"""One row about a leaver, and what can be told from its fields alone.

Source: DfE common basic data set; files as schools really send them, where the box for the next
school holds words such as “not known”.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onroll.rules.identifiers import check_establishment, check_la
from onroll.rules.leaving_codes import LEAVING_REASONS, LeavingReason, Reading, readings

_NO_REASON = LeavingReason("", "no reason", "")

_AGREES = {
    "school": {"school", "moved", "order", "phase", "left", "finished"},
    "phase": {"school", "moved", "order", "phase", "left", "finished"},
    "home": {"home", "order"},
    "abroad": {"school", "moved", "left"},
    "excluded": {"excluded"},
    "died": {"died"},
    "missing": {"no_answer", "moved", "left"},
    "unknown": {"no_answer", "moved", "left"},
    "finished": {"finished", "left"},
}
"""Which claims of a ground do not contradict the claim of a leaving reason."""

_NOT_A_SCHOOL = re.compile(
    r"^\W*(school)?\W*$|\?|\bn/?[ak]\b|\bno\b(?! ?\d)"
    r"|\b(un ?known|not|tb[acd]|none|other|another|unsure|unconfirmed|missing|moved|moving|abroad"
    r"|overseas|left|home|ehe|to be|awaiting|pending|x{2,})\b",
    re.IGNORECASE,
)
"""Words with which people fill the box for a school's name when they do not know it."""

_UK = re.compile(
    r"^\W*(|gbr?|uk|u\.k\.|great britain|united kingdom|england|scotland|wales|cymru"
    r"|northern ireland|xen|xsc|xwl|xni|eng|sct|wls|nir)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """What a row says about a leaver, as it came. `day` is the day it is read.

    `version`, the file's, does not tell the lettering: old layouts carry new letters.
    `lettering` is "2006" or "2024" where the authority has confirmed which one this sender uses.
    """

    day: date
    left_on: date | None = None
    leaving_reason: str = ""
    ground_letter: str = ""
    version: str = ""
    lettering: str = ""
    destination_la: str = ""
    destination_estab: str = ""
    destination_name: str = ""
    destination_starts_on: date | None = None
    forwarding_address: bool = False
    forwarding_country: str = ""
    born: date | None = None
    year_group: str = ""

    @cached_property
    def reason(self) -> LeavingReason:
        """Return the leaving reason, or a blank one for a code that is missing or not known."""
        return LEAVING_REASONS.get(self.leaving_reason.strip().upper(), _NO_REASON)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Return every way the ground's letter may be read."""
        return readings(self.ground_letter, left_on=self.left_on, lettering=self.lettering)

    @property
    def ground(self) -> str:
        """Return what the ground claims when every reading claims the same, else nothing."""
        claims = {reading.claim for reading in self.readings}
        return claims.pop() if len(claims) == 1 else ""

    @property
    def is_contradicted(self) -> bool:
        """Say whether no reading of the ground agrees with the leaving reason."""
        agreeing = _AGREES.get(self.reason.claim)
        return bool(
            self.readings and agreeing and not any(r.claim in agreeing for r in self.readings)
        )

    @property
    def is_ambiguous(self) -> bool:
        """Say whether the letter reads in two ways and the leaving reason does not tell which."""
        return not self.ground and bool(self.readings) and self.reason.claim not in _AGREES

    @property
    def has_school_number(self) -> bool:
        """Say whether the destination is a real school's number, not a stand-in."""
        la, estab = check_la(self.destination_la), check_establishment(self.destination_estab)
        is_number = (la.kind, estab.kind) == ("authority", "school")
        return is_number and estab.value not in ("0000", "9999")

    @property
    def has_school_name(self) -> bool:
        """Say whether a destination is named, and the name is not a way to say nobody knows."""
        return not _NOT_A_SCHOOL.search(self.destination_name)

    @property
    def has_destination(self) -> bool:
        """Say whether a school is given by number or by name."""
        return self.has_school_number or self.has_school_name

    @property
    def destination(self) -> str:
        """Return the school that is given: its name, else its number."""
        if self.has_school_name:
            return self.destination_name.strip()
        return f"School {self.destination_la}/{self.destination_estab}"

    @property
    def is_abroad(self) -> bool:
        """Say whether the row says the child has gone abroad."""
        return self.reason.claim == "abroad" or not _UK.match(self.forwarding_country)
