"""A child whom somebody took by mistake waits again where it waited, with its clock (P02, P15).

Nothing is lost: who had taken it, and why that was a mistake, stand in what happened.
"""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.clocks import actions as clocks
from onroll.enquiries import actions as enquiries
from onroll.referrals.actions.end_notifications import inform_of_mistake
from onroll.referrals.actions.steps import (
    ACCEPT,
    RECEIPT,
    day_of,
    keep,
    lock,
    record,
    settle,
    sources_of,
)
from onroll.referrals.codes import Decision
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral, ReferredChild
from onroll.referrals.queries.resting import rests_on
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused

NOBODY_HAS_IT = "Nobody has this child now, so there is nothing to take back."
NOBODY_HAS_REPORT = "Nobody has received this report now, so there is nothing to take back."
NOT_ACCEPTED = "Nobody has accepted this child, so there is nothing to take back."


@transaction.atomic
def take_receipt_back(
    *, decision: HubDecision, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Say that nobody has a child who was sent on; the receipt is due as it was before.

    Refused once something rests on the receipt. A school's report that was received with the child
    waits at home education again.
    """
    referral = lock(decision.entry.referral, version)
    decision = HubDecision.objects.select_related("entry__referral").get(pk=decision.pk)
    if decision.receipt_on is None or decision.turned_back_at is not None:
        raise Refused(NOBODY_HAS_IT)
    if decision.receipt_stays:
        raise Refused(decision.receipt_stays)
    since = in_words(decision.receipt_on)
    step = f"A mistake: “{decision.receipt_name[:60]} has it, since {since}”"
    _part_from_report(decision, referral)
    decision.receipt_name, decision.receipt_on, decision.receipt_by = "", None, None
    decision.save(update_fields=["receipt_name", "receipt_on", "receipt_by"])
    _run_again(decision, RECEIPT)
    record(referral, step, why=why, at=at, by=by, about=[decision.entry])
    settle(referral, at=at)
    keep(referral)
    inform_of_mistake(decision, referral, why=why, by=by, at=at)
    return referral


def _part_from_report(decision: HubDecision, referral: Referral) -> None:
    """Let a school's report wait again that was received with the child, by the same person."""
    if decision.decision != Decision.HOME_EDUCATION.value:
        return
    by_them = HomeEducationReport.objects.filter(
        referral=referral, received_by=decision.receipt_by, received_at__isnull=False
    )
    for report in by_them:
        if report.received_at and day_of(report.received_at) == decision.receipt_on:
            report.received_by, report.received_at = None, None
            report.save(update_fields=["received_by", "received_at"])


@transaction.atomic
def take_report_back(
    *, report: HomeEducationReport, why: str, by: User, at: datetime
) -> HomeEducationReport:
    """Say that a school's report was received by mistake; it waits at home education again.

    So do the children who were received with it. Refused once something rests on their receipt.
    """
    referral = lock(report.referral, None)
    reports = HomeEducationReport.objects.select_related("received_by")
    report = reports.prefetch_related("referral__children__decisions").get(pk=report.pk)
    if report.received_by is None:
        raise Refused(NOBODY_HAS_REPORT)
    if report.receipt_stays:
        raise Refused(report.receipt_stays)
    step = f"A mistake: “Received by {report.received_by.name[:60]} for home education”"
    record(referral, step, why=why, at=at, by=by)
    for decision in report.received_with_it:
        take_receipt_back(decision=decision, why=why, by=by, at=at)
    report.received_by, report.received_at = None, None
    report.save(update_fields=["received_by", "received_at"])
    return report


@transaction.atomic
def take_acceptance_back(
    *, entry: ReferredChild, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Say that a child was accepted by mistake: they wait to be accepted, as before.

    A case that was opened with it closes as opened by mistake; from one that the child joined they
    part. Refused once work rests on the acceptance (`queries.resting`).
    """
    referral = lock(entry.referral, version)
    entry = ReferredChild.objects.select_related("case", "referral").get(pk=entry.pk)
    standing = HubDecision.objects.standing().filter(entry=entry, accepted_at__isnull=False)
    decision = standing.select_related("accepted_by").first()
    if decision is None or decision.accepted_at is None or entry.case is None:
        raise Refused(NOT_ACCEPTED)
    if rests := rests_on(entry, decision):
        raise Refused(rests)
    case, since, name = entry.case, decision.accepted_at, _name(decision)
    entry.case = None
    entry.save(update_fields=["case"])
    decision.accepted_by, decision.accepted_at = None, None
    decision.save(update_fields=["accepted_by", "accepted_at"])
    _run_again(decision, *ACCEPT)
    step = f"A mistake: “Accepted as case {case.ref}” by {name}"
    record(referral, step, why=why, at=at, by=by, about=[entry])
    settle(referral, at=at)
    keep(referral)
    enquiries.withdraw_told(case=case, referral=referral.ref, why=why, by=by, at=at)
    source = sources_of(entry)[0]
    cases.take_report_back(
        case=case, source=source, since=since, ref=referral.ref, why=why, by=by, at=at
    )
    return referral


def _name(decision: HubDecision) -> str:
    return decision.accepted_by.name[:50] if decision.accepted_by else ""


def _run_again(decision: HubDecision, *codes: str) -> None:
    """Let the clocks of a decision run again, with their days as they were."""
    for deadline in decision.deadlines.filter(clock__in=codes):
        clocks.run_again(deadline=deadline)
