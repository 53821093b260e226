"""Who may be the child, and who only bears a name like theirs."""

from datetime import date

import pytest

from onroll.rules.likeness import (
    FAR,
    HomeLikeness,
    compare_home,
    shares_a_name_alone,
    years_apart,
)

BOTH = ("forename", "surname")


@pytest.mark.parametrize(
    ("alike", "is_whole_name", "is_born_known", "is_weak"),
    [
        (BOTH, True, False, False),
        (("name",), True, False, False),
        (("surname",), False, False, False),
        (("surname",), True, False, True),
        (BOTH, True, True, True),
        (("name",), True, True, True),
        ((*BOTH, "born"), True, True, False),
        (("surname", "born"), True, True, False),
        (("number",), True, True, False),
        ((), True, False, True),
    ],
)
def test_a_name_alone_is_weak_where_the_birthday_or_the_other_name_is_another(
    alike: tuple[str, ...], is_whole_name: bool, is_born_known: bool, is_weak: bool
) -> None:
    known = {"is_whole_name": is_whole_name, "is_born_known": is_born_known}
    assert shares_a_name_alone(alike, **known) is is_weak


@pytest.mark.parametrize(
    ("born", "told_born", "told_age", "apart"),
    [
        (date(2016, 3, 1), date(2016, 3, 1), None, 0),
        (date(2016, 3, 1), date(2015, 3, 2), 4, 1),
        (date(2016, 3, 1), None, 8, 2),
        (date(2016, 3, 1), None, None, FAR),
        (None, date(2016, 3, 1), 10, FAR),
    ],
)
def test_a_birthday_tells_more_of_how_near_two_children_are_than_an_age(
    born: date | None, told_born: date | None, told_age: int | None, apart: float
) -> None:
    on = date(2026, 11, 18)
    assert years_apart(born, told_born=told_born, told_age=told_age, on=on) == apart


@pytest.mark.parametrize(
    ("told", "lines", "likeness"),
    [
        ("12 Elm Road", ["12 Elm Road"], HomeLikeness.SAME),
        ("12, elm rd., Harrow", ["Flat 2", "12 Elm Road"], HomeLikeness.SAME),
        ("Elm Road", ["12 Elm Road"], HomeLikeness.STREET),
        ("somewhere in Elm Road", ["12a Elm Road"], HomeLikeness.STREET),
        ("Elm Road", ["Elm Road"], HomeLikeness.STREET),
        ("112 Elm Road", ["12 Elm Road"], HomeLikeness.ANOTHER_HOUSE),
        ("12 Oak Road", ["12 Elm Road"], HomeLikeness.ANOTHER_STREET),
        ("St Ann’s Rd", ["3 St Ann's Road"], HomeLikeness.STREET),
        ("Harrow", ["12 Elm Road"], HomeLikeness.NOT_KNOWN),
        ("12 Elm Road", ["The Barn", "Harrow"], HomeLikeness.NOT_KNOWN),
        ("the barn", ["The Barn", "Harrow"], HomeLikeness.SAME),
        ("12 Elm Road", [], HomeLikeness.NOT_KNOWN),
        ("", ["12 Elm Road"], HomeLikeness.NOT_KNOWN),
    ],
)
def test_a_street_that_was_told_is_compared_without_a_postcode(
    told: str, lines: list[str], likeness: HomeLikeness
) -> None:
    assert compare_home(told, lines) is likeness
