"""A school's report goes to the officer for home education, who takes it by name (P68)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.referrals.actions.sent_on import enter_receipt
from onroll.referrals.actions.stage_notifications import inform_of_stage
from onroll.referrals.actions.steps import ACCEPT, day_of, keep, lock, record, settle
from onroll.referrals.codes import AT_THE_HUB, BY_SETTING, DECISION_TITLES, Decision
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral
from onroll.rules.refusal import Refused
from onroll.rules.school_reports import Concern, Desk, desks
from onroll.schools.queries import our_policy


@transaction.atomic
def pass_to_home_education(
    referral: Referral, concerns: Collection[Concern], *, at: datetime
) -> HomeEducationReport | None:
    """Put a school's referral before the officer for home education, where the setting says so."""
    setting = our_policy().on(at.date()).school_reports_to
    receivers = desks(concerns, setting=setting)
    if Desk.HOME_EDUCATION not in receivers:
        return None
    report = HomeEducationReport.objects.create(
        referral=referral,
        concerns=sorted(concern.value for concern in concerns),
        is_for_hub=Desk.HUB in receivers,
        at=at,
    )
    record(referral, "Put before the officer for home education", why="", at=at, by=None)
    return report


@transaction.atomic
def receive_report(*, report: HomeEducationReport, by: User, at: datetime) -> HomeEducationReport:
    """Write down who of home education has a report; nobody takes it a second time.

    What the setting sends to home education alone leaves the hub's list with that.
    """
    referral = lock(report.referral, None)
    report = HomeEducationReport.objects.select_for_update().get(pk=report.pk)
    if report.received_by is not None:
        raise Refused(f"{report.received_by.name} has received this already.")
    report.received_by, report.received_at = by, at
    report.save(update_fields=["received_by", "received_at"])
    record(referral, f"Received by {by.name} for home education", why="", at=at, by=by)
    _enter_receipts(referral, by=by, at=at)
    if not report.is_for_hub and not referral.is_urgent and referral.stage in AT_THE_HUB:
        _leave_the_hub(referral, by=by, at=at)
    return report


def _enter_receipts(referral: Referral, *, by: User, at: datetime) -> None:
    """Enter the receipt of each child whom the hub sent to home education, and nobody has yet."""
    sent = HubDecision.objects.sent_on().filter(
        entry__referral=referral,
        decision=Decision.HOME_EDUCATION.value,
        receipt_on__isnull=True,
    )
    for decision in sent:
        enter_receipt(decision=decision, name=by.name, on=day_of(at), by=by, at=at)
    referral.refresh_from_db()


def _leave_the_hub(referral: Referral, *, by: User, at: datetime) -> None:
    """Decide of each child that waits that home education has it, by the name of who received."""
    was, decided = referral.stage, HubDecision.objects.standing().values("entry")
    entries = list(referral.children.exclude(pk__in=decided))
    for entry in entries:
        HubDecision.objects.create(
            entry=entry,
            decision=Decision.HOME_EDUCATION.value,
            why=BY_SETTING,
            by=by,
            at=at,
            receipt_name=by.name,
            receipt_on=day_of(at),
            receipt_by=by,
        )
    title = DECISION_TITLES[Decision.HOME_EDUCATION]
    record(referral, f"Decided: {title}", why=BY_SETTING, at=at, by=by, about=entries)
    clocks.meet(clocks=referral.deadlines.filter(clock__in=ACCEPT), on=day_of(at))
    settle(referral, at=at)
    keep(referral)
    inform_of_stage(referral, was=was, at=at)
