"""Law that begins on a day, one provision a section; a section without a day is not in force.

Source: Children's Wellbeing and Schools Act 2026 s.78 and the sections it names; EA96 as revised to
18 August 2026, which carries ss.434A to 436T beside ss.437 to 443. Two sets of commencement
regulations were made by 28 November 2026 and have not been read: read *Commencement No. 1* and
*No. 2* (SI 2026/803) before a section is taken to be out of force. When one begins, give it its
day here: every rule that names it begins or ends with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Provision:
    """One section, and the days from and to which it is in force in England; none: not yet."""

    code: str
    title: str
    source: str
    from_on: date | None = None
    until_on: date | None = None

    def is_in_force(self, *, on: date) -> bool:
        """Say whether the provision applies on a day."""
        if self.from_on is None or on < self.from_on:
            return False
        return self.until_on is None or on <= self.until_on


_ALL = (
    Provision("regs_2024", "Pupil registration", "SI 2024/208 reg 1", date(2024, 8, 19)),
    Provision(
        "guidance_2025", "Guidance on children missing education", "CMEG25", date(2025, 9, 8)
    ),
    Provision(
        "s19B",
        "Schools co-operate where they affect places and section 19",
        "EA96 s.19B",
        date(2026, 6, 29),
    ),
    Provision("s434A", "Consent to withdraw a child from school", "EA96 s.434A"),
    Provision("s434B", "A meeting before a child is withdrawn (pilot)", "EA96 s.434B"),
    Provision("s436B", "Register of children not in school", "EA96 s.436B"),
    Provision("s436C", "What that register holds", "EA96 s.436C"),
    Provision("s436D", "What parents must tell", "EA96 s.436D"),
    Provision("s436E", "What providers must tell", "EA96 s.436E"),
    Provision("s436F", "Who may be told what the register holds", "EA96 s.436F"),
    Provision("s436G", "Support for parents who ask", "EA96 s.436G"),
    Provision("s436H", "Preliminary notice before an order", "EA96 s.436H"),
    Provision("s436I", "School attendance order", "EA96 s.436I"),
    Provision("s436J", "Order for a child with a plan", "EA96 s.436J"),
    Provision("s436L", "Notice that names the school", "EA96 s.436L"),
    Provision("s436M", "Which school may not be named", "EA96 s.436M"),
    Provision("s436N", "Notice to the school, and its time to object", "EA96 s.436N"),
    Provision("s436O", "Changing an order", "EA96 s.436O"),
    Provision("s436P", "Revoking an order", "EA96 s.436P"),
    Provision("s436Q", "Breach of an order", "EA96 s.436Q"),
    Provision("s436T", "What is told so breaks no confidence", "EA96 s.436T"),
    Provision("s16LA", "Duty to share what bears on a child's safety", "Children Act 2004 s.16LA"),
    Provision("s16LC", "One identifier of a child", "Children Act 2004 s.16LC"),
    Provision("s62", "An academy can be directed to admit", "2026 c.21 s.62"),
)

PROVISIONS: dict[str, Provision] = {provision.code: provision for provision in _ALL}

Provisions = Mapping[str, Provision]
