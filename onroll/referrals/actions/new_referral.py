"""A referral comes in (P10)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions import contents
from onroll.referrals.actions.home_education import pass_to_home_education
from onroll.referrals.actions.open_cases import known_case_of, route
from onroll.referrals.actions.step_notifications import inform
from onroll.referrals.actions.steps import DECIDE, record, run
from onroll.referrals.codes import Stage
from onroll.referrals.facts import ReferralFacts
from onroll.referrals.models import Happening, Referral, ReferredChild
from onroll.rules.urgency import urgent_because


@transaction.atomic
def refer(
    *,
    ref: str,
    facts: ReferralFacts,
    by: User | None,
    at: datetime,
    stage: Stage = Stage.CONTACT,
) -> Referral:
    """Keep a referral; the hub's clock runs from when it came. Sent twice with one `ref`, one.

    `at` is when it came: for one that an officer types in, the moment of the call or letter. Its
    case, the hub's clock and what is waited count from that, not from the typing. What comes from a
    public page comes through `receive`, which may keep it in quarantine.
    """
    kept_at = facts.typist.at if facts.typist else at
    row = {**_sender(facts, by), **_worry(facts), "sent_at": at, "stage": stage.value}
    referral, is_new = Referral.objects.get_or_create(ref=ref, defaults=row)
    if not is_new:
        return referral
    _keep_children(referral, facts)
    contents.keep(referral, facts, by=by, at=kept_at)
    run(referral, DECIDE, is_urgent=referral.is_urgent, at=at)
    record(referral, f"Came in, from: {referral.referrer}", why="", at=at, by=None)
    if facts.typist:
        record(referral, "Typed in", why="", at=kept_at, by=by)
    inform(referral, Happening.RECEIVED, at=kept_at)
    if facts.concerns:
        pass_to_home_education(referral, facts.concerns, at=kept_at)
    return route(referral, at=kept_at) if stage is Stage.CONTACT else referral


def _sender(facts: ReferralFacts, by: User | None) -> dict[str, Any]:
    """Return who refers, and who typed it in for them, as a referral keeps it."""
    typist = facts.typist
    return {
        "made_by": by,
        "call_id": facts.call,
        "depth": facts.depth,
        "school_id": facts.school,
        "relation": facts.relation,
        "referrer_name": facts.referrer_name,
        "referrer_contact": facts.referrer_contact,
        "has_time": typist.has_time if typist else True,
        "channel": typist.channel if typist else "",
        "taken_by": typist.taken_by if typist else "",
        "typed_at": typist.at if typist else None,
    }


def _worry(facts: ReferralFacts) -> dict[str, Any]:
    """Return what worries who refers, and what they left out, as a referral keeps it."""
    urgent_why = _why_urgent(facts)
    return {
        "worry": facts.worry,
        "language": facts.language,
        "answers": dict(facts.answers),
        "missing": list(facts.missing),
        "missing_why": facts.missing_why,
        "is_urgent": bool(urgent_why),
        "urgent_why": urgent_why,
    }


def _why_urgent(facts: ReferralFacts) -> str:
    """Return why a referral is urgent: its sender says so, or it is so by itself (P07)."""
    of_risk = facts.risk.answers if facts.risk else {}
    answers = {code: answer for code, answer in facts.answers.items() if isinstance(answer, str)}
    answers |= {code: answer for code, (answer, _) in of_risk.items()}
    groups = [group.group for group in facts.groups]
    return facts.urgent_why or urgent_because(answers=answers, groups=groups)


def _keep_children(referral: Referral, facts: ReferralFacts) -> None:
    for number, child in enumerate(facts.children, start=1):
        ReferredChild.objects.create(
            referral=referral,
            number=number,
            forename=child.forename,
            surname=child.surname,
            born_on=child.born_on,
            age=child.age,
            age_words=child.age_words,
            home=child.home,
            postcode=child.postcode,
            upn=child.upn,
            record_id=child.record,
            school_words=child.school_words,
            last_seen=child.last_seen,
            known_case=known_case_of(child),
        )
