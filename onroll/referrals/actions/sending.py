"""A referral comes in (P10)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.queries import Typed, certain_case
from onroll.referrals.actions import telling
from onroll.referrals.actions.home_education import pass_to_home_education
from onroll.referrals.actions.informing import inform
from onroll.referrals.actions.routing import route
from onroll.referrals.actions.steps import DECIDE, record, run
from onroll.referrals.codes import Stage
from onroll.referrals.facts import ReferralFacts
from onroll.referrals.models import Happening, Referral, ReferralRisk, ReferredChild
from onroll.rules.triage import PROTECTION_NAMED, is_graver, names_protection


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

    `at` is when it came: for one that an officer types in, the moment of the call or letter. What
    comes from a public page comes through `receive`, which may keep it in quarantine.
    """
    typist = facts.typist
    kept_at, urgent_why = typist.at if typist else at, _urgent_why(facts)
    referral, is_new = Referral.objects.get_or_create(
        ref=ref,
        defaults={
            "sent_at": at,
            "made_by": by,
            "depth": facts.depth,
            "school_id": facts.school,
            "relation": facts.relation,
            "referrer_name": facts.referrer_name,
            "referrer_contact": facts.referrer_contact,
            "worry": facts.worry,
            "answers": dict(facts.answers),
            "missing": list(facts.missing),
            "missing_why": facts.missing_why,
            "is_urgent": bool(urgent_why),
            "urgent_why": urgent_why,
            "stage": stage.value,
            "channel": typist.channel if typist else "",
            "taken_by": typist.taken_by if typist else "",
            "typed_at": typist.at if typist else None,
        },
    )
    if not is_new:
        return referral
    _keep_children(referral, facts)
    telling.keep(referral, facts, by=by, at=kept_at)
    run(referral, DECIDE, is_urgent=referral.is_urgent, at=at)
    record(referral, f"Came in, from: {referral.referrer}", why="", at=at, by=None)
    if typist:
        record(referral, "Typed in", why="", at=kept_at, by=by)
    inform(referral, Happening.RECEIVED, at=kept_at)
    if facts.concerns:
        pass_to_home_education(referral, facts.concerns, at=kept_at)
    if stage is not Stage.CONTACT:
        return referral
    return route(referral, graver=_graver(referral, _risks(facts)), at=kept_at)


def _urgent_why(facts: ReferralFacts) -> str:
    """Return why a referral is urgent: what its sender says, or that it names protection."""
    groups = {group.group for group in facts.groups}
    is_named = names_protection(answers=_risks(facts), groups=groups)
    return facts.urgent_why or (PROTECTION_NAMED if is_named else "")


def _risks(facts: ReferralFacts) -> dict[str, str]:
    """Return the answers on risk by question; none where nobody assessed it."""
    answers = facts.risk.answers if facts.risk else {}
    return {question: answer for question, (answer, _) in answers.items() if answer}


def _graver(referral: Referral, risks: Mapping[str, str]) -> dict[int, bool]:
    """Say by number of each child with an open case whether an answer on risk is graver than those
    of the referrals that the case came of."""
    graver = {}
    for entry in referral.children.filter(known_case__isnull=False):
        rows = ReferralRisk.objects.filter(referral__children__case=entry.known_case)
        before = dict(rows.order_by("referral__sent_at").values_list("question", "answer"))
        graver[entry.number] = is_graver(new=risks, before=before)
    return graver


def _keep_children(referral: Referral, facts: ReferralFacts) -> None:
    for number, child in enumerate(facts.children, start=1):
        ReferredChild.objects.create(
            referral=referral,
            number=number,
            forename=child.forename,
            surname=child.surname,
            born_on=child.born_on,
            age=child.age,
            home=child.home,
            postcode=child.postcode,
            upn=child.upn,
            record_id=child.record,
            school_words=child.school_words,
            last_seen=child.last_seen,
            known_case=certain_case(Typed(child.forename, child.surname, child.born_on)),
        )
