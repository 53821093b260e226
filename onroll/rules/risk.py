"""The risk assessment a school or professional makes: 21 questions (P13).

Source: policy p.15-16. Each is answered yes, no or not sure. Any yes or not sure is talked over
with the safeguarding lead and a manager, and the talk is recorded; the question on sexual
exploitation also needs a talk with the MASH or the child's social worker.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class RiskAnswer(StrEnum):
    """What was answered to one question."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


@dataclass(frozen=True)
class RiskQuestion:
    """One of the 21 questions, in the policy's order."""

    code: str
    text: str


_ALL = (
    ("known_to_safeguarding", "Is the child known to children's safeguarding services?"),
    ("looked_after", "Is the child looked after?"),
    (
        "plan_or_need",
        "Is the child subject to a child protection plan or investigation, or a child in need?",
    ),
    ("current_concerns", "If not, do you have any concerns about the child now?"),
    (
        "past_concerns",
        "Were there earlier concerns, or safeguarding services involved, in Harrow or elsewhere?",
    ),
    ("early_support", "Is the child known to the Early Support Service?"),
    ("mobile_family", "Has the family moved address or borough often?"),
    ("poor_attendance", "Is there a history of poor attendance?"),
    ("attendance_proceedings", "Have the parents been taken to court over attendance before?"),
    ("immigration", "Are there any immigration issues?"),
    ("concerning_adults", "Is the child at risk of contact with adults of concern, also online?"),
    ("risky_associates", "Has the child been with people who pose a risk to children?"),
    ("sexual_exploitation", "Is the child at risk of sexual exploitation?"),
    (
        "taken_abroad",
        "Is the child at risk of FGM, forced marriage or abduction, and so of removal from the UK?",
    ),
    ("young_carer", "Is the child a young carer?"),
    ("domestic_abuse", "Is there a history of domestic abuse and violence in the family?"),
    ("parental_health", "Is there a history of parental mental ill-health or substance abuse?"),
    ("unusual", "Is it unusual for this child to be missing?"),
    (
        "religious_or_cultural",
        "Are there religious or cultural reasons to believe there is a risk?",
    ),
    ("ehcp_assessment", "Are the child's special educational needs being assessed for a plan?"),
    ("radicalisation", "Is there a sign of radicalisation or extremism?"),
)

RISK_QUESTIONS: tuple[RiskQuestion, ...] = tuple(RiskQuestion(*row) for row in _ALL)


@dataclass(frozen=True)
class RiskFinding:
    """What the answers so far ask for: who must be spoken to, and what is still unanswered."""

    talk_to_safeguarding_lead: bool
    talk_to_mash_or_social_worker: bool
    unanswered: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Say whether every question has an answer."""
        return not self.unanswered


def assess(answers: Mapping[str, str], groups: Collection[str] = ()) -> RiskFinding:
    """Return what the answers ask for. A question without a known answer stays unanswered.

    Sexual exploitation is talked over whether it is answered or ticked among the `groups` at
    particular risk.
    """
    valid = set(RiskAnswer)
    raised = {code for code, answer in answers.items() if answer in valid - {RiskAnswer.NO}}
    return RiskFinding(
        talk_to_safeguarding_lead=any(q.code in raised for q in RISK_QUESTIONS),
        talk_to_mash_or_social_worker="sexual_exploitation" in raised | set(groups),
        unanswered=tuple(q.code for q in RISK_QUESTIONS if answers.get(q.code) not in valid),
    )


EXPLOITATION = "sexual_exploitation"
"""The question of a risk that has an assessment of its own (policy p.4, 15)."""
EXPLOITATION_GROUPS = frozenset({"sexual_exploitation", "crime"})
"""The groups at particular risk that name exploitation, sexual or criminal (policy p.4)."""


def rings_first(answers: Mapping[str, str], groups: Collection[str], *, danger: str) -> bool:
    """Say whether exploitation is named where no danger is: then somebody is rung now (policy p.9).

    A child is exploited today, whatever is said of danger. Where danger is named, or nobody is
    sure of it, the form says so already.
    """
    is_named = answers.get("sexual_exploitation") == RiskAnswer.YES
    return danger == "no" and (is_named or bool(EXPLOITATION_GROUPS & set(groups)))
