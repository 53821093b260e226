"""Files that came in: their records, what is wrong with them, and how far they are."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries import protected
from onroll.documents import queries as documents
from onroll.formats import TO_MEND
from onroll.formats.senders import NOT_YOURS
from onroll.formats.sheets import headed
from onroll.intake.models import Problem, Row, RowStage, Transfer, TransferStage
from onroll.intake.queries.faults import HAS_FAULT
from onroll.schools.models import School

UNFINISHED = (TransferStage.RECEIVED.value, TransferStage.READ.value)


def visible_transfers(
    user: User,
    *,
    stage: str = "",
    since: date | None = None,
    until: date | None = None,
    school: School | None = None,
) -> QuerySet[Transfer]:
    """Return the files in this person's sight, newest first, with counts and without bytes.

    `since` and `until` are the first and the last day on which they came; `school` sent them.
    """
    transfers = Transfer.objects.visible_to(user)
    if school is not None:
        transfers = transfers.filter(sender=school)
    if stage in tuple(TransferStage):
        transfers = transfers.filter(stage=stage)
    if since:
        transfers = transfers.filter(received_at__date__gte=since)
    if until:
        transfers = transfers.filter(received_at__date__lte=until)
    is_officer = scope(user, Permission.FILES_VIEW) == Scope.ALL
    counted = _counted(transfers, hidden=protected.hidden_from(user) if is_officer else ())
    return counted.select_related("sender", "received_by").order_by("-received_at", "-pk")


def get_transfer(user: User, ref: str) -> Transfer:
    """Return one file in this person's sight; else 404."""
    transfers = visible_transfers(user).select_related("document").defer("document__content")
    return get_object_or_404(transfers.prefetch_related("arrivals"), ref=ref)


def rows_of(transfer: Transfer, *, wanted: str, hidden: Collection[int] = ()) -> QuerySet[Row]:
    """Return a file's records in order, all or only those that wait, with whom they matched.

    Those of children hidden from who asks are among those that wait.
    """
    faults = {"faults": Count("problems", filter=Q(problems__severity__in=TO_MEND))}
    rows = transfer.rows.select_related("child", "case").annotate(**faults)
    if wanted == "waiting":
        rows = rows.filter(_WAITS | _done_out_of_sight(hidden))
    if wanted == "faults":
        rows = rows.filter(HAS_FAULT)
    return rows.order_by("number")


def headings_of(transfer: Transfer) -> list[str]:
    """Return the names of a list's columns, from the row that reading takes for them."""
    content = documents.content(transfer.document_id)
    return [name for name in headed(content, name=transfer.name).names if name]


def effects(transfer: Transfer) -> list[tuple[str, int]]:
    """Return how many of a file's records did what, most first."""
    counts = transfer.rows.exclude(effect="").values_list("effect").annotate(n=Count("pk"))
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def rows_named(transfer: Transfer, numbers: Collection[int]) -> dict[int, Row]:
    """Return some records of a file by their numbers, with what each says."""
    rows = transfer.rows.filter(number__in=numbers).select_related("transfer")
    return {row.number: row for row in rows}


def _counted(transfers: QuerySet[Transfer], *, hidden: Collection[int] = ()) -> QuerySet[Transfer]:
    """Add how many records each file has and how far they are; counted for shown files only.

    A record of a hidden child counts as one that nobody has settled.
    """
    unseen = _done_out_of_sight(hidden)
    rows = Row.objects.filter(transfer=OuterRef("pk")).order_by()

    problems = Problem.objects.filter(transfer=OuterRef("pk")).order_by()

    def number(of: QuerySet[Any]) -> Coalesce:
        counted = of.values("transfer").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    figures = {
        "records": number(rows),
        "applied": number(rows.filter(~unseen, stage=RowStage.APPLIED.value)),
        "unsure": number(rows.filter(unseen | Q(stage=RowStage.UNSURE.value))),
        "held": number(rows.filter(stage=RowStage.HELD.value)),
        "waiting": number(rows.filter(unseen | _WAITS)),
        "faults": number(problems.filter(severity__in=TO_MEND)),
        "is_of_another": Exists(problems.filter(rule=NOT_YOURS)),
    }
    return transfers.annotate(**figures)


_WAITS = Q(stage__in=[RowStage.UNSURE.value, RowStage.HELD.value]) | Q(
    is_to_confirm=True, confirmed_at__isnull=True
)
"""A record that waits for a person."""


def _done_out_of_sight(hidden: Collection[int]) -> Q:
    return Q(stage=RowStage.APPLIED.value, child__in=hidden)


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
        "is_of_another": transfer.is_of_another,
        "records": transfer.records,
        "applied": transfer.applied,
        "unsure": transfer.unsure,
        "held": transfer.held,
        "waiting": transfer.waiting,
        "faults": transfer.faults,
    }


def standing_still(*, since: datetime) -> QuerySet[Transfer]:
    """Return unfinished files from before a moment, for which no job waits or runs.

    A job whose worker died runs again by itself (`onroll.config.jobs`).
    """
    jobs = ProcrastinateJob.objects.filter(
        task_name="intake.process", status__in=("todo", "doing")
    ).values_list("args", flat=True)
    busy = [args["transfer_id"] for args in jobs]
    late = Transfer.objects.filter(stage__in=UNFINISHED, received_at__lt=since)
    return late.exclude(pk__in=busy)
