"""A referral comes in (P10)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.queries import Typed, certain_case
from onroll.referrals.actions.home_education import pass_to_home_education
from onroll.referrals.actions.informing import inform
from onroll.referrals.actions.routing import route
from onroll.referrals.actions.steps import DECIDE, record, run
from onroll.referrals.codes import Stage
from onroll.referrals.facts import ReferralFacts
from onroll.referrals.models import Happening, Referral, ReferredChild


@transaction.atomic
def refer(
    *,
    ref: str,
    facts: ReferralFacts,
    by: User | None,
    at: datetime,
    stage: Stage = Stage.CONTACT,
) -> Referral:
    """Keep a referral; its clock runs from this day. Sent twice with one `ref`, it is one.

    What comes from a public page comes through `receive`, which may keep it in quarantine.
    """
    referral, is_new = Referral.objects.get_or_create(
        ref=ref,
        defaults={
            "sent_at": at,
            "made_by": by,
            "relation": facts.relation,
            "referrer_name": facts.referrer_name,
            "referrer_contact": facts.referrer_contact,
            "worry": facts.worry,
            "is_urgent": bool(facts.urgent_why),
            "urgent_why": facts.urgent_why,
            "stage": stage.value,
        },
    )
    if not is_new:
        return referral
    for number, child in enumerate(facts.children, start=1):
        ReferredChild.objects.create(
            referral=referral,
            number=number,
            forename=child.forename,
            surname=child.surname,
            born_on=child.born_on,
            age=child.age,
            home=child.home,
            school_words=child.school_words,
            last_seen=child.last_seen,
            known_case=certain_case(Typed(child.forename, child.surname, child.born_on)),
        )
    run(referral, DECIDE, is_urgent=referral.is_urgent, at=at)
    record(referral, f"Came in, from: {referral.referrer}", why="", at=at, by=None)
    inform(referral, Happening.RECEIVED, at=at)
    if facts.concerns:
        pass_to_home_education(referral, facts.concerns, at=at)
    return route(referral, graver={}, at=at) if stage is Stage.CONTACT else referral
