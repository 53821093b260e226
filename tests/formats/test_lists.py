"""Rolls, census lists, DfE's register of schools, and the list of authorities."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from onroll.formats import Unreadable
from onroll.formats.authorities import AUTHORITIES
from onroll.formats.gias import read_establishments
from onroll.formats.sheets import guess_mapping, read_roll, read_sheet
from tests.formats.files import LOCKED

ROLL = """\
LA,Estab,School Name,UPN,Legal Surname,Legal Forename,Date of Birth,Sex,NC Year,Address,Postcode,Contact 1 Relationship,Contact 1 Surname,House
310,2001,Made-up School,H801200001001,Inventedname,Sam,02/03/2014,Female,8,"1 Invented Road, Madeupton",HA1 2AB,Mother,Inventedname,Blue
310,2001,Made-up School,,Othername,Kim,2015-04-05,M,7,,,,,
"""  # noqa: E501 - a list is as wide as it is


def xlsx(rows: list[list[object]]) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(
        packed, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    return packed.getvalue()


def refused(content: bytes, **how: object) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_sheet(content, name="list.csv", **how)
    assert str(refusal.value)
    return refusal.value.rule


def test_a_text_of_a_list_longer_than_dfe_allows_is_told_as_in_a_file():
    """Excel's fullest cell holds 32,767 letters; an XML file is warned of from 36."""
    head = "Surname,Forename,DOB,Preferred Surname,School,Contact 1 Surname\n"
    row = ",".join(["S" * 35, "F" * 32_767, "02/03/2014", "P" * 36, "B" * 101, "C" * 36])
    _, (pupil,), _ = read_roll(f"{head}{row}\n".encode(), name="roll.csv")
    told = [one.message for one in pupil.problems if one.rule == "too-long"]
    for words, message in zip(
        (
            "The forename has 32767 characters; DfE allows 35,",
            "The chosen surname has 36 characters; DfE allows 35,",
            "The surname of a contact has 36 characters; DfE allows 35,",
            "The name of the school has 101 characters; DfE allows 100,",
        ),
        sorted(told, key=lambda text: "of" in text),
        strict=True,
    ):
        assert message.startswith(words)


def test_a_roll_is_read_as_a_file_like_any_other():
    header, (sam, kim), problems = read_roll(ROLL.encode(), name="roll.csv")
    assert (header.kind, header.source.number, problems) == ("ROLL", "3102001", [])
    assert (sam.surname, sam.born, sam.sex, sam.year_group) == (
        "Inventedname",
        date(2014, 3, 2),
        "F",
        "8",
    )
    assert sam.addresses[0].lines == ("1 Invented Road", "Madeupton")
    assert sam.contacts[0].relationship == "PAM"
    assert sam.sender is not None
    assert sam.sender.number == "3102001"
    assert sam.unmapped == (("House", "Blue"),)
    assert sam.problems == ()
    assert (kim.born, [problem.rule for problem in kim.problems]) == (
        date(2015, 4, 5),
        ["upn-missing-mover"],
    )


def test_a_list_without_upns_or_sexes_has_no_errors():
    """Law 9: a row is never turned away for its UPN; many children missing education have none."""
    content = b"Surname,Forename,DOB\nInventedname,Sam,02/03/2014\n"
    _, (sam,), _ = read_roll(content, name="list.csv")
    assert [(one.rule, one.severity) for one in sam.problems] == [("upn-missing-mover", "warning")]


def test_a_row_at_fault_is_named_by_its_number():
    content = ROLL.replace("2015-04-05", "05/04/15").replace("Othername", "")
    _, pupils, _ = read_roll(content.encode(), name="roll.csv")
    found = [(problem.rule, problem.path) for problem in pupils[1].problems]
    assert found[:2] == [
        ("surname-missing", "row 3/Legal Surname"),
        ("dob-short-year", "row 3/Date of Birth"),
    ]


def test_an_excel_list_reads_as_a_csv_does():
    rows: list[list[object]] = [
        ["Surname", "Forename", "DOB", "Year Group", "Estab"],
        ["Inventedname", "Sam", date(2014, 3, 2), 8, 3102001],
    ]
    _, (sam,), _ = read_roll(xlsx(rows), name="roll.xlsx")
    assert (sam.born, sam.year_group, sam.schools[0].number) == (date(2014, 3, 2), "8", "3102001")


def with_part(content: bytes, part: str, text: bytes) -> bytes:
    """A workbook with one part of it put in place of the real one."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        new.writestr(part, text)
    return packed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SMALL = [["Surname", "Forename"], ["Inventedname", "Sam"]]


def sheet(data: str) -> bytes:
    return f"<worksheet><sheetData>{data}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="999999"><c r="A999999"><v>1</v></c></row><row><c r="J1"><v>1</v></c></row>',
        '<x:row xmlns:x="y" r="5000000"><x:c/><x:c><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_one_cell_far_away_does_not_take_all_memory(data):
    """Five kilobytes that asked for gigabytes and ended the program."""
    assert refused(with_part(xlsx(SMALL), SHEET, sheet(data))) == "sheet-too-many-cells"


def test_empty_cells_far_away_do_no_harm():
    """Excel formats whole columns; such cells hold nothing."""
    text = zipfile.ZipFile(io.BytesIO(xlsx(SMALL))).read(SHEET)
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    content = with_part(xlsx(SMALL), SHEET, text.replace(b"</sheetData>", far))
    assert len(read_sheet(content, name="list.xlsx")) == 1


def test_an_excel_file_that_unpacks_to_too_much_is_refused():
    content = with_part(xlsx(SMALL), "xl/sharedStrings.xml", b" " * (201 * 1024**2))
    assert refused(content) == "sheet-too-large"


def test_a_long_text_in_many_cells_is_refused():
    text = f"<sst><si><r><t>{'x' * 500_000}</t></r></si></sst>".encode()
    content = with_part(xlsx(SMALL), "xl/sharedStrings.xml", text)
    cells = sheet("<row>" + '<c t="s"><v>0</v></c>' * 1000 + "</row>")
    assert refused(with_part(content, SHEET, cells)) == "sheet-too-large"


def test_an_excel_file_with_a_doctype_is_refused():
    content = with_part(xlsx(SMALL), SHEET, b"<!DOCTYPE x []>" + sheet(""))
    assert refused(content) == "xml-doctype"


@pytest.mark.parametrize("part", ["xl/workbook.bin", "content.xml"])
def test_another_kind_of_spreadsheet_is_refused(part):
    assert refused(with_part(xlsx(SMALL), part, b"x")) == "sheet-type"


@pytest.mark.parametrize("text", [b"<worksheet><sheetData>", b"no xml, sheetData"])
def test_a_damaged_excel_file_is_refused_in_plain_words(text):
    with pytest.raises(Unreadable, match="damaged or cut short"):
        read_sheet(with_part(xlsx(SMALL), SHEET, text), name="list.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csvs_come_in_many_kinds(encoding, mark):
    content = f"Surname{mark}Forename\nÉxample{mark}Sam\n".encode(encoding)
    (row,) = read_sheet(content, name="list.csv")
    assert row.values == {"surname": "Éxample", "forename": "Sam"}


def test_columns_can_be_mapped_by_hand():
    (row,) = read_sheet(b"A,B\nInventedname,x\n", name="l.csv", mapping={"A": "surname"})
    assert (row.values, row.unmapped) == ({"surname": "Inventedname"}, {"B": "x"})


def test_columns_are_guessed_by_their_names():
    headings = ["Legal Surname", "FIRST_NAME", "dob", "Shoe size", "Surname"]
    assert guess_mapping(headings) == {
        "Legal Surname": "surname",
        "FIRST_NAME": "forename",
        "dob": "born",
    }


def test_cells_past_the_last_heading_are_kept():
    (row,) = read_sheet(b"Surname\nInventedname,extra\n", name="l.csv")
    assert row.unmapped == {"column 2": "extra"}


def test_empty_rows_are_passed_over_and_numbers_stay():
    (row,) = read_sheet(b"Surname\n\n\nInventedname\n", name="l.csv")
    assert row.number == 4


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b",,\n1,2,3\n", "sheet-no-heading"),
        (b"A,A\n1,2\n", "sheet-heading-twice"),
        (b"%PDF-1.7", "sheet-type"),
        (b"<html></html>", "sheet-type"),
        (b"\xd0\xcf\x11\xe0", "sheet-type"),
        (LOCKED, "file-password"),
        (b"PK\x03\x04broken", "sheet-broken"),
        (",".join(map(str, range(201))).encode(), "sheet-too-wide"),
    ],
)
def test_what_is_no_list_is_refused(content, rule):
    assert refused(content) == rule


def test_a_list_without_a_needed_column_is_refused():
    assert refused(b"Surname\nx\n", needed=("born",)) == "sheet-columns"
    assert refused(b"Surname\nx\n", mapping={"Nothing": "born"}) == "sheet-columns"


GIAS = """\
"URN","LA (code)","LA (name)","EstablishmentNumber","EstablishmentName","EstablishmentStatus (name)","OpenDate","CloseDate","PhaseOfEducation (name)","StatutoryLowAge","Street","Town","Postcode","TelephoneNum","HeadTitle (name)","HeadLastName","Something new"
"137001","310","Harrow","2001","St Inventé's School","Open, but proposed to close","01-09-2010","","Primary","4","1 Invented Road","Harrow","HA1 2AB","02079460001","Ms","Madeup","x"
"137002","310","Harrow","","Made-up College","Closed","","31-08-2020","Not applicable","","","","","","","",""
"""  # noqa: E501 - DfE's own layout


def test_schools_are_read_from_dfes_register():
    one, two = read_establishments(GIAS.encode("cp1252"))
    assert (one.urn, one.number, one.name) == ("137001", "3102001", "St Inventé's School")
    assert (one.is_open, one.opened_on, one.lowest_age) == (True, date(2010, 9, 1), 4)
    assert (one.address, one.phone, one.head) == (("1 Invented Road",), "02079460001", "Ms Madeup")
    assert (two.is_open, two.establishment, two.closed_on) == (False, "", date(2020, 8, 31))


EXCEL = GIAS.replace("01-09-2010", "01/09/2010").replace("31-08-2020", "2020-08-31")
PANDAS = GIAS.replace('"2001"', '"2001.0"').replace('"310"', '"310.0"').replace('"4"', '"4.0"')


@pytest.mark.parametrize("register", [EXCEL, PANDAS, EXCEL.replace('"', "")])
def test_a_register_saved_by_another_program_reads_the_same(register):
    if '"' not in register:
        register = register.replace("Open, but proposed to close", "Open")
    one, two = read_establishments(register.encode())
    assert (one.number, one.opened_on, one.lowest_age) == ("3102001", date(2010, 9, 1), 4)
    assert (two.la_code, two.establishment, two.closed_on) == ("310", "", date(2020, 8, 31))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"2001"', '"20O1"', "Row 2: “20O1” under “EstablishmentNumber” is no number"),
        ('"2001"', '"2001.5"', "Row 2: “2001.5” under “EstablishmentNumber” is no number"),
        ("01-09-2010", "09-31-2010", "Row 2: “09-31-2010” under “OpenDate” is no day"),
    ],
)
def test_a_register_with_a_number_or_day_that_is_none_is_refused(before, after, words):
    with pytest.raises(Unreadable, match=words):
        read_establishments(GIAS.replace(before, after).encode())


def test_a_register_cut_short_is_refused_not_read_in_part():
    with pytest.raises(Unreadable, match="Row 3 has 9 values where the first row has 17"):
        read_establishments(GIAS[: GIAS.index('"Not applicable"') + 5].encode() + b'"')
    assert len(read_establishments(GIAS.encode() + b"\n\n")) == 2


def test_a_register_without_its_columns_is_refused():
    with pytest.raises(Unreadable, match="EstablishmentNumber"):
        read_establishments(GIAS.replace("EstablishmentNumber", "Number").encode())


def test_authorities_are_known_open_and_closed():
    """files.md 10: 153 live in England with the six new ones; closed ones stay valid in a UPN."""
    assert AUTHORITIES["310"].name == "Harrow"
    assert AUTHORITIES["839"].name == "Bournemouth, Christchurch and Poole"
    dorset = AUTHORITIES["835"]
    assert (dorset.is_open, dorset.successor_codes) == (False, "838")
    live = [one for one in AUTHORITIES.values() if one.status == "live" and one.nation == "England"]
    assert len(live) == 153


def test_a_list_of_too_many_rows_is_refused():
    assert refused(b"Surname\n" + b"x\n" * 250_000) == "sheet-too-long"
