"""Files that came in: their records, what is wrong with them, and how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case as Choose
from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
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
from onroll.formats import TO_MEND, Facts
from onroll.formats.senders import NOT_YOURS
from onroll.formats.sheets import headed
from onroll.intake.models import Problem, Row, RowStage, Transfer, TransferStage

MOST_PROBLEMS = 500


UNFINISHED = (TransferStage.RECEIVED.value, TransferStage.READ.value)


def visible_transfers(
    user: User, *, stage: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Transfer]:
    """Return the files in this person's sight, newest first, with counts and without bytes.

    `since` and `until` are the first and the last day on which they came.
    """
    found = Transfer.objects.visible_to(user)
    if stage in tuple(TransferStage):
        found = found.filter(stage=stage)
    if since:
        found = found.filter(received_at__date__gte=since)
    if until:
        found = found.filter(received_at__date__lte=until)
    is_officer = scope(user, Permission.FILES_VIEW) == Scope.ALL
    counted = _counted(found, hidden=protected.hidden_from(user) if is_officer else ())
    return counted.select_related("sender", "received_by").order_by("-received_at", "-pk")


def get_transfer(user: User, ref: str) -> Transfer:
    """Return one file in this person's sight; else 404."""
    return get_object_or_404(visible_transfers(user).prefetch_related("arrivals"), ref=ref)


def rows_of(transfer: Transfer, *, wanted: str, hidden: Collection[int] = ()) -> QuerySet[Row]:
    """Return a file's records in order, all or only those that wait, with whom they matched.

    Those of children hidden from who asks are among those that wait.
    """
    faults = {"faults": Count("problems", filter=_TO_MEND)}
    rows = transfer.rows.select_related("child", "case").annotate(**faults)
    if wanted == "waiting":
        rows = rows.filter(_WAITS | _done_out_of_sight(hidden))
    if wanted == "faults":
        rows = rows.filter(_HAS_FAULT)
    return rows.order_by("number")


def headings_of(transfer: Transfer) -> list[str]:
    """Return the names of a list's columns, from the row that reading takes for them."""
    content = documents.content(transfer.document_id)
    return [name for name in headed(content, name=transfer.name).names if name]


def effects(transfer: Transfer) -> list[tuple[str, int]]:
    """Return how many of a file's records did what, most first."""
    found = transfer.rows.exclude(effect="").values_list("effect").annotate(n=Count("pk"))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


_TO_MEND = Q(problems__severity__in=TO_MEND)
_HAS_FAULT = Exists(Problem.objects.filter(row=OuterRef("pk"), severity__in=TO_MEND))


@dataclass(frozen=True)
class Figures:
    """What reading a file found, in figures. A record is right when nothing in it is to be mended.

    `faults` counts what is to be mended, `notes` what is only worth knowing.
    """

    records: int
    right: int
    held: int
    faults: int
    notes: int


def figures_of(transfer: Transfer) -> Figures:
    """Return what reading a file found, in figures."""
    rows = transfer.rows.aggregate(
        records=Count("pk"),
        wrong=Count("pk", filter=_HAS_FAULT | Q(stage=RowStage.HELD.value)),
        held=Count("pk", filter=Q(stage=RowStage.HELD.value)),
    )
    found = transfer.problems.aggregate(
        faults=Count("pk", filter=Q(severity__in=TO_MEND)), all=Count("pk")
    )
    faults, notes = found["faults"], found["all"] - found["faults"]
    right = rows["records"] - rows["wrong"]
    return Figures(rows["records"], right, rows["held"], faults, notes)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file or with some of its records, said once."""

    severity: str
    rule: str
    path: str
    """Where the first of them stands."""
    facts: Facts | None
    """None of a file read before facts were kept: then `message` has the sentence."""
    message: str
    numbers: tuple[int, ...]
    """The records it is about; none where it is the whole file."""


_SHAPE = Func(
    F("path"), Value(r"\[\d+\]|^row \d+/"), Value(""), Value("g"), function="regexp_replace"
)
"""Where in a record something stands, whichever record it is."""


def problems_of(transfer: Transfer) -> list[Fault]:
    """Return what was wrong with a file, each thing once: the worst first."""
    worst_first = Choose(
        When(severity="error", then=Value(0)), When(severity="warning", then=Value(1)), default=2
    )
    about = ArrayAgg("row__number", filter=Q(row__isnull=False), order_by="row__number", default=[])
    found = (
        transfer.problems.order_by()
        .annotate(shape=_SHAPE)
        .values("severity", "rule", "facts", "message", "shape")
        .annotate(
            numbers=about, worst=worst_first, first=Min("row__number"), path_of_first=Min("path")
        )
        .order_by("worst", F("first").asc(nulls_first=True), "rule", "shape", "facts", "message")
    )
    return [
        Fault(
            *(one["severity"], one["rule"], one["path_of_first"], one["facts"], one["message"]),
            numbers=tuple(one["numbers"]),
        )
        for one in found[:MOST_PROBLEMS]
    ]


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
    """Return unfinished files received before a moment whose job died: none waits for them or runs.

    A job whose worker died runs again by itself (`onroll.config.jobs`).
    """
    jobs = ProcrastinateJob.objects.filter(
        task_name="intake.process", status__in=("todo", "doing")
    ).values_list("args", flat=True)
    busy = [args["transfer_id"] for args in jobs]
    late = Transfer.objects.filter(stage__in=UNFINISHED, received_at__lt=since)
    return late.exclude(pk__in=busy)
