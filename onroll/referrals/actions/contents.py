"""What is told with a referral: enquiries, risk, groups and files, kept as they came."""

from datetime import datetime

from onroll.accounts.models import User
from onroll.documents import actions as documents
from onroll.documents.models import Kind
from onroll.referrals.actions.start_record import keep_start_record
from onroll.referrals.facts import ReferralFacts, RiskWords
from onroll.referrals.models import (
    Referral,
    ReferralEnquiry,
    ReferralFile,
    ReferralGroup,
    ReferralRisk,
    ReferralTalk,
)


def keep(referral: Referral, facts: ReferralFacts, *, by: User | None, at: datetime) -> None:
    """Keep all that came with a referral that is new."""
    _keep_enquiries(referral, facts)
    for group in facts.groups:
        ReferralGroup.objects.create(
            referral=referral, group=group.group, said_by=group.said_by, said_on=group.said_on
        )
    if facts.start is not None and by is not None:
        keep_start_record(facts.start, referral=referral, by=by, at=at)
    if facts.risk is not None:
        _keep_risk(referral, facts.risk)
    for file in facts.files:
        document = documents.attach(
            kind=Kind.EVIDENCE,
            content=file.read(),
            name=file.name,
            by=by,
            at=at,
            media_type=file.media_type,
        )
        ReferralFile.objects.create(referral=referral, document=document, words=file.words)


def _keep_enquiries(referral: Referral, facts: ReferralFacts) -> None:
    for number, enquiry in enumerate(facts.enquiries, start=1):
        ReferralEnquiry.objects.create(
            referral=referral,
            number=number,
            step=enquiry.step,
            step_words=enquiry.step_words,
            made_on=enquiry.on,
            made_at=enquiry.at,
            made_by=enquiry.by,
            asked_name=enquiry.name,
            asked_contact=enquiry.contact,
            method=enquiry.method,
            outcome=enquiry.outcome,
            evidence=enquiry.evidence,
        )


def _keep_risk(referral: Referral, risk: RiskWords) -> None:
    for question, (answer, words) in risk.answers.items():
        ReferralRisk.objects.create(
            referral=referral, question=question, answer=answer, words=words
        )
    ReferralTalk.objects.create(
        referral=referral,
        lead=risk.lead,
        lead_contact=risk.lead_contact,
        manager=risk.manager,
        talked_on=risk.on,
        advice=risk.advice,
        exploitation_with=risk.exploitation_with,
        exploitation_on=risk.exploitation_on,
    )
