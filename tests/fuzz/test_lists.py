"""Lists with anything in their cells: what was written is what is read."""

import csv
import io
import random
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from onroll.formats import Unreadable
from onroll.formats.gias import read_establishments
from onroll.formats.sheets import read_list
from onroll.formats.terms import read_terms
from onroll.tables import day_of
from tests.fuzz.examples import examples
from tests.fuzz.test_files import told
from tests.typed import link

HEAD = ["UPN", "Surname", "Forename", "Date of Birth", "Address"]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
CELLS = st.text(LETTERS | st.sampled_from(list(",;\"\t' \n")), max_size=20)
ROWS = st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=6)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


def as_csv(rows: list[list[str]], mark: str = ",", end: str = "\n") -> str:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL  # it does not see other ends
    csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def cells_of(content: bytes) -> list[list[str]]:
    """Return the cells of each row of a list, by its headings."""
    fields = ("upn", "surname", "forename", "born", "address")
    rows = read_list(content, name="l.csv").rows
    return [[row.values.get(field, "") for field in fields] for row in rows]


def tidy(rows: list[list[str]]) -> list[list[str]]:
    """What is to be read of rows: without blanks at the ends of cells, and without empty rows."""
    lines = [[" ".join(cell.splitlines()).strip() if cell.strip() else "" for cell in row]
             for row in rows]  # fmt: skip
    return [row for row in lines if any(row)]


@examples(120)
@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]), ENCODINGS,
       st.integers(0, 4))  # fmt: skip
def test_what_a_program_writes_is_read_cell_by_cell(rows, mark, end, encoding, above):
    text = end * above + as_csv([HEAD, *rows], mark, end)
    found = [
        [" ".join(cell.splitlines()) for cell in row] for row in cells_of(text.encode(encoding))
    ]
    assert tidy(found) == tidy(rows)


NAMES = st.lists(st.sampled_from("aéßØŠž’-"), min_size=1, max_size=6).map("a".join)
"""Never two letters beside each other that in Windows' encoding look like one in UTF-8."""


@examples(80)
@given(st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=8))
def test_each_line_is_read_in_the_encoding_it_has(names):
    lines = [f",{name},Sam,,\n".encode("cp1252" if is_old else "utf-8") for name, is_old in names]
    content = ",".join(HEAD).encode() + b"\n" + b"".join(lines)
    found = read_list(content, name="l.csv")
    assert [row.values["surname"] for row in found.rows] == [name for name, _ in names]
    wide = [n for n, (name, is_old) in enumerate(names, 2) if is_old and not name.isascii()]
    is_mixed = any(not is_old and not name.isascii() for name, is_old in names)
    assert [one.row for one in found.remarks] == (wide if is_mixed else [])


@examples(100)
@given(st.binary(max_size=300), st.sampled_from([b"", b"UPN,Surname,Forename,DOB\n", b"\xff\xfe"]))
def test_bytes_that_are_no_list_are_refused_or_read(content, head):
    told(head + content, "l.csv")
    for read in (read_establishments, lambda it: read_terms(it, name="t.csv")):
        with suppress(Unreadable):
            read(head + content)


CELL = st.one_of(
    CELLS, st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes(datetime(1900, 1, 1))
)


@examples(50)
@given(st.lists(st.lists(CELL, max_size=6), max_size=5), st.integers(0, 3))
def test_an_excel_file_with_any_cells_and_forms_of_them_is_read(rows, form):
    forms = ("General", "[h]:mm", "dd/mm/yyyy", "0.00")
    made = io.BytesIO()
    options = {"in_memory": True, "nan_inf_to_errors": True, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": forms[form]})
        sheet.write_row(0, 0, HEAD)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, style)
    one = told(made.getvalue(), "l.xlsx")
    assert one.is_readable


@examples(12)
@given(st.binary(max_size=200), ROWS, st.integers(0, 10**6))
def test_the_linker_answers_for_every_list_or_refuses_it(junk, rows, seed):
    chance = random.Random(seed)  # spoils files, hides nothing
    text = as_csv([["id", *HEAD], *([str(n), *row] for n, row in enumerate(rows))]).encode()
    at = chance.randrange(len(text))
    content = chance.choice([junk, text[:at] + junk + text[at:], text])
    with tempfile.TemporaryDirectory() as folder:
        left, right, out = (Path(folder, name) for name in ("l.csv", "r.csv", "o.csv"))
        left.write_bytes(content)
        right.write_bytes(text)
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = link([str(left), str(right), "--out", str(out)])
        assert code in (0, 1), said.getvalue()
        assert "Traceback" not in said.getvalue()
        assert out.exists() == (code == 0)


# Days

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y",
         "%d-%b-%Y", "%d/%m/%Y 00:00", "%Y-%m-%d 23:59:59", "%Y-%m-%dT12:30:00.5")  # fmt: skip


@examples(150)
@given(DAYS, st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day, form):
    assert day_of(day.strftime(form)) == day


@examples(200)
@given(st.text(max_size=25) | st.text(st.sampled_from("0123456789-/.: TZ+apmMJjan"), max_size=25))
def test_no_text_is_too_odd_to_be_asked_whether_it_is_a_day(text):
    found = day_of(text)
    assert found is None or 1 <= found.year <= 9999


@examples(150)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)), st.integers(-14 * 4, 14 * 4))
def test_a_moment_is_the_day_it_then_was_in_england(moment, quarters):
    at = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=15 * quarters)))
    assert day_of(at.isoformat()) == at.astimezone(ZoneInfo("Europe/London")).date()
