"""What is taken and what is said of it: one door for pages, folders and `onroll check`. P50."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from onroll.formats import RULES, Unreadable
from onroll.formats.check import Checked, check, check_all
from onroll.formats.door import shape_of
from onroll.formats.packed import Shape
from onroll.formats.problems import words
from onroll.formats.sheets import read_roll
from tests.formats.files import LOCKED, file

CASES = Path(__file__).parent / "samples" / "cases"
ON = date(2026, 11, 28)


def packed(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


def checked(name: str) -> Checked:
    return check(CASES / name, name=name, on=ON)


def rules(name: str) -> list[str]:
    """Which things a person must mend, by rule."""
    return [one.rule for one in checked(name).problems if one.severity != "info"]


@pytest.mark.parametrize(
    ("name", "content", "shape"),
    [
        ("a.xml", file().encode(), Shape.XML),
        ("a.csv", file().encode(), Shape.XML),
        ("a.xml", file().replace("utf-8", "utf-16").encode("utf-16"), Shape.XML),
        ("a.zip", packed(a_xml=file()), Shape.ZIP),
        ("a.xml", packed(a_xml=file()), Shape.ZIP),
        ("a.csv", b"Surname,Forename\nExample,Sam\n", Shape.LIST),
        ("a.txt", "Surname\tForename\nExample\tSam\n".encode("utf-16"), Shape.LIST),
        ("a.csv", packed(xl__workbook_xml="<a/>"), Shape.LIST),
        ("a.xlsx", b"PK\x03\x04broken", Shape.LIST),
        ("a.zip", b"PK\x03\x04broken", Shape.ZIP),
    ],
)
def test_what_a_file_is_is_told_by_its_content(name, content, shape):
    assert shape_of(content, name=name) is shape


@pytest.mark.parametrize(
    ("name", "content", "rule", "looks"),
    [
        ("a.csv", b"", "file-empty", ""),
        ("a.xml", b" \n", "file-empty", ""),
        ("a.docx", packed(word__document_xml="<a/>"), "file-kind", "a Word document"),
        ("a.pdf", b"%PDF-1.7", "file-kind", "a PDF"),
        ("photo.png", b"\x89PNG\r\n", "file-kind", "a picture"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "file-kind", "an old Excel or Word file"),
        ("roll.xls", b"<html><table><tr><td>UPN", "file-kind", "a web page"),
        (
            "roll.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "file-kind",
            "an Excel file of another kind (XML)",
        ),
        ("a.xlsx", LOCKED, "file-password", ""),
        ("a.csv", b"\x00\x01\x02", "file-kind", "a file of another program"),
        ("notes.doc", b"Surname,Forename\n", "file-kind", "plain text"),
        ("a.xml", b"Surname,Forename\n", "not-xml", "plain text"),
    ],
)
def test_what_nothing_here_reads_is_told_at_the_door(name, content, rule, looks):
    with pytest.raises(Unreadable) as refusal:
        shape_of(content, name=name)
    assert refusal.value.rule == rule
    assert refusal.value.facts.get("looks", "") == looks


def test_a_password_is_told_as_one_and_how_to_take_it_off():
    (problem,) = check(LOCKED, name="roll.xlsx", on=ON).problems
    assert problem.message.startswith("The file has a password: it cannot be read until that")
    assert "Take it off (in Excel" in problem.message
    assert "Ask the health team to take it off" in problem.words("council", whom="the health team")


def test_a_roll_is_checked_like_any_other_file(tmp_path):
    path = tmp_path / "roll.csv"
    path.write_text("LA,Estab,Surname,Forename,DOB\n310,2001,Example,Sam,02/03/2014\n")
    (one,) = check_all([path], on=ON)
    assert one.header is not None
    assert (one.header.kind, one.header.source.number, one.pupils) == ("ROLL", "3102001", 1)
    assert [problem.rule for problem in one.problems] == ["upn-missing-mover"]


def test_what_is_wrong_in_a_list_is_named_as_its_column_is_and_as_it_is_written():
    rows = (
        "Pupil no,Surname,Forename,DOB,Date of Leaving,Start date,School\n"
        "H801200001001,Example,Sam,02/03/2014,20/7/26,31/02/2021,A\n"
    )
    names = {"Pupil no": "upn", "Surname": "surname", "Forename": "forename", "DOB": "born",
             "Date of Leaving": "leaving_on", "Start date": "entry_on"}  # fmt: skip
    _, (pupil,), _ = read_roll(rows.encode(), name="roll.csv", mapping=names)
    assert {(one.rule, one.path, one.message.partition(". ")[0]) for one in pupil.problems} == {
        (
            "date-short-year",
            "row 2/Date of Leaving",
            "The leaving date is written 20/7/26, with the year cut short",
        ),
        (
            "date-impossible",
            "row 2/Start date",
            "The date of joining, “31/02/2021”, is not a real date",
        ),
    }
    _, (_, again), _ = read_roll((rows + rows.split("\n")[1]).encode(), name="r.csv", mapping=names)
    assert ("upn-twice", "row 3/Pupil no") in [(one.rule, one.path) for one in again.problems]


def test_the_same_upn_twice_in_a_roll_is_named_with_its_row():
    rows = "UPN,Surname,Forename,DOB\n" + "H801200001001,Example,Sam,02/03/2014\n" * 2
    _, (first, second), problems = read_roll(rows.encode(), name="roll.csv")
    assert (first.problems, problems) == ((), [])
    assert [(one.rule, one.path, one.pupil) for one in second.problems] == [
        ("upn-twice", "row 3/UPN", 2)
    ]


# Cases that were met


@pytest.mark.parametrize("name", ["day_beyond_the_years.xlsx", "time_below_nought.xlsx"])
def test_a_number_shown_as_a_time_that_is_none_is_read_as_a_number(name):
    _, (pupil,), problems = read_roll(CASES / name, name=name)
    assert (pupil.surname, pupil.born, problems) == ("Quillfeather", date(2014, 3, 2), [])
    (value,) = (float(value) for heading, value in pupil.unmapped if value)
    assert value in (1e308, -1e12)


def test_the_list_that_can_be_seen_is_read_and_which_it_was_is_said():
    one = checked("hidden_old_list.xlsx")
    assert one.is_readable
    _, (pupil, *_), problems = read_roll(CASES / "hidden_old_list.xlsx", name="x.xlsx")
    assert pupil.surname != "Oldname"
    assert "read in the sheet “Now”" in problems[0].message
    said = [p.message for p in checked("cover_sheet.xlsx").problems if p.rule == "list-read-from"]
    assert "read in the sheet “Data”, with the names of the columns in row 1." in said[0]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("title_above.csv", 3),
        ("title_above.xlsx", 4),
        ("delimiter_named.csv", 2),
        ("blank_first.csv", 3),
        ("utf_16.csv", 1),
    ],
)
def test_the_names_of_the_columns_are_looked_for_in_ten_rows(name, row):
    _, (pupil,), problems = read_roll(CASES / name, name=name)
    assert (pupil.surname, pupil.forename, pupil.born) == (
        "Quillfeather",
        "Osric",
        date(2014, 3, 2),
    )
    assert [one.facts["row"] for one in problems] == ([row] if row > 1 else [])


def test_dates_are_read_as_spreadsheets_and_people_write_them():
    _, pupils, _ = read_roll(CASES / "dates_in_many_forms.csv", name="f.csv")
    assert [pupil.born for pupil in pupils] == [date(2014, 3, 2)] * 6


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("born_1900.xml", ["dob-implausible"]),
        ("born_1950.xml", ["dob-implausible"]),
        ("born_this_month.xml", ["dob-implausible", "date-implausible"]),
        ("left_2062.xml", ["date-implausible"]),
        ("joined_before_birth.xml", ["date-implausible"]),
        ("joined_2206.xml", ["date-implausible"]),
        ("one_name.xml", ["forename-missing"]),
        ("dash_for_a_name.xml", ["name-filler"]),
        ("school_year_with_both_years.xml", ["academic-year-form"]),
        ("small_letters_and_short_number.xml", ["school-number", "sender-guessed"]),
    ],
)
def test_what_cannot_be_so_is_a_warning(name, found):
    assert rules(name) == found
    assert checked(name).status == 0


def test_days_before_birth_are_named_too():
    assert set(rules("left_1900.xml")) & {"date-implausible", "leaving-before-entry"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("control_character.xml", "Line 2 of the file holds a character that such files may not"),
        ("control_character_as_code.xml", "a control character (number 31)"),
        ("school_year_with_both_years.xml", "needs only its first year, 2026"),
        ("small_letters_and_short_number.xml", "The number of the sending school, “312001”"),
        ("joined_2206.xml", "The date of joining is 2206-09-05, more than a year after"),
    ],
)
def test_the_words_say_what_is_the_matter(name, words):
    assert any(words in problem.message for problem in checked(name).problems)


def test_a_file_cut_short_is_told_from_one_that_was_changed():
    text = file().encode()
    for at in range(len(text) // 3, len(text) - 12, 97):
        (problem,) = check(text[:at], name="x.xml").problems
        assert problem.rule == "xml-cut-off"
        assert "stops before its end" in problem.message
    (changed,) = check(text.replace(b"</Forename>", b"", 1), name="x.xml").problems
    assert changed.rule == "xml-broken"


def test_the_same_facts_are_worded_for_who_reads_them():
    facts = {"value": "26/10/2017", "expected": "2017-10-26"}
    school = words("dob-form", facts)
    council = words("dob-form", facts, audience="council", whom="whoever made it")
    wrong = "The date of birth is written 26/10/2017; this kind of file needs 2017-10-26."
    assert school == f"{wrong} Correct it in your system and export the file again."
    assert council.startswith(f"{wrong} Ask whoever made it to correct it")


def test_a_contacts_field_is_told_from_the_pupils():
    text = file().replace("<Surname>Inventedname</Surname><Forename>Ann", "x")
    long = "x" * 40
    spoilt = text.replace(
        "Inventedname</Surname>\n          <Forename>Ann", f"{long}</Surname><Forename>Ann"
    )
    (problem,) = [p for p in check(spoilt.encode(), name="").problems if p.rule == "too-long"]
    assert "The surname of a contact has 40 characters" in problem.message


def test_a_rule_has_one_severity_wherever_it_is_found():
    assert all(rule.severity in ("error", "warning", "info") for rule in RULES.values())
