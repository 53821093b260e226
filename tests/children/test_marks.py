"""Where two records differ: letters marked, and the same said in words.

WCAG 2.2 1.4.1; DESIGN.md section 8.
"""

import pytest

from onroll.children.side_by_side.marks import cell, mark_value

MARK = '<mark class="onroll-mark">{}</mark>'.format


@pytest.mark.parametrize(
    ("field", "value", "other", "expected"),
    [
        ("surname", "Exampler", "Example", "Example" + MARK("r")),
        ("surname", "Example", "Exampler", "Example"),
        ("forename", "Sara", "Tara", MARK("S") + "ara"),
        ("upn", "A123", "A153", "A1" + MARK("2") + "3"),
        ("postcode", "HA1 2AB", "HA1 2AD", "HA1 2A" + MARK("B")),
        ("born", "9 May 2014", "8 May 2014", MARK("9") + " May 2014"),
        ("born", "9 May 2014", "9 July 2014", "9 " + MARK("May") + " 2014"),
        ("sex", "Female", "Male", MARK("Female")),
        ("forename", "Milena", "Klevis", MARK("Milena")),
        ("postcode", "WD19 2UM", "HA7 6WC", MARK("WD19 2UM")),
    ],
)
def test_the_letters_that_differ_are_marked(field, value, other, expected) -> None:
    assert str(mark_value(field, value, (other,))) == expected


@pytest.mark.parametrize(
    ("value", "other"), [("O’Brien", "OBRIEN"), ("José", "Jose"), ("Ann Marie", "Ann-Marie")]
)
def test_case_accents_and_signs_are_no_difference(value, other) -> None:
    assert mark_value("surname", value, (other,)) == value


def test_a_value_is_marked_against_the_nearest_of_several() -> None:
    assert str(mark_value("surname", "Smyth", ("Patel", "Smith"))) == "Sm" + MARK("y") + "th"


def test_beside_nothing_nothing_is_marked() -> None:
    assert mark_value("surname", "Example", ()) == "Example"


def test_what_a_file_says_is_never_markup() -> None:
    said = str(mark_value("surname", "<b>Ex", ("<i>Ex",)))
    assert "<b>" not in said
    assert said.startswith("&lt;")


def test_a_difference_is_a_tag_and_a_reason_too_not_a_colour() -> None:
    reasons = [("surname", "near", "The surnames are one letter apart.")]
    found = cell("surname", ("Exampler",), ("Example",), reasons)
    assert found.label == ("Nearly", "soon")
    assert found.why == "The surnames are one letter apart."
    assert not found.is_same
    assert "<mark" in str(found.values[0])


def test_one_name_in_common_is_enough_and_no_other_is_marked() -> None:
    reasons = [("surname", "agrees", "The same surname.")]
    found = cell("surname", ("Example", "Former"), ("Example",), reasons)
    assert found.values == ("Example", "Former")
    assert found.label == ("Agrees", "done")


def test_numbers_that_cannot_be_compared_are_said_to_be_so() -> None:
    why = "One of the records has no permanent pupil number."
    reasons = [("upn", "missing", why)]
    assert cell("upn", ("A1",), ("B2",), reasons).label == ("Cannot be compared", "quiet")
    assert cell("upn", ("A1",), (), reasons).label is None
    assert cell("upn", (), ("B2",), reasons).values == ("Not said",)
