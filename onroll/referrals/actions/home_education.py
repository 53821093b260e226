"""A school's report goes to the officer for home education, who takes it by name (P68)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.referrals.actions.steps import record
from onroll.referrals.models import HomeEducationReport, Referral
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
    """Write down who of home education has a report; nobody takes it a second time."""
    report = HomeEducationReport.objects.select_for_update().get(pk=report.pk)
    if report.received_by is not None:
        raise Refused(f"{report.received_by.name} has received this already.")
    report.received_by, report.received_at = by, at
    report.save(update_fields=["received_by", "received_at"])
    record(report.referral, f"Received by {by.name} for home education", why="", at=at, by=by)
    return report
