"""P68: where a school's report goes, by one setting."""

import pytest

from onroll.rules.policy_file import HARROW, PolicyError, parse
from onroll.rules.school_reports import CONCERN_TITLES, SETTINGS, Concern, Desk, desks
from tests.rules.test_policy import changed

HUB, HOME = Desk.HUB, Desk.HOME_EDUCATION


@pytest.mark.parametrize(
    ("setting", "to"), [("hub", {HUB}), ("home_education", {HOME}), ("both", {HUB, HOME})]
)
def test_home_education_goes_where_it_is_set(setting: str, to: set[Desk]) -> None:
    assert desks([Concern.HOME_EDUCATION], setting=setting) == to


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("graver", [Concern.UNKNOWN_DESTINATION, Concern.PROTECTION])
def test_the_hub_always_has_what_is_graver(setting: str, graver: Concern) -> None:
    """Policy p.9 and p.16."""
    assert HUB in desks([graver], setting=setting)
    assert HUB in desks([graver, Concern.HOME_EDUCATION], setting=setting)


@pytest.mark.parametrize("setting", SETTINGS)
def test_any_other_report_goes_to_the_hub(setting: str) -> None:
    assert desks([], setting=setting) == {HUB}


def test_each_concern_has_its_words_and_harrow_sends_to_both() -> None:
    assert CONCERN_TITLES.keys() == set(Concern)
    assert HARROW.school_reports_to == "both"


def test_another_word_is_refused_in_a_sentence() -> None:
    text = changed('school_reports_to = "both"', 'school_reports_to = "nobody"')
    with pytest.raises(PolicyError, match="must be one of 'hub', 'home_education', 'both'"):
        parse(text)
