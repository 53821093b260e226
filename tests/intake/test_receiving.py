"""Files come in by page, folder and command; nothing of a file is lost (trust.md 1.9 and 1.10)."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onroll.cases.models import Case
from onroll.documents import queries as documents
from onroll.documents.models import Document
from onroll.intake import actions, tasks
from onroll.intake.actions import start_processing
from onroll.intake.models import Row, Transfer
from tests import files
from tests.intake.world import AT, LEFT_ON, TODAY, pupil, schools, take_in

pytestmark = pytest.mark.django_db
LEAVERS = "3102001_CML_310LLLL_001.xml"


def leavers(**said: object) -> bytes:
    return files.cml(pupil(left_on=LEFT_ON, reason="UK", **said), made=TODAY)


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.xml", content)
    return packed.getvalue()


def receive(content: bytes, name: str) -> list[actions.Received]:
    return actions.receive(content=content, name=name, how="upload", at=AT)


def test_each_file_of_a_zip_is_a_file_of_its_own() -> None:
    received = receive(zipped(one=leavers(), two=leavers(forename="Alex", upn="")), "week.zip")
    assert [one.transfer.name for one in received] == ["one.xml", "two.xml"]
    assert Transfer.objects.count() == 2


def test_the_same_bytes_again_are_kept_once_however_they_are_called() -> None:
    (first,), (again,) = receive(leavers(), "one.xml"), receive(leavers(), "two.xml")
    assert (first.transfer, first.is_first, again.is_first) == (again.transfer, True, False)
    kept = Document.objects.get()
    assert (kept.pk, kept.name, kept.attached_at) == (first.transfer.document_id, "one.xml", AT)
    assert documents.content(kept.pk) == leavers()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_from_four_at_once_are_kept_once() -> None:
    """Who comes second undoes the document it made."""
    start = Barrier(4)

    def arrive(name: str) -> bool:
        start.wait()
        try:
            return receive(leavers(), name)[0].is_first
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        firsts = list(pool.map(arrive, ("one.xml", "two.xml", "three.xml", "four.xml")))
    assert (sum(firsts), Transfer.objects.count(), Document.objects.count()) == (1, 1, 1)


def test_an_unsafe_zip_is_kept_and_refused_and_nothing_of_it_is_used() -> None:
    inside = zipped(one=leavers())
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("one.xml", leavers())
        archive.writestr("inner.zip", inside)
    transfer = receive(outer.getvalue(), "week.zip")[0].transfer
    transfer.refresh_from_db()
    assert transfer.stage == "refused"
    assert documents.content(transfer.document_id) == outer.getvalue()
    assert "zip" in transfer.refused_because.lower()
    tasks.process(transfer.pk)
    assert not Row.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        leavers()[:-30],
        b'<!DOCTYPE x [<!ENTITY e "e">]><CTfile>&e;</CTfile>',
        b"\x00\x01\x02",
    ],
    ids=["empty", "a web page", "cut short", "a DOCTYPE", "noise"],
)
def test_what_cannot_be_read_to_its_end_is_refused_in_words_and_nothing_of_it_is_used(
    content: bytes,
) -> None:
    transfer = take_in(content)
    transfer.refresh_from_db()
    assert (transfer.stage, bool(transfer.refused_because)) == ("refused", True)
    assert (Row.objects.count(), transfer.problems.count()) == (0, 1)


def test_a_file_that_comes_in_is_on_its_way_at_once() -> None:
    transfer = receive(leavers(), LEAVERS)[0].transfer
    job = ProcrastinateJob.objects.get(task_name="intake.process")
    assert (job.args, job.lock) == ({"transfer_id": transfer.pk}, "intake")


def test_a_file_whose_job_died_is_started_again() -> None:
    schools()
    receive(leavers(), LEAVERS)
    ProcrastinateJob.objects.all().delete()
    Transfer.objects.update(received_at=AT - timedelta(hours=1))
    tasks.look(timestamp=0)
    assert ProcrastinateJob.objects.filter(task_name="intake.process").exists()


def test_a_file_has_one_job_however_often_one_looks() -> None:
    """Each look added a job for each file that waited: 1,076 for 467 files."""
    schools()
    for number in range(3):
        receive(leavers() + b"\n" * number, LEAVERS)
    Transfer.objects.update(received_at=AT - timedelta(hours=1))
    jobs = ProcrastinateJob.objects.filter(task_name="intake.process")
    set_status("doing", jobs.first().pk)
    for _ in range(2):
        tasks.look(timestamp=0)
    assert jobs.count() == 3
    for pk in jobs.values_list("pk", flat=True):
        set_status("failed", pk)
    for _ in range(2):
        tasks.look(timestamp=0)
    assert sorted(jobs.values_list("status", flat=True)) == ["failed"] * 3 + ["todo"] * 3


def set_status(status: str, job: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, job],
        )


def test_a_file_that_is_started_twice_has_one_job_and_keeps_the_rest_of_its_transaction() -> None:
    schools()
    transfer = receive(leavers(), LEAVERS)[0].transfer
    with transaction.atomic():
        start_processing(transfer=transfer)
        Transfer.objects.update(name="kept.xml")
    assert ProcrastinateJob.objects.filter(task_name="intake.process").count() == 1
    assert Transfer.objects.get().name == "kept.xml"


def test_the_drop_folder_is_emptied_and_strange_things_in_it_are_kept_too(
    tmp_path: Path, settings
) -> None:
    schools()
    settings.DROP_FOLDER = str(tmp_path)
    (tmp_path / LEAVERS).write_bytes(leavers())
    (tmp_path / "notes.txt").write_bytes(b"not a file of a school")
    (tmp_path / ".part").write_bytes(b"still being written")
    (tmp_path / "sub").mkdir()
    tasks.look(timestamp=0)
    assert sorted(Transfer.objects.values_list("name", flat=True)) == [LEAVERS, "notes.txt"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [".part", "sub", "taken"]
    assert len(list((tmp_path / "taken").iterdir())) == 2


# The command


def run(*paths: Path, code: int, **options: object) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("intake", *map(str, paths), **options)
    assert end.value.code == code


def test_the_command_takes_files_in_and_says_what_became_of_them(tmp_path: Path, capsys) -> None:
    schools()
    (tmp_path / LEAVERS).write_bytes(leavers())
    call_command("intake", str(tmp_path / LEAVERS))
    said = capsys.readouterr().out
    for words in ("St Ann's School", "Taken in", "CML"):
        assert words in said
    assert "Example" not in said
    assert Case.objects.count() == 1


def test_no_name_is_cut_off_where_the_terminal_is_narrow(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    schools()
    monkeypatch.setenv("COLUMNS", "80")
    name = "_".join(["3102001_CML_310LLLL_001"] * 3) + ".xml"
    (tmp_path / name).write_bytes(leavers())
    call_command("intake", str(tmp_path / name))
    said = capsys.readouterr().out
    assert "…" not in said
    cells = "".join(line.split("│")[1].strip() for line in said.splitlines() if "│" in line)
    assert name in cells


def test_the_command_speaks_to_machines(tmp_path: Path, capsys) -> None:
    schools()
    (tmp_path / LEAVERS).write_bytes(leavers())
    (tmp_path / "again.xml").write_bytes(leavers())
    call_command("intake", str(tmp_path), as_json=True)
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert (first["stage"], first["records"], first["applied"]) == ("applied", 1, 1)
    assert {first["is_first"], second["is_first"]} == {True, False}
    assert first["ref"] == second["ref"]


def test_the_command_ends_with_1_when_a_file_was_refused_or_held(tmp_path: Path, capsys) -> None:
    broken, unknown = tmp_path / "broken.xml", tmp_path / "unknown.xml"
    broken.write_bytes(b"<html/>")
    unknown.write_bytes(leavers())
    run(broken, code=1)
    assert f"broken.xml: {Transfer.objects.get().refused_because}" in capsys.readouterr().out
    run(unknown, code=1)


def test_the_command_does_nothing_when_a_path_is_not_there(tmp_path: Path) -> None:
    (tmp_path / LEAVERS).write_bytes(leavers())
    with pytest.raises(CommandError, match=r"there is no .*nothing\.xml"):
        call_command("intake", str(tmp_path / LEAVERS), str(tmp_path / "nothing.xml"))
    assert not Transfer.objects.exists()
