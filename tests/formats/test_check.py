"""`onroll check`: what it says, and how it ends. P50; DESIGN section 6."""

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from onroll.formats import SchoolId
from onroll.formats.check import main
from tests.formats.files import SAM, file


@pytest.fixture
def folder(tmp_path):
    texts = {
        "3102001_CTF_3104002_001.xml": file(),
        "3102001_CTF_3104002_002.xml": file().replace("H801200001001", "G801200001001"),
        "3102001_CTF_3104002_003.xml": file().replace("2014-03-02", "2014-02-30"),
        "broken.xml": file()[:500],
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def said(*paths) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    status = main(paths, as_json=True, out=out)
    return status, json.loads(out.getvalue())["files"]


def test_a_clean_file_ends_with_0(folder):
    status, (one,) = said(folder / "3102001_CTF_3104002_001.xml")
    assert status == 0
    assert one == {
        "name": "3102001_CTF_3104002_001.xml",
        "kind": "CTF",
        "version": "25.0",
        "sender": "3102001",
        "destination": "3104002",
        "pupils": 1,
        "problems": [],
    }


def test_warnings_alone_end_with_0(folder):
    status, (one,) = said(folder / "3102001_CTF_3104002_002.xml")
    (problem,) = one["problems"]
    assert (status, problem["severity"]) == (0, "warning")
    assert set(problem) == {"severity", "rule", "path", "message"}


def test_the_same_upn_on_two_records_is_named(tmp_path):
    path = tmp_path / "3102001_CTF_3104002_001.xml"
    path.write_text(file(SAM, replace(SAM, forename="Kim")), "utf-8")
    (one,) = said(path)[1]
    assert [problem["rule"] for problem in one["problems"]] == ["upn-twice"]


def test_an_excel_file_is_called_one(tmp_path):
    path = tmp_path / "roll.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("_rels/.rels", "<a/>")
    status, (one,) = said(path)
    assert status == 2
    assert "It looks like an Excel or Word file" in one["problems"][0]["message"]


def test_an_error_ends_with_1(folder):
    assert said(folder / "3102001_CTF_3104002_003.xml")[0] == 1


def test_a_bad_file_ends_with_2_and_never_stops_the_others(folder):
    status, files = said(folder / "broken.xml", folder / "no.xml", *sorted(folder.glob("310*")))
    assert status == 2
    assert [one["pupils"] for one in files] == [0, 0, 1, 1, 1]


def test_each_file_of_a_zip_is_checked(folder):
    path = folder / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in folder.glob("310*.xml"):
            archive.write(one, one.name)
    assert len(said(path)[1]) == 3
    path.write_bytes(path.read_bytes()[:100])
    assert said(path)[0] == 2


def test_people_read_sentences(folder):
    out = io.StringIO()
    assert main(sorted(folder.glob("*.xml")), as_json=False, out=out) == 2
    text = " ".join(out.getvalue().split())
    assert "Nothing wrong was found." in text
    assert "its first letter should be H" in text
    assert "Cannot be read, so nothing in it is used." in text
    assert "/CTfile/CTFpupilData/Pupil[1]/DOB" in text


def test_what_a_file_says_cannot_colour_the_terminal(folder):
    path = folder / "[red]x[red].xml"
    path.write_text(file().replace("HA1 2AB", "[bold]no[/bold]"), "utf-8")
    out = io.StringIO()
    main([path], as_json=False, out=out)
    assert "[red]x[red].xml" in out.getvalue()
    assert "[bold]no[/bold]" in out.getvalue()


def test_a_lost_pupil_file_is_called_so(tmp_path):
    path = tmp_path / "3102001_CTF_XXXXXXX_001.xml"
    path.write_text(file(to=SchoolId("XXX", "XXXX")), "utf-8")
    out = io.StringIO()
    assert main([path], as_json=False, out=out) == 0
    assert "Lost-pupil CTF version 25.0, 1 pupil, from 3102001 to XXXXXXX" in out.getvalue()


def test_a_file_from_a_pipe_is_read_once(tmp_path):
    pipe = tmp_path / "3102001_CTF_3104002_001.xml"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(file(), "utf-8"))
    writer.start()
    status, (one,) = said(pipe)
    writer.join()
    assert (status, one["pupils"], one["problems"]) == (0, 1, [])


def test_who_reads_it_is_told_what_they_can_do(folder):
    path = folder / "3102001_CTF_3104002_003.xml"
    for audience, words in (("school", "in your system"), ("council", "Ask the school")):
        out = io.StringIO()
        main([path], as_json=False, out=out, audience=audience)
        assert words in " ".join(out.getvalue().split())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_that_a_console_lacks_stop_nothing(tmp_path, encoding):
    path = tmp_path / "3102001_CTF_3104002_001.xml"
    path.write_text(file().replace("HA1 2AB", "Łódź\u200b"), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "onroll.config.command", "check", str(path)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"is not in the form of a postcode" in ran.stdout
