"""Without a page: the drop folder, `onroll intake`, `onroll weekly`, the night's work."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.cases.models import Case
from onroll.demo.upns import with_letter
from onroll.intake.models import Transfer
from tests import files
from tests.journeys.visitor import Visitor

CML = "3102001_CML_310LLLL_001.xml"


def leaver(world, n: int = 1, **said) -> str:
    facts = {
        "surname": f"Saltmarsh{'abcdefgh'[n]}",
        "forename": "Linden",
        "born": world.born,
        "upn": with_letter(f"31020012503{n}"),
        "entry_on": world.ago(40),
        "left_on": world.ago(1),
        "reason": "UK",
    }
    return files.pupil(**(facts | said))


def going(left_on: date) -> str:
    """Return the part of a record that names Mill Lane as the next school, from the week after."""
    starts_on = left_on + timedelta(weeks=1)
    return (
        "<School><LEA>310</LEA><Estab>2002</Estab><SchoolName>Mill Lane</SchoolName>"
        f"<EntryDate>{starts_on}</EntryDate></School>"
    )


def test_a_file_in_the_drop_folder_reaches_the_register(world, work, drop_folder):
    (drop_folder / CML).write_bytes(files.cml(leaver(world), made=world.today))
    app.configure_task("intake.look", queueing_lock="intake.look").defer(timestamp=0)
    work()
    transfer = Transfer.objects.get()
    assert (transfer.name, transfer.how, transfer.stage) == (CML, "folder", "applied")
    assert [path.name for path in drop_folder.iterdir()] == ["taken"]
    Visitor(world.people.olive).open("/cases/").see("Linden Saltmarshb")


def test_the_intake_command_takes_files_and_folders_and_says_what_became_of_each(
    world, onroll, tmp_path
):
    good, bad = tmp_path / CML, tmp_path / "3102001_CML_310LLLL_002.xml"
    good.write_bytes(files.cml(leaver(world), made=world.today))
    done = onroll("intake", str(good), "--json")
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)["files"]
    assert (told["stage"], told["records"], told["applied"]) == ("applied", 1, 1)
    assert "Saltmarsh" not in done.stdout

    bad.write_bytes(b"<CTfile>")
    done = onroll("intake", str(tmp_path), "--json")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)["files"]
    assert (first["is_first"], second["stage"]) == (False, "refused")
    assert onroll("intake", str(tmp_path / "nothing.xml")).returncode == 2
    assert Case.objects.count() == 1


def test_the_weekly_command_counts_what_the_intake_command_did(world, onroll, tmp_path):
    path = tmp_path / CML
    path.write_bytes(files.cml(leaver(world), made=world.today))
    assert onroll("intake", str(path)).returncode == 0
    done = onroll("weekly", "--week", timezone.localdate().isoformat(), "--json")
    assert done.returncode == 0, done.stderr
    assert "Saltmarsh" not in done.stdout
    figures = {each["code"]: each["number"] for each in json.loads(done.stdout)["figures"]}
    assert figures["opened"] == 1
    assert figures["closed"] == 0


@pytest.mark.shows("home.never_arrived")
def test_the_night_finds_who_never_arrived_where_they_were_said_to_go(world, work, onroll):
    """P01, P04: a named school is a claim; after the policy's ten school days it is a case."""
    olive = Visitor(world.people.olive)
    long_ago, lately = world.ago(6), world.ago(1)
    content = files.cml(
        leaver(world, 1, left_on=long_ago, reason="IM", later=going(long_ago)),
        leaver(world, 2, left_on=lately, reason="IM", later=going(lately)),
        made=world.today,
    )
    olive.open("/files/upload/").send("Upload", files={CML: content})
    work()
    assert not Case.objects.exists()
    for _ in range(2):  # the second night finds nobody new
        app.configure_task("cases.nightly", queueing_lock="cases.nightly").defer(timestamp=0)
        work()
    case = Case.objects.get()
    assert case.reason == "never_arrived"
    olive.open("/cases/").follow("Linden Saltmarshb")
    olive.see("Said to be going to", "which has not said that the child arrived")
