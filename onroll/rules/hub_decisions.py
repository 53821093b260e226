"""What a decision of the hub contradicts, so that it asks for a reason. It is never refused (P15).

Source: casework 5.1 (how grave a referral is) and 5.2 (what is decided); policy p.7, 9 (a child who
lives elsewhere, P16), 15-16.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onroll.rules.grades import Grade
from onroll.rules.risk import RiskAnswer


class Decision(StrEnum):
    """What the hub decides about a referral (casework 5.2)."""

    LEAD_OFFICER = "lead_officer"
    SOCIAL_CARE = "social_care"
    ATTENDANCE = "attendance"
    HOME_EDUCATION = "home_education"
    OTHER_AUTHORITY = "other_authority"
    OPEN_CASE = "open_case"
    EARLY_HELP = "early_help"
    ADVICE = "advice"
    NO_ACTION = "no_action"


class Response(StrEnum):
    """How much comes of a decision for a child of whom something grave is known."""

    FULL = "full"
    """Somebody who looks for the child, or protects them, has it."""
    SERVICE = "service"
    """Another service has the child: attendance, home education."""
    EARLY_HELP = "early_help"
    ADVICE = "advice"
    """Advice or nothing."""


RESPONSES = {
    Decision.LEAD_OFFICER: Response.FULL,
    Decision.SOCIAL_CARE: Response.FULL,
    Decision.OTHER_AUTHORITY: Response.FULL,
    Decision.OPEN_CASE: Response.FULL,
    Decision.ATTENDANCE: Response.SERVICE,
    Decision.HOME_EDUCATION: Response.SERVICE,
    Decision.EARLY_HELP: Response.EARLY_HELP,
    Decision.ADVICE: Response.ADVICE,
    Decision.NO_ACTION: Response.ADVICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gravity:
    """What grade and form say of how grave it is for a child; of a form, whether any says yes."""

    grade: Grade | None
    is_urgent: bool
    is_serious: bool | None
    """Whether the hub found the concern serious; None, here and below, where it has not said."""
    is_whereabouts_known: bool | None
    risk: RiskAnswer | None
    """Whether the hub found that anything points to a risk."""
    has_greater_risks: bool
    has_risk_answered_yes: bool
    """Whether who referred answered one of the 21 questions on risk with yes."""
    has_risk_not_sure: bool
    """Whether who referred answered one of them with not sure."""
    has_place_on_form: bool
    """False where who referred does not know, or is not sure, where the child is."""
    denies_plan: bool = False
    """Whether the hub found no plan although the form names a protection plan or concern."""


class Area(StrEnum):
    """Where a home lies, and where a decision sends a child."""

    OURS = "ours"
    ELSEWHERE = "elsewhere"


DESTINATIONS: dict[Decision, Area] = {
    decision: Area.ELSEWHERE if decision is Decision.OTHER_AUTHORITY else Area.OURS
    for decision in Decision
    if decision is not Decision.SOCIAL_CARE
}
"""Where the child of a decision lives; social care helps at once where the child is."""


OPEN_CASE = "open_case"
"""The code of a decision that leaves an open case of the child as it is."""

CONTRADICTIONS = {
    "red": "the grade is red",
    "urgent": "the referral is urgent",
    "serious": "the concern is serious",
    "whereabouts": "nobody knows where the child is",
    "risk": "something points to a risk",
    "greater_risks": "a greater risk is likely",
    "answer": "the referral answers a question about risk with yes",
    "whereabouts_on_form": "the referral does not know, or is not sure, where the child is",
    "not_sure": "the referral answers a question about risk with not sure",
    "amber": "the grade is amber",
    "no_risk_red": "you find no risk although the grade is red",
    "no_risk_urgent": "you find no risk although the referral is urgent",
    "not_serious_red": "you find the concern not serious although the grade is red",
    "not_serious_urgent": "you find the concern not serious although the referral is urgent",
    "no_plan": "you find no plan although the referral names a protection plan or concern",
    "home_ours": "the home lies in our own authority (policy page 9 passes on who lives elsewhere)",
    "home_elsewhere": "the home lies in another authority (policy page 9 passes a child on to it)",
    "record_ours": "the home on record, as the referral gives none, lies in our own authority "
    "(policy page 9 passes on who lives elsewhere)",
    "record_elsewhere": "the home on record, as the referral gives none, lies in another authority "
    "(policy page 9 passes a child on to it)",
    OPEN_CASE: "a case is open for this child",
}
"""What a decision may contradict, in words that follow *but*: the gravest first."""


def contradictions(gravity: Gravity, *, decision: Decision) -> tuple[str, ...]:
    """Return the codes of what a decision contradicts, the gravest first; none where it fits.

    What is sent to another service contradicts only that it is grave now; a single answer about
    risk, such as that of poor attendance, is often why it goes there. Where the hub knows more than
    the form, what the form was unsure of is answered in the reason. An amber grade says that it
    must be looked into, as early help does. Who looks for the child is asked only how
    there can be no risk, or no serious concern, where the grade is red, or the referral urgent: the
    others are asked of these anyway. Whoever has the child, a plan that the form names is denied
    for a reason: its social worker is told at once (policy p.16).
    """
    grave = (
        ("red", gravity.grade is Grade.RED),
        ("urgent", gravity.is_urgent),
        ("serious", gravity.is_serious is True),
        ("whereabouts", gravity.is_whereabouts_known is False),
    )
    further = (
        ("risk", gravity.risk is RiskAnswer.YES),
        ("greater_risks", gravity.has_greater_risks),
        ("answer", gravity.has_risk_answered_yes),
        (
            "whereabouts_on_form",
            gravity.is_whereabouts_known is True and not gravity.has_place_on_form,
        ),
        ("not_sure", gravity.risk is RiskAnswer.NO and gravity.has_risk_not_sure),
    )
    against: dict[Response, tuple[tuple[str, bool], ...]] = {
        Response.FULL: _denials(gravity),
        Response.SERVICE: grave,
        Response.EARLY_HELP: (*grave, *further),
        Response.ADVICE: (*grave, *further, ("amber", gravity.grade is Grade.AMBER)),
    }
    asked = (*against[RESPONSES[decision]], ("no_plan", gravity.denies_plan))
    return tuple(code for code, is_so in asked if is_so)


def _denials(gravity: Gravity) -> tuple[tuple[str, bool], ...]:
    """Return what is denied although the grade is red, or else the referral urgent."""
    is_red = gravity.grade is Grade.RED
    is_only_urgent = gravity.is_urgent and not is_red
    no_risk, not_serious = gravity.risk is RiskAnswer.NO, gravity.is_serious is False
    return (
        ("no_risk_red", no_risk and is_red),
        ("no_risk_urgent", no_risk and is_only_urgent),
        ("not_serious_red", not_serious and is_red),
        ("not_serious_urgent", not_serious and is_only_urgent),
    )


def contradiction_of_home(
    home: Area | None, *, decision: Decision, is_on_record: bool = False
) -> tuple[str, ...]:
    """Return the code of what a decision contradicts of where the home lies, if anything (P16).

    `home` is None where nobody knows it; it is the record's where the referral gives none.
    """
    destination = DESTINATIONS.get(decision)
    if home is None or destination is None or home is destination:
        return ()
    return (f"{'record' if is_on_record else 'home'}_{home.value}",)


def contradiction_of_case(
    decision: Decision, *, has_open_case: bool, joins_it: bool
) -> tuple[str, ...]:
    """Return the code of a decision that leaves an open case of the child as it is, if it does.

    The lead officer’s hand-over joins it with the acceptance, by whoever works on it.
    """
    is_joined = joins_it or decision is Decision.LEAD_OFFICER
    return (OPEN_CASE,) if has_open_case and not is_joined else ()


def open_cases_in_words(cases: Collection[tuple[str, str]]) -> str:
    """Return which cases are open, each by its reference and the name of who works on it."""
    return " and ".join(
        f"case {ref} is open for this child, "
        + (f"worked on by {worker}" if worker else "and nobody works on it yet")
        for ref, worker in cases
    )


def question(title: str, codes: Collection[str], *, known: Mapping[str, str] | None = None) -> str:
    """Return in one sentence what a decision contradicts, and that it needs a reason.

    `known` are fuller words of a contradiction, by its code.
    """
    said = CONTRADICTIONS | dict(known or {})
    *first, last = (said[code] for code in CONTRADICTIONS if code in codes)
    against = f"{', '.join(first)} and {last}" if first else last
    why = "that is right all the same"
    if OPEN_CASE in codes:
        why = f"it is not joined, and why {why}" if first else "it is not joined"
    return f"You decide “{title}”, but {against}: say why {why}"
