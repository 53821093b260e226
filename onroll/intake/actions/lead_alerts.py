"""Alerts on the cases of lost children, raised when a record is or may be of the child (P05, P31).

A record that is, or may be, of a child who is lost is an alert on the case: on an open one, not
traced or not, and on one closed with an outcome that was only believed. Looking ends with the
duty, when the child's compulsory school age ends (EA96 s.8, s.436A), and for a closed case with the
years that closed cases are kept (UK GDPR art 5(1)(e)).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from onroll.cases import actions as casework
from onroll.cases.models import AlertKind, Case
from onroll.intake.effects import Effect
from onroll.intake.kinds import Purpose
from onroll.intake.models import Row, RowStage, Transfer
from onroll.rules import age
from onroll.schools.queries import our_policy

LeadCases = dict[int, Case]
"""Cases of lost children by the number of the child."""


def lead_cases(rows: Iterable[Row], *, on: date) -> LeadCases:
    """Return the cases of the lost children that these records are, or may be, about: one query.

    A child who has an open case is told of there.
    """
    children = {child for row in rows for child in _children(row)}
    kept_from = on - timedelta(days=365.25 * our_policy().on(on).closed_case_years)
    is_lost = Q(closed_on__isnull=True) | Q(is_outcome_proved=False, closed_on__gte=kept_from)
    cases = Case.objects.filter(is_lost, child__in=children).select_related("child")
    in_order = cases.order_by(F("closed_on").asc(nulls_last=True), "pk")
    return {case.child_id: case for case in in_order if _is_of_age(case, on)}


def _is_of_age(case: Case, on: date) -> bool:
    born = case.child.born_on
    return born is None or on <= age.ends_on(born)


def _children(row: Row) -> set[int]:
    """Return the child a record is about; while that is unsure, all it may be about."""
    if row.stage == RowStage.UNSURE.value:
        return {candidate["child"] for candidate in row.candidates}
    return {row.child_id} if row.child_id is not None else set()


def raise_leads(*, transfer: Transfer, rows: Sequence[Row], cases: LeadCases, at: datetime) -> None:
    """Alert on `cases`, which were found before the records were applied.

    While an alert about a record of the same school or list waits, another would say nothing new.
    An alert that a record may be of a child ends once it is settled that it is of another.
    """
    for row in rows:
        if row.stage != RowStage.UNSURE.value and transfer.source is not None:
            about = cases.get(row.child_id or 0)
            if about is not None and _is_told(row, about, transfer):
                about = None
            casework.end_leads(source=transfer.source, row=row.number, except_case=about, at=at)
        for child in sorted(_children(row) & cases.keys()):
            _tell_case(cases[child], row, transfer, at)


def _tell_case(case: Case, row: Row, transfer: Transfer, at: datetime) -> None:
    if transfer.source is None or _is_told(row, case, transfer):
        return
    waiting = case.alerts.filter(kind=AlertKind.LEAD.value, settled_at__isnull=True)
    about = Q(source=transfer.source, source_row=row.number)
    if waiting.filter(_same_sender(transfer)).exclude(about).exists():
        return
    casework.raise_alert(
        case=case,
        kind=AlertKind.LEAD,
        source=transfer.source,
        row=row.number,
        is_unsure=row.stage == RowStage.UNSURE.value,
        at=at,
    )


_OF_LEAVING = (Purpose.LEAVER, Purpose.TRANSFER)


def _is_told(row: Row, case: Case, transfer: Transfer) -> bool:
    """Say whether the case knows already: from applying the record, or because it only repeats.

    A leaver's file of the school the case is about says again what is known; it finds nobody.
    """
    if row.stage == RowStage.UNSURE.value:
        return False
    is_repeated = row.purpose in _OF_LEAVING and transfer.sender_id == case.school_id
    return is_repeated or (row.case_id is not None and row.effect != Effect.CASE_JOINED)


def _same_sender(transfer: Transfer) -> Q:
    """Return what alerts have that a file of the same sender raised: schools share names."""
    if transfer.sender:
        return Q(source__in=transfer.sender.transfers.values("source"))
    return Q(source__said_by=transfer.source.said_by if transfer.source else "")
