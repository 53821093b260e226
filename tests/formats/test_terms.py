"""Lists of terms and closures, which the clocks of P32 count by."""

from datetime import date

import pytest

from onroll.formats import Unreadable
from onroll.formats.terms import read_terms

HEAD = "School,What,Name,First day,Last day\n"


def problem(row: str) -> str:
    listed = read_terms((HEAD + row).encode(), name="terms.csv")
    assert listed.dates == ()
    return listed.problems[0]


def test_terms_and_closures_are_read_for_one_school_or_for_all():
    rows = ",Term,Autumn,01/09/2026,2026-12-18\n\n310/2001,closed,INSET,02/11/2026,\n"
    term, inset = read_terms((HEAD + rows).encode(), name="terms.csv").dates
    assert (term.number, term.is_term, term.name) == ("", True, "Autumn")
    assert (term.starts_on, term.ends_on) == (date(2026, 9, 1), date(2026, 12, 18))
    assert (inset.row, inset.number, inset.is_term) == (4, "3102001", False)
    assert inset.starts_on == inset.ends_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("31020,term,A,01/09/2026,18/12/2026", "seven-digit number"),
        (",holiday,A,01/09/2026,18/12/2026", "should be “term” or “closed”"),
        (",term,A,01/09/2026,", "not a date such as"),
        (",term,A,31/09/2026,18/12/2026", "not a date such as"),
        (",term,A,18/12/2026,01/09/2026", "ends before it starts"),
        (",term,A,01/09/2026,18/12/2027", "too long to be right"),
        (",closed,A,01/09/2026,18/12/2026", "too long to be right"),
        (",term,A", "not a date such as"),
    ],
)
def test_a_row_that_is_wrong_is_named_in_a_sentence(row, words):
    said = problem(row)
    assert said.startswith("Row 2: ")
    assert words in said


def test_a_list_without_its_columns_is_refused():
    with pytest.raises(Unreadable, match="“What” and “Last day”"):
        read_terms(b"School,Name,First day\n", name="terms.csv")
