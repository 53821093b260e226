"""Files that did harm once, as they came."""

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from onroll.cases.models import Case
from onroll.children.queries import where_is
from onroll.intake import actions
from onroll.intake.models import Row, Transfer
from onroll.intake.tasks import empty_folder
from tests.intake.world import AT, TODAY, school, take_in
from tests.people import People

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("joiner", ["joiner_of_next_term.xml", "joiner_of_2206.xml"])
def test_a_child_who_is_to_join_is_missing_until_then(joiner: str) -> None:
    """P42."""
    school("3102704", "Appledene Primary School")
    take_in((SAMPLES / "leaver.xml").read_bytes(), "3102704_CML_310LLLL_001.xml")
    take_in((SAMPLES / joiner).read_bytes(), "3102704_CMJ_310LLLL_001.xml")
    case = Case.objects.get()
    assert (case.is_open, case.is_whereabouts_known) == (True, False)
    assert where_is(case.child, on=TODAY).places == ()
    row = Row.objects.get(transfer__name__contains="CMJ")
    if "2206" in joiner:
        assert row.stage == "held"
    else:
        assert "Is to start at Appledene Primary School on 5 January 2027." in row.effect_words
        assert case.deadlines.get(clock="place_begins").due_on == date(2027, 1, 5)


@pytest.mark.parametrize("path", ["/files/%00/", "/review/x%00/1/", "/cases/%00/"])
def test_nul_in_an_address_is_not_found(path: str, people: People) -> None:
    olive = Client()
    olive.force_login(people.olive)
    assert olive.get(path).status_code == 404


LITTER = (
    "__MACOSX/._a.xml", "school/__MACOSX/._b.xml", ".DS_Store", "school/.DS_Store", "Thumbs.db",
    "school/thumbs.db", "desktop.ini", "._a.xml", "~$list.xlsx", "empty/", "empty\\",
)  # fmt: skip


def test_litter_in_a_zip_refuses_no_good_file() -> None:
    school("3102704", "Appledene Primary School")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in LITTER:
            archive.writestr(name, b"" if name[-1] in "/\\" else b"\0litter")
        archive.write(SAMPLES / "leaver.xml", "school/3102704_CML_310LLLL_001.xml")
    received = actions.receive(content=packed.getvalue(), name="week.zip", how="command", at=AT)
    assert [one.name for one in received] == ["3102704_CML_310LLLL_001.xml"]
    assert Transfer.objects.get().stage == "received"


def test_a_name_in_another_encoding_holds_up_no_other_file(tmp_path: Path) -> None:
    """Else the drop folder would stop at it for ever."""
    school("3102704", "Appledene Primary School")
    content = (SAMPLES / "leaver.xml").read_bytes()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xe9.xml")).write_bytes(content)
    (tmp_path / "b.xml").write_bytes(content + b" ")
    assert empty_folder(tmp_path, at=AT) == 2
    assert sorted(Transfer.objects.values_list("name", flat=True)) == ["a?.xml", "b.xml"]


def test_litter_in_the_drop_folder_is_left_there(tmp_path: Path) -> None:
    for name in ("Thumbs.db", ".DS_Store", "~$list.xlsx", "desktop.ini"):
        (tmp_path / name).write_bytes(b"\0litter")
    assert empty_folder(tmp_path, at=AT) == 0
    assert not Transfer.objects.exists()
