"""What a decision of the hub contradicts, child by child: grade, form, checks, home (P15, P16)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import prefetch_related_objects

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.postcodes.queries import residences_of
from onroll.referrals.codes import Decision
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.queries.homes import add_homes
from onroll.referrals.queries.matches import certain_children
from onroll.rules.grades import Grade
from onroll.rules.hub_decisions import (
    Area,
    Gravity,
    contradiction_of_case,
    contradiction_of_home,
    contradictions,
    open_cases_in_words,
)
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.rules.urgency import names_protection
from onroll.schools.queries import our_policy

_NOT_KNOWN = ("no", "not_sure")
"""Answers of the form to whether it is known where the child is."""


def contradictions_of(
    referral: Referral,
    children: Sequence[ReferredChild],
    decision: Decision,
    checks: Checks,
    *,
    by: User,
    on: date,
    grade: Grade | None = None,
    joins: Case | None = None,
) -> dict[int, tuple[str, ...]]:
    """Return by the number of each child what a decision contradicts, as codes of `rules`.

    `grade` is how grave it looks to who decides, where nobody has graded it before; `joins` is the
    open case that a child joins. The answers of the form are about the first child
    alone. The home on record, where the referral gives none, is the one that the person who decides
    sees beside the child.
    """
    add_homes(by, zip(children, certain_children(by, children, on=on), strict=True))
    grade = Grade(referral.grade) if referral.grade else grade
    on_risk = dict(referral.risks.order_by().values_list("question", "answer"))
    names_plan = not checks.has_social_worker and _names_protection(referral, on_risk)
    homes = _homes_of(children)
    return {
        child.number: (
            *contradictions(
                _gravity(
                    referral,
                    checks,
                    grade,
                    on_risk=set(on_risk.values()),
                    is_first=child.is_first,
                    denies_plan=names_plan and child.is_first,
                ),
                decision=decision,
            ),
            *contradiction_of_home(
                homes.get(child.number),
                decision=decision,
                is_on_record=bool(child.home_on_record),
            ),
            *contradiction_of_case(
                decision,
                has_open_case=has_open_case(referral, child),
                joins_it=joins is not None and joins == child.known_case,
            ),
        )
        for child in children
    }


def has_open_case(referral: Referral, child: ReferredChild) -> bool:
    """Say whether a referral is about a child of an open case; not one as which that was sent."""
    case = child.known_case
    return case is not None and case.is_open and case.pk != referral.from_case_id


def open_cases_of(children: Sequence[ReferredChild]) -> str:
    """Return in words which cases are open of children, and who works on each."""
    cases = {child.known_case.ref: child.known_case for child in children if child.known_case}
    owners = ((ref, case.owner.name if case.owner else "") for ref, case in cases.items())
    return open_cases_in_words([*owners])


def _gravity(
    referral: Referral,
    checks: Checks,
    grade: Grade | None,
    *,
    on_risk: Collection[str],
    is_first: bool,
    denies_plan: bool,
) -> Gravity:
    where = referral.answers.get("whereabouts")
    return Gravity(
        grade=grade,
        is_urgent=referral.is_urgent,
        is_serious=checks.is_serious,
        is_whereabouts_known=checks.is_whereabouts_known,
        risk=checks.risk,
        has_greater_risks=bool(checks.greater_risks),
        has_risk_answered_yes=is_first and RiskAnswer.YES.value in on_risk,
        has_risk_not_sure=is_first and RiskAnswer.NOT_SURE.value in on_risk,
        has_place_on_form=not (is_first and where in _NOT_KNOWN),
        denies_plan=denies_plan,
    )


def names_protection_plan(referral: Referral) -> bool:
    """Say whether a referral names a child protection plan or concern, of its first child."""
    if not referral.is_urgent:  # what names one is urgent by that itself
        return False
    risks = referral.risks.order_by() if referral.has_risks else referral.risks.none()
    if referral.has_groups:
        prefetch_related_objects([referral], "groups")  # the page reads them as well
    return _names_protection(referral, dict(risks.values_list("question", "answer")))


def _names_protection(referral: Referral, on_risk: Mapping[str, str]) -> bool:
    told = {code: said for code, said in referral.answers.items() if isinstance(said, str)}
    groups = [row.group for row in referral.groups.all()] if referral.has_groups else []
    return names_protection(answers=told | dict(on_risk), groups=groups)


def _homes_of(children: Sequence[ReferredChild]) -> dict[int, Area]:
    """Return by number where the home of each child lies, as far as its postcode is known."""
    ours = our_policy().ons_code
    told = residences_of(child.where for child in children if not child.home_on_record)
    lies = {
        child.number: child.residence if child.home_on_record else told.get(child.where)
        for child in children
    }
    return {
        number: Area.OURS if residence.authority_code == ours else Area.ELSEWHERE
        for number, residence in lies.items()
        if residence
    }
