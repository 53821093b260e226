"""What is asked about because it is likely a slip (P10)."""

from datetime import date

import pytest

from onroll.rules.doubts import Doubt, doubts

ON = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", []),
        ("943 476 5919", []),
        ("9434765919", []),
        ("943 476 5918", [Doubt.NHS_NUMBER]),
        ("943 476 591", [Doubt.NHS_NUMBER]),
    ],
)
def test_an_nhs_number_that_does_not_check_is_asked_about(number: str, found: list[Doubt]) -> None:
    assert list(doubts(nhs_number=number, born_on=None, on=ON)) == found


@pytest.mark.parametrize(
    ("born", "found"),
    [
        (date(2018, 5, 3), []),
        (date(2007, 11, 28), []),
        (date(2007, 11, 27), [Doubt.BORN]),
        (date(1998, 5, 3), [Doubt.BORN]),
    ],
)
def test_a_birthday_of_somebody_over_eighteen_is_asked_about(
    born: date, found: list[Doubt]
) -> None:
    assert list(doubts(nhs_number="", born_on=born, on=ON)) == found
