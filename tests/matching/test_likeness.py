"""How alike two names are (matching.md 6.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.comparison.name_levels import NameLevel, compare_names
from onroll.matching.names.forms import name_form
from onroll.matching.names.variants import tables

NAMES = st.text(st.characters(codec="utf-8", categories=["L", "Zs", "Pd"]), max_size=12)


def level(a: str, b: str) -> NameLevel:
    return compare_names(name_form(a), name_form(b))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Zoë", "ZOE", NameLevel.EXACT),
        ("Anne-Marie", "Annemarie", NameLevel.EXACT),
        ("O'Brien", "OBrien", NameLevel.EXACT),
        ("Mohammed", "Muhammad", NameLevel.VARIANT),
        ("Md", "Mohamed", NameLevel.VARIANT),
        ("Hussain", "Hossain", NameLevel.VARIANT),
        ("Chowdhury", "Choudhury", NameLevel.VARIANT),
        ("Oleksandr", "Aleksander", NameLevel.VARIANT),
        ("Kowalski", "Kowalska", NameLevel.VARIANT),
        ("Ivanov", "Ivanova", NameLevel.VARIANT),
        ("Xasan", "Hassan", NameLevel.VARIANT),
        ("Zhang", "Cheung", NameLevel.VARIANT),
        ("Niamh", "Neve", NameLevel.VARIANT),
        ("Lakshmi", "Laxmi", NameLevel.VARIANT),
        ("Gonçalves", "Goncalves", NameLevel.EXACT),
        ("Ali Hassan", "Hassan Ali", NameLevel.VARIANT),
        ("Thomas", "Tom", NameLevel.SHORT),
        ("Katarzyna", "Kasia", NameLevel.SHORT),
        ("Alexandra", "Alexa", NameLevel.SHORT),
        ("Smith", "Smith-Jones", NameLevel.PART),
        ("Wickramasinghe Arachchilage", "Arachchilage", NameLevel.PART),
        ("J", "James", NameLevel.INITIAL),
        ("Beatrix", "Beatrxi", NameLevel.TYPO),
        ("Greenhalgh", "Grenhalgg", NameLevel.EDITS),
        ("Kaur", "Grewal", NameLevel.WEAK),
        ("Beatrix", "Oswald", NameLevel.DIFFERENT),
        ("", "Oswald", NameLevel.MISSING),
        ("?", "Oswald", NameLevel.MISSING),
    ],
)
def test_names_reach_the_level_they_should(one: str, other: str, expected: NameLevel) -> None:
    assert level(one, other) is expected


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert level(one, other) is level(other, one)


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    assert level(name, name.upper()) in {NameLevel.EXACT, NameLevel.MISSING} or name.upper() != name


def test_the_tables_cover_many_traditions_and_say_where_they_come_from() -> None:
    assert len(tables().spellings) > 1500
    assert {"mohammed", "zofia", "siobhan", "oleksandr", "xasan"} <= tables().spellings.keys()
