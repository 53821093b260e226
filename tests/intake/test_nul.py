"""NUL (U+0000) in what comes in: no file fails for it, and no record is lost."""

import io
import zipfile

import pytest
import xlsxwriter

from onroll.intake.models import Row, Transfer
from tests import files
from tests.intake.world import LEFT_ON, TODAY, pupil, schools, take_in

pytestmark = pytest.mark.django_db
HEAD = "UPN,Surname,Forename,Date of Birth,Sex,Postcode,School"


def surnames() -> list[str]:
    return [row.said["surname"] for row in Row.objects.order_by("number")]


@pytest.mark.parametrize("nul", ["\0", "&#0;", "&#x0;"])
def test_a_school_file_with_nul_is_taken_in_to_its_last_record(nul: str) -> None:
    schools()
    clean = files.cml(
        pupil(left_on=LEFT_ON, reason="UK"),
        pupil(forename="Alex", surname="Sample", upn="", left_on=LEFT_ON, reason="UK"),
        made=TODAY,
    )
    take_in(clean.replace(b"<Surname>", b"<Surname>" + nul.encode()), "3102001_CML_310LLLL_001.xml")
    assert Transfer.objects.get().stage == "applied"
    assert surnames() == ["Example", "Sample"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_with_nul_is_taken_in_to_its_last_row(kind: str) -> None:
    schools()
    rows = [("", "Exam\0ple", "Sam", "2015-03-04", "M", "HA1 2AB", "St Ann's")]
    content = _csv(rows) if kind == "csv" else _xlsx(rows)
    take_in(content, f"roll.{kind}")
    assert Transfer.objects.get().stage != "refused"
    assert surnames() == ["Example"]


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    return "\n".join([HEAD, *(",".join(row) for row in rows)]).encode()


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    """Return a workbook as Excel writes it, with `_x0000_` for a NUL."""
    made, whole = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.split(","))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [cell.replace("\0", "NUL") for cell in row])
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(whole, "w") as archive:
        for name in parts.namelist():
            archive.writestr(name, parts.read(name).replace(b"NUL", b"_x0000_"))
    return whole.getvalue()
