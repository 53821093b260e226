"""Nobody is lost: whole boroughs put through the pipeline and held against what is true.

DESIGN.md section 10; requirements P01, P03, P14, P42. Nothing here knows how the pipeline works:
the borough says what truly became of every child, and the pages' own tables say what was noticed.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from pytest_django import DjangoDbBlocker

from onroll.cases.models import Case, CaseReason
from onroll.children.models import Adult, Child, Identifier, Name, Place
from onroll.clocks.models import Deadline
from onroll.intake.models import Arrival, Problem, Row, RowStage, Transfer, TransferStage
from tests.journeys.borough import Borough, Told

TOLD = (
    Told(seed=7, opens_on=date(2026, 9, 1), weeks=7, pupils=1_800),
    Told(seed=436, opens_on=date(2026, 6, 22), weeks=12, pupils=1_200),
)
"""An autumn, and a summer with its leavers and September's beginners.

Nobody works on the cases here: `onroll demo --check` holds the same against the truth with officers
at work every day, which takes four times as long.
"""


@pytest.fixture(scope="module", params=TOLD, ids=str)
def borough(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Borough]:
    """Give a borough that all tests of this module share, and undo it at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Borough(request.param, tmp_path_factory.mktemp("borough"))
        transaction.set_rollback(True)


@pytest.fixture
def undone(borough: Borough) -> Iterator[None]:
    """Undo what one test does to the shared borough."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_child_nobody_knows_about_is_on_the_register_or_before_a_person(borough):
    found = borough.found
    assert found.lost == ()
    assert found.as_cases + found.in_review == found.vanished > 5


def test_every_file_sent_is_accounted_for(borough):
    for file in borough.truth.files:
        transfer = borough.transfer_of(file.path)
        wanted = TransferStage.APPLIED if file.is_readable else TransferStage.REFUSED
        assert (file.path, transfer.stage) == (file.path, wanted.value)
        assert bool(transfer.refused_because) is not file.is_readable
    kept = Transfer.objects.count() + Arrival.objects.count()
    assert kept == len(borough.sent())


def test_every_record_of_a_readable_file_is_kept(borough):
    readable = {file.path for file in borough.truth.files if file.is_readable}
    for path in readable:
        written = {row.index for row in borough.truth.rows if row.file == path}
        kept = set(borough.transfer_of(path).rows.values_list("number", flat=True))
        assert (path, kept) == (path, written)


def test_every_record_had_an_effect_or_waits_for_someone(borough):
    assert not Row.objects.filter(stage=RowStage.READ.value).exists()
    applied = Row.objects.filter(stage=RowStage.APPLIED.value)
    assert not applied.filter(effect="").exists()
    assert not applied.filter(effect_words="").exists()
    assert not applied.filter(child=None).exists()
    held = Row.objects.filter(stage=RowStage.HELD.value)
    assert not held.filter(effect_words="").exists()
    unsure = Row.objects.filter(stage=RowStage.UNSURE.value)
    assert all(row.candidates and row.because for row in unsure)


def test_nobody_has_two_open_cases(borough):
    twice = Case.objects.open().values("child").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice


def test_no_child_is_taken_for_another(borough):
    """Twins, brothers and namesakes stay apart; the demo's files hold all of them (P42)."""
    assert {child: keys for child, keys in borough.truly().items() if len(keys) > 1} == {}


def test_no_child_is_there_twice(borough):
    ours: dict[str, set[int]] = {}
    for child, keys in borough.truly().items():
        for key in keys:
            ours.setdefault(key, set()).add(child)
    assert {key: children for key, children in ours.items() if len(children) > 1} == {}


def everything() -> dict[str, list[Any]]:
    """Return all that is known of children, files and cases, row by row."""
    kept: tuple[Any, ...] = (
        *(Child, Name, Identifier, Adult, Place),
        *(Case, CaseReason, Deadline),
        *(Row, Problem),
    )
    known = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in kept}
    files = Transfer.objects.order_by("pk").values_list("ref", "stage", "finished_at")
    return {**known, "Transfer": list(files)}


@pytest.mark.parametrize("is_shuffled", [False, True], ids=["same order", "shuffled"])
def test_taking_every_file_in_again_changes_nothing(borough, undone, is_shuffled):
    before = everything()
    files = borough.sent()
    if is_shuffled:
        Random(7).shuffle(files)
    for path in files:
        borough.take_in(path)
    assert everything() == before
    assert Arrival.objects.count() >= len(files)


@pytest.mark.parametrize("is_shuffled", [False, True], ids=["same order", "shuffled"])
def test_files_exported_again_with_other_bytes_add_nobody(borough, undone, is_shuffled):
    """A school exports the same leavers once more: other bytes, the same news."""
    children, truly = Child.objects.count(), borough.found
    files = [f for f in borough.truth.files if f.is_readable and f.kind in {"CML", "CMJ", "LOST"}]
    if is_shuffled:
        Random(7).shuffle(files)
    cases = set(Case.objects.values_list("child", flat=True))
    for file in files:
        path = borough.folder / file.path
        borough.take_in(path, path.read_bytes() + b"\n<!-- exported again -->\n")
    assert Child.objects.count() == children
    assert set(Case.objects.values_list("child", flat=True)) == cases
    assert truly.lost == ()
