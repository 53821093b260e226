"""Law that has been made but may not be in force yet, each switched on by a date.

Source: Children's Wellbeing and Schools Act 2026 s.78; no regulations that begin ss.37 to 42 for
England had been found by 23 November 2026. Set the date when they are made; the rule begins then.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Provision:
    """A provision, and the day it comes into force in England, if that is known."""

    code: str
    title: str
    source: str
    in_force_on: date | None = None

    def is_in_force(self, *, on: date) -> bool:
        """Say whether the provision applies on a day."""
        return self.in_force_on is not None and self.in_force_on <= on


_ALL = (
    Provision("regulations_2024", "Pupil registration", "SI 2024/208 reg 1", date(2024, 8, 19)),
    Provision("guidance_2025", "Children missing education: guidance", "CMEG25", date(2025, 9, 8)),
    Provision("consent_to_withdraw", "Consent to withdraw a child from school", "EA96 s.434A"),
    Provision("not_in_school_register", "Register of children not in school", "EA96 s.436B-436G"),
    Provision("new_orders", "New procedure for attendance orders", "EA96 s.436H-436Q"),
    Provision(
        "information_sharing", "Duty to share, and one identifier", "Children Act 2004 s.16LA-16LD"
    ),
)

PROVISIONS: dict[str, Provision] = {provision.code: provision for provision in _ALL}
