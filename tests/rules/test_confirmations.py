"""What an officer states before a claim of a school is taken as so."""

from datetime import date, timedelta

import pytest

from onroll.rules import confirmations

ON = date(2026, 11, 23)
SAID = {"confirmed_by": "Mrs Khan, head", "confirmed_how": "telephone", "confirmed_on": ON}


@pytest.mark.parametrize("effect", [*confirmations.FACTS, "something else"])
def test_a_tick_confirms_nothing(effect: str):
    assert {"confirmed_by", "confirmed_how", "confirmed_on"} <= confirmations.refuse(
        effect, {}, on=ON
    ).keys()


def test_a_first_day_may_lie_ahead_and_a_confirmation_may_not():
    later = ON + timedelta(days=1)
    facts = SAID | {"starts_on": later}
    assert confirmations.refuse("named_destination", facts, on=ON) == {}
    wrong = confirmations.refuse("named_destination", facts | {"confirmed_on": later}, on=ON)
    assert wrong.keys() == {"confirmed_on"}
