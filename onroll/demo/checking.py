"""Check that every child who really vanished was found: the database against the truth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from onroll.cases.models import Case
from onroll.children.models import Child, Identifier
from onroll.demo.truth import LeaverTruth, Truth, lost
from onroll.intake.models import Row, RowStage, Transfer, TransferStage


@dataclass(frozen=True)
class Result:
    """How many vanished children the files stated, and which of them nobody would look for."""

    vanished: int
    as_cases: int
    in_review: int
    lost: tuple[LeaverTruth, ...]


def check(truth: Truth, taken: Iterable[str]) -> Result:
    """Compare the database with the truth, for the files (paths) that were received."""
    files = set(taken)
    written = {row.event for row in truth.rows if row.file in files}
    received = Truth(
        files=tuple(file for file in truth.files if file.path in files),
        rows=tuple(row for row in truth.rows if row.file in files),
        leavers=tuple(leaver for leaver in truth.leavers if leaver.key in written),
        joiners=truth.joiners,
        children=truth.children,
    )
    cases, reviews = _with_case(received), _in_review(received)
    vanished = {leaver.child for leaver in received.leavers if leaver.must_be_found}
    return Result(
        vanished=len(vanished),
        as_cases=len(vanished & cases),
        in_review=len(vanished & reviews - cases),
        lost=lost(received, cases, reviews),
    )


def _paths(truth: Truth) -> dict[str, str]:
    """Return the path of each file by its hash; a file sent twice has the first path."""
    return {file.sha256: file.path for file in reversed(truth.files)}


def _places(truth: Truth, rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    paths = _paths(truth)
    return ((paths[sha], number) for sha, number in rows if sha in paths)


def _with_case(truth: Truth) -> set[str]:
    has_case = Exists(Case.objects.filter(child=OuterRef("child")))
    rows = Row.objects.filter(has_case).values_list("transfer__sha256", "number")
    on_register = Child.objects.filter(Exists(Case.objects.filter(child=OuterRef("pk"))))
    upns = Identifier.objects.filter(child__in=on_register).values_list("value", flat=True)
    by_number = {truth.child_by_upn[upn] for upn in upns if upn in truth.child_by_upn}
    return truth.children_of(_places(truth, rows)) | by_number


def _in_review(truth: Truth) -> set[str]:
    waiting = Row.objects.filter(
        Q(stage__in=[RowStage.UNSURE.value, RowStage.HELD.value])
        | Q(is_to_confirm=True, confirmed_at__isnull=True)
    ).values_list("transfer__sha256", "number")
    refused = Transfer.objects.filter(stage=TransferStage.REFUSED.value)
    paths = _paths(truth)
    files = [paths[sha] for sha in refused.values_list("sha256", flat=True) if sha in paths]
    return truth.children_of(_places(truth, waiting)) | truth.children_in(files)
