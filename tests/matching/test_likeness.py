"""How alike two names are (matching.md 6.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.likeness import Alike, alike, form
from onroll.matching.variants import tables

NAMES = st.text(st.characters(codec="utf-8", categories=["L", "Zs", "Pd"]), max_size=12)


def level(a: str, b: str) -> Alike:
    return alike(form(a), form(b))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Zoë", "ZOE", Alike.EXACT),
        ("Anne-Marie", "Annemarie", Alike.EXACT),
        ("O'Brien", "OBrien", Alike.EXACT),
        ("Mohammed", "Muhammad", Alike.VARIANT),
        ("Md", "Mohamed", Alike.VARIANT),
        ("Hussain", "Hossain", Alike.VARIANT),
        ("Chowdhury", "Choudhury", Alike.VARIANT),
        ("Oleksandr", "Aleksander", Alike.VARIANT),
        ("Kowalski", "Kowalska", Alike.VARIANT),
        ("Ivanov", "Ivanova", Alike.VARIANT),
        ("Xasan", "Hassan", Alike.VARIANT),
        ("Zhang", "Cheung", Alike.VARIANT),
        ("Niamh", "Neve", Alike.VARIANT),
        ("Lakshmi", "Laxmi", Alike.VARIANT),
        ("Gonçalves", "Goncalves", Alike.EXACT),
        ("Ali Hassan", "Hassan Ali", Alike.VARIANT),
        ("Thomas", "Tom", Alike.SHORT),
        ("Katarzyna", "Kasia", Alike.SHORT),
        ("Alexandra", "Alexa", Alike.SHORT),
        ("Smith", "Smith-Jones", Alike.PART),
        ("Wickramasinghe Arachchilage", "Arachchilage", Alike.PART),
        ("J", "James", Alike.INITIAL),
        ("Beatrix", "Beatrxi", Alike.TYPO),
        ("Greenhalgh", "Grenhalgg", Alike.EDITS),
        ("Kaur", "Grewal", Alike.WEAK),
        ("Beatrix", "Oswald", Alike.DIFFERENT),
        ("", "Oswald", Alike.MISSING),
        ("?", "Oswald", Alike.MISSING),
    ],
)
def test_names_reach_the_level_they_should(one: str, other: str, expected: Alike) -> None:
    assert level(one, other) is expected


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert level(one, other) is level(other, one)


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    assert level(name, name.upper()) in {Alike.EXACT, Alike.MISSING} or name.upper() != name


def test_the_tables_cover_many_traditions_and_say_where_they_come_from() -> None:
    assert len(tables().spellings) > 1500
    assert {"mohammed", "zofia", "siobhan", "oleksandr", "xasan"} <= tables().spellings.keys()
