"""Killed at any point and started again: no row is lost and none is applied twice (DESIGN 10).

The worker is a process of its own on the test database, and is really killed (SIGKILL).
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from onroll.cases.models import Case, CaseReason
from onroll.children.models import Address, Child, Identifier, Place
from onroll.demo.upns import with_letter
from onroll.intake import actions, tasks
from onroll.intake.models import Arrival, Problem, Row, Transfer
from onroll.intake.tasks import TAKEN
from tests import files
from tests.intake.world import AT, LEFT_ON, TODAY, pupil, school, schools

pytestmark = pytest.mark.django_db(transaction=True)
RECORDS = 240  # three batches of leavers
CASES = RECORDS * 3 // 4  # all but the home educated: no destination, or abroad without proof
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(app_url: str) -> Iterator[Start]:
    """Give a function that starts a worker; those left over are killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*command: str, stop_at: str = "") -> subprocess.Popen[str]:
        patient = {"ONROLL_STATEMENT_SECONDS": "600", "ONROLL_LOG_LEVEL": "WARNING"}
        environment = {**os.environ, **patient, "DATABASE_URL": app_url, "STOP_AT": stop_at}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.intake.worker", *command],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def kill_there(process: subprocess.Popen[str]) -> bool:
    """Kill a worker once it stops; say whether it did stop before its end."""
    assert process.stdout
    is_stopped = process.stdout.readline() == "stopped\n"
    process.kill()
    process.wait()
    return is_stopped


def finish(process: subprocess.Popen[str]) -> None:
    assert process.wait(timeout=120) == 0


def leavers() -> bytes:
    """Return a file of 240 leavers: a quarter with nothing said, the rest of every other kind."""
    said = ({"reason": "UK"}, {"reason": "EL"}, {"reason": "IM"}, {"reason": "LC"})
    records = [
        pupil(
            forename=_word(n),
            surname=_word(-1 - n // 2),
            upn=with_letter(f"3102001{n // 1000:02}{n % 1000:03}") if n % 3 else "",
            born=date(2012, 1, 1) + timedelta(days=n),
            left_on=LEFT_ON,
            **said[n % 4],
        )
        for n in range(RECORDS)
    ]
    return files.cml(*records, made=TODAY)


def _word(n: int) -> str:
    """Return a name unlike all others: no two of these children may be taken for one."""
    return "".join(Random(str(n)).choices("abcdefghijklmnopqrstuvwxyz", k=9)).capitalize()


def received(content: bytes, name: str = "3102001_CML_310LLLL_001.xml") -> Transfer:
    return actions.receive_file(content=content, name=name, how="command", at=AT).transfer


def outcome() -> dict[str, object]:
    """Return everything the file did, without the numbers rows happened to get."""
    rows = Row.objects.order_by("number").values_list(
        "number", "stage", "answer", "effect", "effect_words", "is_to_confirm", "case__reason"
    )
    places = Place.objects.values_list("child__surname", "child__forename", "kind", "to_on")
    counts = {
        model.__name__: model._default_manager.count()
        for model in (Child, Identifier, Address, Place, Case, CaseReason, Problem, Row)
    }
    kept = sorted(places, key=str)
    return {"rows": list(rows), "places": kept, "stage": Transfer.objects.get().stage, **counts}


def test_a_file_killed_at_many_points_ends_as_one_that_was_left_alone(
    start: Start, owner_connection
) -> None:
    schools()
    transfer = received(leavers())
    finish(start("take", str(transfer.pk)))
    undisturbed = outcome()
    assert undisturbed["stage"] == "applied"
    assert (undisturbed["Child"], undisturbed["Case"]) == (RECORDS, CASES)
    _forget(owner_connection)

    transfer = received(leavers())
    stops = 0
    for point in (1, 4, 12, 60, 300, 700):
        stops += kill_there(start("take", str(transfer.pk), stop_at=str(point)))
    finish(start("take", str(transfer.pk)))
    assert stops >= 4
    assert outcome() == undisturbed
    finish(start("take", str(transfer.pk)))
    assert outcome() == undisturbed


def _forget(owner) -> None:
    """Empty what files do, as the owner, so that the same file can come for the first time."""
    owner.execute(
        "TRUNCATE intake_transfer, documents_document, children_source, children_child, "
        "procrastinate_jobs CASCADE"
    )


def test_two_workers_with_one_file_apply_it_once(start: Start) -> None:
    schools()
    transfer = received(leavers())
    both = [start("take", str(transfer.pk)) for _ in range(2)]
    for process in both:
        finish(process)
    assert (Row.objects.filter(stage="applied").count(), Child.objects.count()) == (
        RECORDS,
        RECORDS,
    )
    assert (Case.objects.count(), CaseReason.objects.count()) == (CASES, CASES)


def test_a_new_child_in_two_files_at_once_is_added_once(start: Start) -> None:
    schools()
    school("3102003", "Third School")
    both = [
        received(
            files.cmj(pupil(estab=estab, entry_on=TODAY), made=TODAY, estab=estab), f"{estab}.xml"
        )
        for estab in ("2002", "2003")
    ]
    for process in [start("take", str(transfer.pk)) for transfer in both]:
        finish(process)
    assert Child.objects.count() == 1
    assert Place.objects.count() == 2


def test_the_same_bytes_from_two_at_once_are_one_file(start: Start, tmp_path: Path) -> None:
    schools()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "leavers.xml").write_bytes(leavers())
    for process in [start("folder", str(folder)) for folder in folders]:
        finish(process)
    assert (Transfer.objects.count(), Arrival.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["secret.xml", "gone.xml"])
def test_a_link_in_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    """It may lead to anything that the worker may read."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.xml").write_bytes(leavers())
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "link.xml").symlink_to(elsewhere / name)
    assert tasks.empty_folder(folder, at=AT) == 0
    assert not Transfer.objects.exists()


def test_a_folder_killed_between_keeping_and_moving_keeps_the_file_once(
    start: Start, tmp_path: Path
) -> None:
    schools()
    (tmp_path / "leavers.xml").write_bytes(leavers())
    assert kill_there(start("folder", str(tmp_path), stop_at="move"))
    assert Transfer.objects.get().stage == "received"
    assert (tmp_path / "leavers.xml").exists()
    finish(start("folder", str(tmp_path)))
    assert Transfer.objects.get().arrivals.count() == 1
    assert not (tmp_path / "leavers.xml").exists()
    assert [path.name[15:] for path in (tmp_path / TAKEN).iterdir()] == ["leavers.xml"]
