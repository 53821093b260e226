"""Keys by which children are found: a forename and a surname together, whichever came first."""

from datetime import date

import pytest

from onroll.matching.blocking.search_keys import (
    birthday_halves,
    pair_keys,
    pairs_of_sounds,
    sounds_of_spellings,
)

BORN = date(2015, 3, 4)


def sought(forename: str, surname: str, born: date | None = BORN) -> set[str]:
    pairs = pairs_of_sounds(sounds_of_spellings(forename), sounds_of_spellings(surname))
    return {
        f"{pair}{when}" for pair in pairs for when in (birthday_halves(born) if born else ("",))
    }


@pytest.mark.parametrize(
    ("forename", "surname", "born"),
    [
        ("Mohammed", "Chowdhury", BORN),
        ("Muhammad", "Choudhury", BORN),
        ("Chowdhury", "Md", BORN),
        ("Mohammed", "Chowdhury", date(2015, 11, 30)),
        ("Mohammed", "Chowdhury", date(2014, 3, 4)),
        ("Mohammed Ali", "Chowdhury", BORN),
        ("Mohammed", "Hale-Chowdhury", None),
    ],
)
def test_a_pair_is_found_however_it_is_written(forename, surname, born) -> None:
    assert sought(forename, surname, born) & pair_keys(["Mohammed"], ["Chowdhury"], BORN)


def test_short_forms_are_looked_for() -> None:
    assert sought("Bill", "Okonkwo") & pair_keys(["William"], ["Okonkwo"], BORN)


def test_a_pair_is_not_found_by_one_half_of_it() -> None:
    assert not sought("Mohammed", "Okonkwo") & pair_keys(["Mohammed"], ["Chowdhury"], BORN)
    assert not sought("Mohammed", "Chowdhury") & pair_keys(
        ["Mohammed"], ["Chowdhury"], date(2011, 8, 30)
    )


def test_of_a_child_without_a_birthday_the_key_says_so() -> None:
    assert pair_keys(["Sam"], ["Hale"], None) == {
        f"{pair}{when}" for pair in pairs_of_sounds(["sm"], ["l"]) for when in ("", ":?")
    }
