"""Where local policy and law differ, and law to come (law 4.2, 11)."""

from onroll.rules.clocks import CLOCKS
from onroll.rules.departures import DEPARTURES, done_about


def test_there_are_thirteen_departures_and_each_says_both_sides():
    assert len({departure.code for departure in DEPARTURES}) == 13
    for departure in DEPARTURES:
        assert departure.local != departure.law
        assert departure.page.startswith("policy p.")
        assert departure.clause
        assert done_about(departure, not_built=dict.fromkeys(departure.waits_for, "a part"))


def test_a_part_that_is_not_built_is_said_beside_what_is_done():
    four_weeks = next(departure for departure in DEPARTURES if departure.code == "four_weeks")
    said = done_about(four_weeks, not_built={18: "the joint decision", 19: "advice"})
    assert said == "Counts both on the case. Not built yet: the joint decision; advice."


def test_where_a_number_differs_both_clocks_are_kept():
    assert CLOCKS["leaver_at_deletion"].basis == "law"
    assert CLOCKS["cml_20"].basis == "local"
    assert CLOCKS["absence_20"].basis == "law"
    assert CLOCKS["four_weeks"].basis == "local"
