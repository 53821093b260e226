"""What the law asks at a moment of the work, where no clock, ground or step of an order says it.

Source: the section beside each. A row shows where its moment is shown, from the day it begins.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.dated import Dated, in_force

Moment = Literal["withdrawal", "hand_over", "sharing", "placement"]


@dataclass(frozen=True, kw_only=True)
class Duty(Dated):
    """One thing to do or to know at a moment, in a sentence, and the section that says so."""

    moment: Moment
    words: str
    source: str


DUTIES: tuple[Duty, ...] = (
    Duty(
        code="withdrawal_told",
        moment="withdrawal",
        words="Tell your authority, and the child's if it is another, that the parent means to "
        "withdraw the child. Ask whether its consent is needed.",
        source="EA96 s.434A(5)",
        begins_with="s434A",
    ),
    Duty(
        code="withdrawal_meeting",
        moment="withdrawal",
        words="In a pilot area wait for the authority's notice that it has met the family.",
        source="EA96 s.434B(1)",
        begins_with="s434B",
    ),
    Duty(
        code="support",
        moment="withdrawal",
        words="Tell the parent that the authority gives advice to those who ask for it.",
        source="EA96 s.436G(1)",
        begins_with="s436G",
    ),
    Duty(
        code="register_follows",
        moment="hand_over",
        words="Send the new authority what the register of children not in school holds of the "
        "child.",
        source="EA96 s.436F(5)",
        begins_with="s436F",
    ),
    Duty(
        code="share",
        moment="sharing",
        words="Tell the others who must safeguard the child what bears on the child's safety.",
        source="Children Act 2004 s.16LA",
        begins_with="s16LA",
    ),
    Duty(
        code="identifier",
        moment="sharing",
        words="Give the child's one identifier with it, where it is known.",
        source="Children Act 2004 s.16LC",
        begins_with="s16LC",
    ),
    Duty(
        code="guidance",
        moment="sharing",
        words="Schools, too, have regard to the guidance on children missing education.",
        source="CMEG25",
        begins_with="guidance_2025",
    ),
    Duty(
        code="co_operation",
        moment="placement",
        words="A school co-operates where what it decides bears on places or on education for "
        "those out of school.",
        source="EA96 s.19B",
        begins_with="s19B",
    ),
    Duty(
        code="direction",
        moment="placement",
        words="An academy, too, can be directed to admit the child.",
        source="2026 c.21 s.62",
        begins_with="s62",
    ),
)


def duties_on(moment: Moment, *, on: date, provisions: Provisions = PROVISIONS) -> tuple[Duty, ...]:
    """Return what the law asks at a moment on a day."""
    return tuple(d for d in in_force(DUTIES, on=on, provisions=provisions) if d.moment == moment)
