"""The ONS Postcode Directory: read as it is published, and asked where a home lies (P16)."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from onroll.formats.onspd import NoDirectory, PostcodeRow, read_names, read_postcodes
from onroll.postcodes import actions, queries
from onroll.postcodes.models import Postcode

NEW = """pcd7,pcd8,pcds,dointr,doterm,lad25cd,wd25cd
HA1 1AA,HA1  1AA,HA1 1AA,198001,,E09000015,E05013541
HA1 1AB,HA1  1AB,HA1 1AB,198001,202001,E09000015,
GY1 1AA,GY1  1AA,GY1 1AA,198001,,,
"""
OLD = "pcd,pcd2,pcds,oslaua,osward\nHA9 0WS,HA9  0WS,HA9 0WS,E09000005,E05000103\n"
NAMES = "LAD25CD,LAD25NM,LAD25NMW\nE09000015,Harrow,\nE09000005,Brent,\n"
WARDS = "WD25CD,WD25NM\nE05013541,Greenhill\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Give a folder with two directories and two lists of names."""
    for name, text in (("new", NEW), ("old", OLD), ("names", NAMES), ("wards", WARDS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8-sig")
    return tmp_path


def test_a_directory_of_either_time_is_read(directory: Path) -> None:
    assert list(read_postcodes(directory / "new.csv")) == [
        PostcodeRow("HA1 1AA", "E09000015", "E05013541"),
        PostcodeRow("HA1 1AB", "E09000015", ""),
    ]
    assert list(read_postcodes(directory / "old.csv")) == [
        PostcodeRow("HA9 0WS", "E09000005", "E05000103")
    ]
    assert dict(read_names(directory / "names.csv"))["E09000005"] == "Brent"


def test_another_file_is_refused_with_the_column_that_is_missing(directory: Path) -> None:
    with pytest.raises(NoDirectory, match="no column oslaua or lad25cd"):
        list(read_postcodes(_file(directory, "pcds,name\nHA1 1AA,x\n")))
    with pytest.raises(NoDirectory, match="no column pcds"):
        list(read_postcodes(_file(directory, "")))
    (directory / "binary.csv").write_bytes(b"pcds,oslaua,osward\n\xff\xfe")
    with pytest.raises(NoDirectory, match="no CSV file in UTF-8"):
        list(read_postcodes(directory / "binary.csv"))


def _file(folder: Path, text: str) -> Path:
    path = folder / "other.csv"
    path.write_text(text, "utf-8")
    return path


def test_where_a_home_lies_is_found_by_its_postcode(db: None, directory: Path) -> None:
    """P16."""
    assert not queries.has_directory()
    actions.load_postcodes(rows=read_postcodes(directory / "new.csv"))
    actions.load_names(names=read_names(directory / "names.csv"))
    actions.load_names(names=read_names(directory / "wards.csv"))
    assert queries.has_directory()
    home = "12 Elm Road\nHarrow\nha11aa"
    homes = queries.residences_of([home, "HA1 1AB", "the blue house", "ZZ9 9ZZ"])
    assert homes == {
        home: queries.Residence("HA1 1AA", "E09000015", "Harrow", "Greenhill"),
        "HA1 1AB": queries.Residence("HA1 1AB", "E09000015", "Harrow", ""),
    }


def test_a_second_directory_replaces_the_first_and_a_wrong_one_changes_nothing(
    db: None, directory: Path
) -> None:
    names = ["--names", str(directory / "names.csv"), "--names", str(directory / "wards.csv")]
    call_command("postcodes", str(directory / "new.csv"), *names)
    with pytest.raises(CommandError, match="no column"):
        call_command("postcodes", str(directory / "names.csv"))
    assert Postcode.objects.count() == 2
    call_command("postcodes", str(directory / "old.csv"))
    assert [row.postcode for row in Postcode.objects.all()] == ["HA90WS"]
