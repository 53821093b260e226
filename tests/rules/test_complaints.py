"""Who complains, and how a family is told."""

from onroll.rules.complaints import COMPLAINANTS, TELLINGS, Complainant
from onroll.rules.enquiries import METHODS


def test_everybody_who_complains_has_words() -> None:
    assert set(COMPLAINANTS) == set(Complainant)


def test_a_family_is_told_in_the_ways_in_which_enquiries_are_made() -> None:
    assert {code for code, _ in TELLINGS} <= {code for code, _ in METHODS}
