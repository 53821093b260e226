"""How a child stands with a school, by the days and the status a list or a file gives (CS007)."""

from datetime import date

import pytest

from onroll.formats import read
from onroll.formats.roll import spell_of
from onroll.formats.sheets import guess_mapping, read_roll
from onroll.formats.standing import Stand, is_second, standing
from tests import files

ON = date(2026, 10, 1)
HEAD = "LA,Estab,Surname,Forename,Date of Birth,Entry Date,Leaving Date,Status\n"
SAM = "310,2001,Example,Sam,04/03/2015"


@pytest.mark.parametrize(
    ("entry", "leaving", "status", "stand"),
    [
        ("", "", "", Stand.ON_ROLL),
        ("02/09/2020", "", "C", Stand.ON_ROLL),
        ("", "-", "", Stand.ON_ROLL),
        ("", "n/a", "", Stand.ON_ROLL),
        ("", "00/00/0000", "", Stand.ON_ROLL),
        ("", "01/10/2026", "", Stand.ON_ROLL),
        ("", "30/09/2026", "C", Stand.LEFT),
        ("", "31/06/2026", "", Stand.UNCLEAR),
        ("", "20/7/26", "C", Stand.UNCLEAR),
        ("", "gone", "", Stand.UNCLEAR),
        ("", "gone", "P", Stand.LEFT),
        ("01/09/2026", "20/07/2026", "", Stand.UNCLEAR),
        ("01/10/2026", "", "", Stand.ON_ROLL),
        ("02/10/2026", "", "C", Stand.TO_COME),
        ("05/09/23", "", "", Stand.ON_ROLL),
        ("05/09/27", "", "", Stand.UNCLEAR),
        ("next autumn", "", "", Stand.UNCLEAR),
        ("02/09/2020", "", "G", Stand.GUEST),
        ("", "", "Zzz", Stand.ON_ROLL),
    ],
)
def test_days_and_status_say_how_a_child_stands(
    entry: str, leaving: str, status: str, stand: Stand
) -> None:
    spell = spell_of({"entry_on": entry, "leaving_on": leaving})
    assert standing(spell, status, on=ON).stand is stand


@pytest.mark.parametrize(
    ("status", "stand"),
    [
        ("g", Stand.GUEST),
        ("G - Guest", Stand.GUEST),
        ("Guest (pupil not registered at this school)", Stand.GUEST),
        ("P: Previous", Stand.LEFT),
        ("Off-roll", Stand.LEFT),
        ("Withdrawn", Stand.LEFT),
        ("Pre-admission", Stand.TO_COME),
        ("M – Main – dual registration", Stand.ON_ROLL),
    ],
)
def test_a_status_is_known_in_other_words(status: str, stand: Stand) -> None:
    assert standing(spell_of({}), status, on=ON).stand is stand


def test_a_subsidiary_registration_is_known_in_other_words() -> None:
    assert all(map(is_second, ("S", "s - Subsidiary", "Current Subsidiary (dual registration)")))
    assert not any(map(is_second, ("", "M", "G", "Special")))


def test_a_status_that_nobody_knows_is_told_once_and_a_known_word_never() -> None:
    lines = "".join(f"{SAM},,,{status}\n" for status in ("C", "Zzz", "Zzz", "G", ""))
    _, _, problems = read_roll((HEAD + lines).encode(), name="roll.csv")
    [told] = [one for one in problems if one.rule == "enrol-status-unknown"]
    assert (told.severity, told.path, told.facts["rows"]) == ("warning", "row 3", 2)
    assert "“Zzz”" in told.message


def test_what_is_no_day_is_kept_as_written_and_told() -> None:
    _, [record], _ = read_roll(f"{HEAD}{SAM},soon,20/7/26,\n".encode(), name="roll.csv")
    [spell] = record.schools
    assert (spell.entry_text, spell.leaving_text) == ("soon", "20/7/26")
    assert {one.rule for one in record.problems} >= {"date-impossible"}
    _, [record], _ = read_roll(f"{HEAD}{SAM},,-,\n".encode(), name="roll.csv")
    assert "date-impossible" not in {one.rule for one in record.problems}


def test_the_status_of_a_file_is_read_and_one_nobody_knows_is_told() -> None:
    def status(text: str) -> tuple[str, set[str]]:
        extra = f"<BasicDetails><EnrolStatus>{text}</EnrolStatus></BasicDetails>"
        sam = files.pupil(surname="Example", forename="Sam", born=date(2015, 3, 4), extra=extra)
        [record] = read(files.cmj(sam, made=ON), name="3102002_CMJ_310LLLL_001.xml").pupils
        return record.enrol_status, {one.rule for one in record.problems}

    assert status("g")[0] == "G"
    assert "code-unknown" not in status("G")[1]
    assert "code-unknown" in status("Q")[1]


def test_a_column_that_is_only_called_status_gives_way_to_one_that_says_which() -> None:
    assert guess_mapping(["Status", "Enrolment Status"]) == {"Enrolment Status": "enrol_status"}
    assert guess_mapping(["Status"]) == {"Status": "enrol_status"}


@pytest.mark.parametrize("heading", ["Date Left", "LeavingDate", "Exit date", "leaver_date"])
def test_a_leaving_date_is_known_by_other_names(heading: str) -> None:
    assert guess_mapping([heading]) == {heading: "leaving_on"}
