"""Lists as systems print them: titles above, other sheets, odd letters, rows that have slipped."""

import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from onroll.formats.check import check
from onroll.formats.sheets import read_list, read_roll
from onroll.formats.terms import read_terms
from onroll.tables import NoTable, open_table

HEAD = "UPN,Surname,Forename,DOB,Postcode"
ROWS = ["H801200001001,Zoë,Sam,02/03/2014,HA1 2AB", ",Brontë,Kim,03/04/2015,HA1 2AC"]


def remarks(content: bytes, name: str = "l.csv") -> list[tuple[str, int | None]]:
    return [(each.rule, each.row) for each in read_list(content, name=name).remarks]


def surnames(content: bytes) -> list[str]:
    return [row.values["surname"] for row in read_list(content, name="l.csv").rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_in_one_encoding_is_read_without_a_word(encoding, end):
    content = end.join([HEAD, *ROWS]).encode(encoding)
    assert surnames(content) == ["Zoë", "Brontë"]
    assert remarks(content) == []


def test_utf_16_that_does_not_say_so_may_have_any_letters():
    content = f"{HEAD}\n,Ďurić,Łukasz,02/03/2014,HA1 2AB\n".encode("utf-16-le")
    assert surnames(content) == ["Ďurić"]


def test_a_line_in_another_encoding_is_read_and_told():
    content = b"\n".join([HEAD.encode(), ROWS[0].encode("cp1252"), ROWS[1].encode()])
    assert surnames(content) == ["Zoë", "Brontë"]
    assert remarks(content) == [("list-letters", 2)]
    one = check(content, name="l.csv", on=date(2026, 11, 23))
    (told,) = [problem for problem in one.problems if problem.rule == "list-letters"]
    assert told.severity == "warning"
    assert "Line 2 is saved in another way than the rest of the list." in told.message
    assert "Zoë" in told.message


def test_letters_that_nobody_can_read_are_told():
    assert remarks(f"{HEAD}\n{ROWS[0]}\n,Zo\ufffd,Sam,,\n".encode()) == [("list-letters-lost", 3)]


def test_a_row_with_a_comma_too_many_is_told():
    content = f"{HEAD}\n{ROWS[0]}\n,Brontë,Kim,03/04/2015,Flat 1,HA1 2AC\n".encode()
    assert remarks(content) == [("row-longer", 3)]
    _, (_, kim), _ = read_roll(content, name="l.csv")
    (told,) = [one for one in kim.problems if one.rule == "row-longer"]
    assert (told.path, told.pupil) == ("row 3", 2)
    assert "6 values where the list has 5 columns" in told.message


def test_a_short_row_among_whole_ones_is_told_and_a_way_of_writing_is_not():
    whole = [f",Surname{n},Sam,02/03/2014,HA1 2AB" for n in range(12)]
    short = [",Short,Sam,02/03/2014"]
    assert remarks("\n".join([HEAD, *whole, *short]).encode()) == [("row-shorter", 14)]
    assert remarks("\n".join([HEAD, *whole[:3], *short * 3]).encode()) == []
    assert remarks("\n".join([HEAD, *(f"{row},,," for row in whole)]).encode()) == []


def test_a_quotation_mark_left_open_takes_no_other_row():
    content = "\n".join([HEAD, ',"Open,Sam,02/03/2014,HA1 2AB', *ROWS]).encode()
    assert surnames(content) == ["Open", "Zoë", "Brontë"]
    assert remarks(content) == [("row-quotation", 2)]


def test_a_value_too_long_to_be_one_leaves_out_its_row_alone():
    content = "\n".join([HEAD, f",{'y' * 200_000},Sam,02/03/2014,", *ROWS]).encode()
    assert surnames(content) == ["Zoë", "Brontë"]
    assert remarks(content) == [("row-unreadable", 2)]
    assert check(content, name="l.csv").status == 1


def book(*sheets: tuple[str, bool, Sequence[Sequence[object]]]) -> bytes:
    """Make an Excel file of sheets: a name, whether it is hidden, and the rows."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as whole:
        for name, is_hidden, rows in sheets:
            sheet = whole.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if is_hidden:
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
    return made.getvalue()


LIST: list[Sequence[object]] = [HEAD.split(","), *(row.split(",") for row in ROWS)]


def test_sheets_that_were_not_read_are_named():
    content = book(
        ("Old", True, LIST), ("Read me", False, [["Hello"]]), ("Now", False, LIST),
        ("Year 9", False, LIST),
    )  # fmt: skip
    told = read_list(content, name="l.xlsx").remarks
    assert [(one.rule, one.facts.get("sheet", "")) for one in told] == [
        ("list-read-from", ""),
        ("list-sheet-too", "Year 9"),
        ("list-sheet-hidden", "Old"),
    ]
    assert "in the sheet “Now”, with the names of the columns in row 1" in told[0].words


def test_cells_of_excel_that_are_empty_are_no_short_row():
    rows: list[Sequence[object]] = [
        *LIST,
        *([["", f"Name{n}", "Sam", "02/03/2014", "HA1"] for n in range(20)]),
        ["", "Q"],
    ]
    assert read_list(book(("Now", False, rows)), name="l.xlsx").remarks == ()


def test_the_dates_of_terms_may_be_written_as_those_of_any_list():
    rows = (
        "Term dates of Harrow\n\nSchool;What;Name;First day;Last day\n"
        ";term;Spring;5 January 2027;26-Mar-2027\n;closed;Snow;01/02/2027 00:00;\n"
    )
    listed = read_terms(rows.encode("utf-16"), name="terms.csv")
    assert listed.problems == ()
    assert [(one.row, one.starts_on) for one in listed.dates] == [
        (4, date(2027, 1, 5)),
        (5, date(2027, 2, 1)),
    ]
    slipped = rows.replace(";Snow;", ";Snow;and ice;")
    assert "Row 5: " in read_terms(slipped.encode(), name="terms.csv").problems[0]


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b" \n", "file-empty"), (b"%PDF-1.7", "sheet-type"), (b"1,2\n", "sheet-no-heading")],
)
def test_what_is_no_list_is_refused_in_a_sentence(content, rule):
    with pytest.raises(NoTable) as refusal:
        open_table(content, name="l.csv", count=lambda _row: 0)
    assert refusal.value.rule == rule
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_commas_of_addresses_part_nothing_in_a_list_parted_otherwise(mark: str) -> None:
    """More commas in one address than marks in a row."""
    rows = (
        ("UPN", "Surname", "Address"),
        ("J310200025001", "Example", "Flat 2, 14 High Street, Harrow, Middlesex, HA1 2AB"),
        ("", "Other", "9 Fen Lane"),
    )
    content = "".join(mark.join(row) + "\n" for row in rows).encode()
    table = open_table(content, name="l.csv", count=lambda row: row.count("UPN"))
    assert [cells for _, cells in table.rows] == [list(row) for row in rows[1:]]
