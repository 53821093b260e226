"""What goes to the lead officer, and what does not (P14)."""

from onroll.rules.circumstances import CIRCUMSTANCES, end_of
from onroll.rules.referral import Route


def test_what_is_not_taken_says_where_it_belongs_and_what_makes_it_true() -> None:
    for circumstance in CIRCUMSTANCES.values():
        assert bool(circumstance.instead) is not circumstance.is_taken
        assert bool(circumstance.asks) is not circumstance.is_taken
    assert sum(circumstance.is_taken for circumstance in CIRCUMSTANCES.values()) == 7
    assert len(CIRCUMSTANCES) == 11


def test_what_is_taken_goes_to_the_hub_and_a_family_who_asks_to_the_officer() -> None:
    routes = {code: end_of(circumstance).route for code, circumstance in CIRCUMSTANCES.items()}
    assert routes.pop("asked_about_places") is Route.LEAD_OFFICER
    taken = {code for code, circumstance in CIRCUMSTANCES.items() if circumstance.is_taken}
    assert {code for code, route in routes.items() if route is Route.MASH} == taken - {
        "asked_about_places"
    }
    about_places = {code for code, c in CIRCUMSTANCES.items() if end_of(c).is_about_places}
    assert about_places == {"asked_about_places"}
