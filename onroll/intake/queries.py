"""Every read of files, their records and what waits for someone."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from onroll.accounts.models import User
from onroll.intake.models import Row, RowStage, Transfer, TransferStage

UNFINISHED = (TransferStage.RECEIVED.value, TransferStage.READ.value)


def visible_transfers(user: User) -> QuerySet[Transfer]:
    """Return the files in this person's sight, newest first, with counts and without bytes."""
    return _counted(Transfer.objects.visible_to(user)).select_related("sender", "received_by")


def get_transfer(user: User, ref: str) -> Transfer:
    """Return one file in this person's sight; else DoesNotExist."""
    return visible_transfers(user).get(ref=ref)


def _counted(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return transfers.defer("content").annotate(
        records=Count("rows"),
        applied=Count("rows", filter=Q(rows__stage=RowStage.APPLIED.value)),
        unsure=Count("rows", filter=Q(rows__stage=RowStage.UNSURE.value)),
        held=Count("rows", filter=Q(rows__stage=RowStage.HELD.value)),
    )


def in_short(pk: int) -> dict[str, Any]:
    """Return one file in figures, for a command's output: no child in it."""
    transfer = _counted(Transfer.objects.filter(pk=pk)).select_related("sender").get()
    sender = transfer.sender.name if transfer.sender else transfer.sender_text
    return {
        "ref": transfer.ref,
        "name": transfer.name,
        "kind": transfer.kind,
        "sender": sender,
        "stage": transfer.stage,
        "refused_because": transfer.refused_because,
        "records": transfer.records,
        "applied": transfer.applied,
        "unsure": transfer.unsure,
        "held": transfer.held,
    }


def standing_still(*, since: datetime) -> QuerySet[Transfer]:
    """Return unfinished files received before a moment, whose job may have died."""
    return Transfer.objects.filter(stage__in=UNFINISHED, received_at__lt=since).defer("content")


def waiting_rows() -> QuerySet[Row]:
    """Return the unsure records that wait for a person, the longest waiting first."""
    return (
        Row.objects.filter(stage=RowStage.UNSURE.value)
        .select_related("transfer__sender")
        .defer("transfer__content")
        .order_by("transfer__received_at", "number")
    )


def held_rows() -> QuerySet[Row]:
    """Return the records that cannot be applied until something is mended."""
    return (
        Row.objects.filter(stage=RowStage.HELD.value)
        .select_related("transfer__sender")
        .defer("transfer__content")
        .order_by("transfer__received_at", "number")
    )


def rows_to_confirm() -> QuerySet[Row]:
    """Return the applied records whose claim an officer has not yet confirmed."""
    return (
        Row.objects.filter(is_to_confirm=True, confirmed_at__isnull=True)
        .select_related("transfer__sender", "child")
        .defer("transfer__content")
        .order_by("applied_at", "pk")
    )
