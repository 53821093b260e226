"""What stands in the way of a decision of the hub: all of it at once, by question (P15)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.referrals.actions.steps import day_of
from onroll.referrals.codes import DECISION_TITLES, SENT_ON, Decision
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.referrals.queries.contradictions import contradictions_of, open_cases_of
from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import OPEN_CASE, question
from onroll.rules.refusal import Refused
from onroll.rules.triage import FOSTERING, Checks, lacking, lacking_of_fostering, untimely
from onroll.schools.models import Authority
from onroll.schools.queries import our_policy

DECIDED = "The hub has decided about this referral. What you wrote is not saved."
OF_ANOTHER = "This case is of another child than the one you say it is"
KEPT_HERE = (Decision.ADVICE, Decision.NO_ACTION)
"""Decisions that pass a child on to nobody: whoever works on an open case that it joins is rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is decided about a child, why, and what that decision alone needs."""

    decision: Decision
    why: str
    case: Case | None = None
    """The open case that a child joins."""
    authority: Authority | None = None
    """The authority where a child lives."""
    passed_how: str = ""
    """To whom the papers of a child who is sent on were passed, and how."""
    grade: Grade | None = None
    """How grave the referral looks; needed where nobody has graded it."""
    contradicts_why: str = ""
    """Why it is right although something grave is known (`rules.hub_decisions`)."""
    meant: Mapping[int, Child | None] = field(default_factory=dict)
    """By the number of a referred child who it is on record; None for none of those likely."""


def hindrances(
    *,
    referral: Referral,
    way: Way | None,
    checks: Checks,
    by: User,
    at: datetime,
    only: Collection[int] = (),
) -> dict[str, str]:
    """Return by question what a decision lacks, also of a form that is not whole yet.

    `way` is None where nobody has chosen what is decided, or about which children.
    """
    sentences = lacking_in_decision(referral, way, checks, at=at)
    if way is None:
        return sentences
    entries = undecided(referral, only)
    against = contradictions_by_child(referral, entries, way, checks, by=by, at=at)
    return sentences | unexplained(entries, way, against)


def undecided(referral: Referral, only: Collection[int]) -> list[ReferredChild]:
    """Return the children of a referral who are decided about; refused where one is already."""
    decided = HubDecision.objects.standing().values("entry")
    waiting = referral.children.exclude(pk__in=decided)
    waiting = waiting.select_related("referral", "known_case__owner", "known_case__child")
    entries = [entry for entry in waiting if not only or entry.number in only]
    if len(entries) < len(only) or not entries:
        raise Refused(DECIDED)
    return entries


def lacking_in_decision(
    referral: Referral, way: Way | None, checks: Checks, *, at: datetime
) -> dict[str, str]:
    """Return what is missing, or cannot be, as sentences by question."""
    sentences = lacking(
        checks,
        is_passed_on=way is not None and way.decision not in KEPT_HERE,
        is_phone_first=our_policy().on(day_of(at)).is_phone_first_for_serious_concern,
    )
    if asks_about_fostering(referral):
        sentences |= lacking_of_fostering(checks, today=day_of(at))
    sentences |= untimely(checks, came_on=day_of(referral.sent_at), at=at)
    if way is None:
        return sentences
    if not referral.grade and way.grade is None:
        sentences["grade"] = "Select how grave it looks"
    if way.decision is Decision.OTHER_AUTHORITY and way.authority is None:
        sentences["authority"] = "Select the authority where the child lives"
    if way.decision in SENT_ON and not way.passed_how:
        sentences["passed_how"] = "Say to whom the papers were passed, and how"
    if way.case is not None and any(_is_another(way.case, child) for child in way.meant.values()):
        sentences["case"] = OF_ANOTHER
    return sentences


def _is_another(case: Case, child: Child | None) -> bool:
    """Say whether a case is of another child than the one whom the hub means."""
    return child is None or case.child_id not in (child.pk, child.merged_into_id)


def asks_about_fostering(referral: Referral) -> str:
    """Return why the hub is asked whether social care was told; "" where the form says no, or
    nothing."""
    return FOSTERING.get(str(referral.answers.get("private_fostering")), "")


def contradictions_by_child(
    referral: Referral,
    entries: Sequence[ReferredChild],
    way: Way,
    checks: Checks,
    *,
    by: User,
    at: datetime,
) -> dict[int, tuple[str, ...]]:
    """Return by the number of each child what a decision contradicts."""
    return contradictions_of(
        referral,
        entries,
        way.decision,
        checks,
        by=by,
        on=day_of(at),
        grade=way.grade,
        joins=way.case,
    )


def unexplained(
    entries: Sequence[ReferredChild], way: Way, against: Mapping[int, Collection[str]]
) -> dict[str, str]:
    """Return the question why a decision is right that contradicts something, if nobody says."""
    codes = {code for codes in against.values() for code in codes}
    if not codes or way.contradicts_why:
        return {}
    apart = [entry for entry in entries if OPEN_CASE in against[entry.number]]
    known = {OPEN_CASE: open_cases_of(apart)} if apart else {}
    return {"contradicts_why": question(DECISION_TITLES[way.decision], codes, known=known)}
