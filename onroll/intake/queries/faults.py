"""What reading a file found wrong with it: in figures, and each thing once."""

from dataclasses import dataclass

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
    Value,
    When,
)

from onroll.formats import TO_MEND, Facts
from onroll.intake.models import Problem, RowStage, Transfer

MOST_PROBLEMS = 500
HAS_FAULT = Exists(Problem.objects.filter(row=OuterRef("pk"), severity__in=TO_MEND))


@dataclass(frozen=True)
class Figures:
    """How many records a file has, and how many need mending; a record is right if nothing does.

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
        wrong=Count("pk", filter=HAS_FAULT | Q(stage=RowStage.HELD.value)),
        held=Count("pk", filter=Q(stage=RowStage.HELD.value)),
    )
    counts = transfer.problems.aggregate(
        faults=Count("pk", filter=Q(severity__in=TO_MEND)), all=Count("pk")
    )
    faults, notes = counts["faults"], counts["all"] - counts["faults"]
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
    problems = (
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
            severity=problem["severity"],
            rule=problem["rule"],
            path=problem["path_of_first"],
            facts=problem["facts"],
            message=problem["message"],
            numbers=tuple(problem["numbers"]),
        )
        for problem in problems[:MOST_PROBLEMS]
    ]
