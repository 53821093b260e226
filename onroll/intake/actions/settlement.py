"""A person's answer to whose a record is, and another try for records that were held."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.children.models import Child
from onroll.intake import slots
from onroll.intake.actions import lead_alerts
from onroll.intake.actions.batches import apply_records, keep_rows, take_turn
from onroll.intake.actions.receiving import start_processing
from onroll.intake.models import Decision, Row, RowStage, Transfer, TransferStage
from onroll.intake.queries import candidates_of
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import find_school


@transaction.atomic
def settle_row(
    *,
    row: Row,
    child: Child | None,
    why: str,
    by: User,
    at: datetime,
    shown: Collection[int] | None = None,
) -> Row:
    """Take a person's answer to an unsure record: it is this `child`, or none of those shown.

    The answer and its reason are kept and hold for the same identity, in this file and in later
    ones. The record is then applied like any other. `shown` holds the numbers of the children that
    were on the page: refused when another has come to be known since.
    """
    take_turn()
    row = locked_rows().get(pk=row.pk)
    if row.stage != RowStage.UNSURE.value:
        raise Refused("Someone has already settled this record. Nothing was changed.")
    possible = [candidate.child.pk for candidate in candidates_of(row)]
    if shown is not None and not set(possible) <= set(shown):
        raise Refused(
            "Another child who may be the one was added after you opened this page. Look again."
        )
    if child is not None and child.pk not in possible:
        raise Refused("That child is not one of those shown for this record.")
    decision = Decision.objects.create(
        row=row,
        fingerprint=row.fingerprint,
        verdict="same" if child else "different",
        child=child,
        against=[key for key in possible if child is None or key != child.pk],
        why=why,
        at=at,
        by=by,
    )
    _apply(row, child, decision, at)
    for alike in _waiting_alike(row):
        _apply(alike, row.child, decision, at)
    return row


def locked_rows() -> QuerySet[Row]:
    """Return records, each locked once it is read, with the file, its school and the child."""
    return Row.objects.select_for_update(of=("self",)).select_related(
        "transfer__sender", "transfer__source", "child"
    )


def _waiting_alike(row: Row) -> list[Row]:
    """Return the records of the same identity that wait too: they are not asked about again."""
    waiting = locked_rows().filter(fingerprint=row.fingerprint, stage=RowStage.UNSURE.value)
    return list(waiting.exclude(pk=row.pk).order_by("transfer__received_at", "pk"))


def _apply(row: Row, child: Child | None, decision: Decision, at: datetime) -> None:
    row.child, row.decision, row.stage = child, decision, RowStage.READ.value
    cases = lead_alerts.lead_cases([row], on=at.date())
    apply_records(transfer=row.transfer, rows=[row], at=at)
    lead_alerts.raise_leads(transfer=row.transfer, rows=[row], cases=cases, at=at)
    keep_rows([row])
    for step in slots.AFTER_SETTLING:
        step(row=row, at=at)


@transaction.atomic
def set_aside(*, row: Row, why: str, by: User, at: datetime) -> Decision:
    """Keep that a person looked at an unsure record and is not sure yet; it goes on waiting."""
    row = Row.objects.select_for_update().get(pk=row.pk)
    if row.stage != RowStage.UNSURE.value:
        raise Refused("Someone has already settled this record. Nothing was changed.")
    return Decision.objects.create(
        row=row, fingerprint=row.fingerprint, verdict="not_sure", why=why, at=at, by=by
    )


@transaction.atomic
def try_again(*, transfer: Transfer) -> int:
    """Match and apply the held records of a file anew, since their cause may be mended.

    They are matched anew: others may have come to be known since. Returns how many.
    """
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    number = transfer.rows.filter(stage=RowStage.HELD.value).update(
        stage=RowStage.READ.value, child=None, decision=None
    )
    if number:
        transfer.sender = transfer.sender or _find_sender(transfer)
        transfer.stage, transfer.finished_at = TransferStage.READ.value, None
        transfer.save(update_fields=["sender", "stage", "finished_at"])
        start_processing(transfer=transfer)
    return number


def _find_sender(transfer: Transfer) -> School | None:
    number = transfer.sender_number
    return find_school(la_code=number[:3], establishment=number[3:])
