"""Whether a referral is ready: what is missing, why it matters, and when it may go without (P12).

Source: practice 4.3 (Ealing, Bradford, Gloucestershire, Birmingham: a home visit, sibling schools
and the new authority first, not while the child lives at the address); policy p.8-9, 16. None of
them stops a referral: who sends it says why it cannot wait, and an urgent one goes at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from onroll.rules import age
from onroll.rules.policy import LocalPolicy


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and why it matters."""

    code: str
    missing: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ReferralState:
    """What is known of a referral before it is sent. `steps` are codes of `rules.enquiries`."""

    is_school: bool = False
    is_urgent: bool = False
    steps: Collection[str] = ()
    born_on: date | None = None
    has_siblings_at_school: bool = False
    has_asked_siblings_schools: bool = False
    may_have_moved: bool = False
    knows_whereabouts: bool = False
    has_plan: bool = False
    has_asked_about_plan: bool = False
    has_social_worker: bool = False
    has_told_social_worker: bool = False
    owes_talk: bool = False
    owes_exploitation_talk: bool = False
    owes_risk: bool = False
    owes_pages: Collection[str] = ()
    """The titles of the pages of the form that were left for later."""
    school_days_absent: int | None = None


def gaps(state: ReferralState, *, policy: LocalPolicy, on: date) -> list[Gap]:
    """Return what is missing before a referral is sent on a day, the gravest first."""
    return [*_safety(state), *_form(state), *_enquiries(state, policy), *_elsewhere(state, on)]


def _safety(state: ReferralState) -> Iterator[Gap]:
    if state.owes_risk:
        yield Gap("risk", "Part of the risk assessment", "The hub decides by it how fast to act.")
    if state.owes_talk:
        yield Gap(
            "talk",
            "The talk with the safeguarding lead and your manager",
            "The policy asks for it wherever you answer yes or are not sure.",
        )
    if state.owes_exploitation_talk:
        yield Gap(
            "exploitation",
            "The talk with the hub or the social worker about exploitation",
            "That risk has an assessment of its own.",
        )
    if state.has_social_worker and not state.has_told_social_worker:
        yield Gap(
            "social_worker",
            "That you spoke to the social worker",
            "They may know where the child is, and must know that nobody else does.",
        )


def _form(state: ReferralState) -> Iterator[Gap]:
    if state.owes_pages:
        pages = ", ".join(f"“{title}”" for title in state.owes_pages)
        yield Gap("pages", f"The pages {pages}", "The hub acts by them, and would have to ask you.")


def _enquiries(state: ReferralState, policy: LocalPolicy) -> Iterator[Gap]:
    steps = set(state.steps)
    if not steps:
        yield Gap(
            "enquiries", "Any enquiry", "With the form go the enquiries made, and their outcomes."
        )
    elif state.is_school and "home_visit" not in steps:
        yield Gap("home_visit", "A visit to the home", "Most children are found by a visit.")
    if state.has_siblings_at_school and not (
        state.has_asked_siblings_schools or "sibling_schools" in steps
    ):
        yield Gap(
            "sibling_schools",
            "The schools of brothers and sisters",
            "They often know where the family is.",
        )
    if state.may_have_moved and "next_authority" not in steps:
        yield Gap(
            "next_authority",
            "The council where the family may have gone",
            "If the child is on a roll there, nothing more is needed.",
        )
    days, least = state.school_days_absent, policy.no_contact_school_days
    if state.is_school and days is not None and days < least and not state.is_urgent:
        yield Gap(
            "too_early",
            f"{least} school days without contact: there are {days}",
            "Until then the school looks for the child itself, unless it is worried sooner.",
        )
    if state.has_plan and not state.has_asked_about_plan and state.is_school:
        yield Gap(
            "plan",
            "The answer of the council’s team for special educational needs",
            "The name of a child with a plan stays on the roll until the council has been asked.",
        )


def _elsewhere(state: ReferralState, on: date) -> Iterator[Gap]:
    if state.knows_whereabouts and state.is_school:
        yield Gap(
            "located",
            "Nothing, perhaps: you know where the child is",
            "Then the attendance process is the way, unless the child is on no roll.",
        )
    if state.born_on and age.ends_on(state.born_on) < on:
        yield Gap(
            "over_age",
            "Nothing, perhaps: the child is past school age",
            "Then the service for young people over 16 is the way.",
        )
