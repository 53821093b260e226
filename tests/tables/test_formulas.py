"""No list that is written runs anything in a spreadsheet (trust.md 1.10)."""

import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.tables.formulas import RUNS, harmless, harmless_sql

ONROLL = Path(__file__).parents[2] / "onroll"
WRITES = re.compile(r"csv\.(?:Dict)?[Ww]riter\(|xlsxwriter\.Workbook\(|\bcopy \(\{|to_csv\(")
CARES = re.compile(r"\bharmless(?:_sql)?\(|map\(harmless\b|\bstrings_to_formulas\b")
FOR_NOBODY = {
    "commands/compare/linking.py": "a copy for the linker to read, in a folder of its own",
    "demo/directory.py": "made-up postcodes, read back at once in a folder of its own",
    "demo/rolls.py": "made-up schools write as schools do, and not with our care",
    "tables/plain.py": "a copy for the linker to read, in a folder of its own",
}
"""What writes a list that no person opens."""


@pytest.mark.parametrize("mark", RUNS)
def test_what_would_run_gets_an_apostrophe(mark):
    assert harmless(f"{mark}1+1") == f"'{mark}1+1"


def test_other_text_stays_as_it_is():
    for text in ("", "Example", "1+1", "'=1", " =1"):
        assert harmless(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.sampled_from(RUNS))
def test_sql_does_as_python_does(text):
    if "\0" in text:
        return
    with duckdb.connect() as own:
        query = f"select {harmless_sql('t')} from (select ? as t)"
        assert own.execute(query, [text]).fetchall() == [(harmless(text),)]


def test_whoever_writes_a_list_takes_care():
    writers = {
        str(path.relative_to(ONROLL)): text
        for path in ONROLL.rglob("*.py")
        if WRITES.search(text := path.read_text("utf-8"))
    }
    careless = {name for name, text in writers.items() if not CARES.search(text)}
    assert careless <= set(FOR_NOBODY)
    assert {
        "cases/sheets.py",
        "reports/sheet.py",
        "commands/compare/writing.py",
        "matching/files/problems.py",
        "matching/files/writing.py",
    } <= set(writers)
