"""What may be shared about a child, and on what basis (P39).

Source: policy p.12; the law named in each row; DfE, *Information sharing*, May 2024: what was
shared, with whom and why is written down, and so is a decision not to share; consent is usually not
the right basis. `evidence` says how a row is known: `read` in its own text, `reported` by others,
`recalled`, or `inferred` by us. What is not read is to be confirmed before use, here and nowhere
else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.dated import Dated, in_force

Evidence = Literal["read", "reported", "recalled", "inferred"]


@dataclass(frozen=True, kw_only=True)
class Basis(Dated):
    """What allows something to be shared, in words for who is asked, and where it stands."""

    words: str
    source: str
    evidence: Evidence

    @property
    def is_to_confirm(self) -> bool:
        """Return whether nobody has read it in its own text yet."""
        return self.evidence != "read"


BASES: tuple[Basis, ...] = (
    Basis(
        code="find_children",
        words="The council must find the children in its area of school age who are on no roll and "
        "are not taught elsewhere.",
        source="Education Act 1996 s.436A",
        evidence="read",
    ),
    Basis(
        code="joint_efforts",
        words="The council and the school together make reasonable efforts to find out where a "
        "pupil is, and ask those who may know.",
        source="The School Attendance (Pupil Registration) (England) Regulations 2024 reg 9(1)(h), "
        "(i)",
        evidence="read",
        begins_with="regs_2024",
    ),
    Basis(
        code="guidance",
        words="The statutory guidance names housing, school admissions, health, police, refuges, "
        "youth justice, social care and HM Revenue and Customs among those to ask.",
        source="Children missing education, September 2025",
        evidence="read",
        begins_with="guidance_2025",
    ),
    Basis(
        code="public_task",
        words="Sharing is needed for a task in the public interest that the law gives the council.",
        source="UK GDPR Article 6(1)(e)",
        evidence="recalled",
    ),
    Basis(
        code="safeguarding",
        words="What is of a special category is shared to keep a child safe from harm, as "
        "substantial public interest.",
        source="UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 18",
        evidence="recalled",
    ),
    Basis(
        code="welfare",
        words="Councils, police and health bodies see to it that children are safe and well in "
        "what they do.",
        source="Children Act 2004 s.11",
        evidence="reported",
    ),
    Basis(
        code="child_at_risk",
        words="The council asks because a child may be at risk.",
        source="Children Act 1989 Part 5",
        evidence="reported",
    ),
    Basis(
        code="vital_interests",
        words="Somebody’s life is in danger.",
        source="UK GDPR Article 6(1)(d)",
        evidence="recalled",
    ),
    Basis(
        code="abroad",
        words="An answer from abroad is needed for important reasons of public interest.",
        source="UK GDPR Article 49(1)(d)",
        evidence="recalled",
    ),
    Basis(
        code="consent",
        words="The person agreed, freely, and knew to what. This is seldom the right basis.",
        source="UK GDPR Article 6(1)(a)",
        evidence="recalled",
    ),
    Basis(
        code="duty_to_share",
        words="Those who keep children safe tell each other what bears on a child’s safety.",
        source="Children Act 2004 s.16LA",
        evidence="read",
        begins_with="s16LA",
    ),
    Basis(
        code="no_confidence_broken",
        words="What these sections ask to be told breaks no confidence.",
        source="Education Act 1996 s.436T",
        evidence="read",
        begins_with="s436T",
    ),
)
"""Every basis, those that a request most often rests on first."""


def bases_on(on: date, provisions: Provisions = PROVISIONS) -> dict[str, Basis]:
    """Return by code what something can be shared on, on a day."""
    return {row.code: row for row in in_force(BASES, on=on, provisions=provisions)}


def bases_of(codes: Iterable[str]) -> list[Basis]:
    """Return the bases with these codes, in the order of the table, whenever they hold."""
    chosen = set(codes)
    return [row for row in BASES if row.code in chosen]


@dataclass(frozen=True)
class Item:
    """Something that is on record of a child; `tells_home` what could lead somebody to the home."""

    code: str
    title: str
    tells_home: bool = False


_ALL = (
    Item("name", "Name"),
    Item("other_names", "Other names"),
    Item("born_on", "Date of birth"),
    Item("sex", "Sex"),
    Item("upn", "Unique pupil number"),
    Item("nhs_number", "NHS number"),
    Item("school", "Last school"),
    Item("missing_since", "Without education since"),
    Item("home", "Last known address", tells_home=True),
    Item("homes_before", "Earlier addresses", tells_home=True),
    Item("parents", "Names of parents and carers"),
    Item("contacts", "Telephone and email of parents and carers", tells_home=True),
)
ITEMS: dict[str, Item] = {item.code: item for item in _ALL}
"""What a request can share, in the order in which it does. Notes, groups at risk, and who told us
are not among it: whoever shares those says so in words, by hand."""

IDENTITY_PROTECTED = (
    "This child’s identity is protected: Onroll lays out no request about the child. Speak with "
    "the MASH about what may be told to whom, and write down here what was decided."
)
"""What is said where somebody asks about a child with a protected identity (access matrix, 8)."""


def titles(codes: Iterable[str]) -> list[str]:
    """Return what is shared in words, in the order of the table."""
    chosen = set(codes)
    return [item.title for item in ITEMS.values() if item.code in chosen]
