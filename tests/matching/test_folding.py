"""Names are folded to plain letters, whatever script they are written in, and found by them."""

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching.blocking.search_keys import (
    pair_keys,
    search_keys,
    sorted_written_keys,
    sounds_of_spellings,
    written_keys,
)
from onroll.matching.names.folding import fold

LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lm", "Lo"])


@given(LETTERS)
def test_no_letter_is_folded_away_and_all_are_plain(letter: str) -> None:
    folded = fold(letter)
    assert folded
    assert folded.replace(" ", "").isascii()
    assert folded.replace(" ", "").isalpha()
    assert folded == folded.lower()


def test_every_letter_there_is_has_a_plain_form() -> None:
    letters = filter(str.isalpha, map(chr, range(sys.maxunicode + 1)))
    assert [letter for letter in letters if not (fold(letter) and fold(letter).isascii())] == []


@given(st.text(max_size=30))
def test_to_fold_twice_is_to_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Łukasz Łapiński", "lukasz lapinski"),
        ("Đorđe Đokić", "dorde dokic"),
        ("Işıl Yıldız", "isil yildiz"),
        ("İbrahim", "ibrahim"),
        ("Øystein", "oystein"),
        ("Mæve", "maeve"),
        ("Þór", "thor"),
        ("Дмитро", "dmitro"),
        ("Ελένη", "eleni"),
        ("O’Neill-Strauß", "o neill strauss"),
        ("Zoë\u0308", "zoe"),
        ("  ANNE  marie ", "anne marie"),
        ("😀 Sam 2", "sam"),
    ],
)
def test_what_a_name_is_folded_to(written: str, plain: str) -> None:
    assert fold(written) == plain


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (("Łukasz", "Łapiński"), ("Lukasz", "Lapinski")),
        (("Đorđe", "Đokić"), ("Dorde", "Dokic")),
        (("Işıl", "Yıldız"), ("Isil", "Yildiz")),
        (("Дмитро", "Шевченко"), ("Dmitro", "Shevchenko")),
        (("FNU", "Rahimullah"), ("Unknown", "Rahimullah")),
        (("Baby", "Marchbanks"), ("Baby", "Marchbanks")),
    ],
)
def test_a_child_is_found_by_the_plain_letters_and_by_its_own(
    stored: tuple[str, str], typed: tuple[str, str]
) -> None:
    """What is kept and what is looked for are keys of one function, either way round."""
    for kept, asked in ((stored, typed), (typed, stored)):
        keys = set(search_keys(kept))
        assert keys & set(sorted_written_keys(asked))
        assert keys & {f"s:{sound}" for name in asked for sound in sounds_of_spellings(name)}


def test_what_stands_for_no_name_is_no_key_of_a_child_who_has_one() -> None:
    assert written_keys(["FNU Rahimullah"]) == ["n:rahimullah"]
    assert pair_keys(["Sam"], ["Unknown Hale"], date(2015, 3, 4)) == pair_keys(
        ["Sam"], ["Hale"], date(2015, 3, 4)
    )
