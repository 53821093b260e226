"""Action points: what asks for them, and what may become of each."""

from dataclasses import fields

from onroll.rules.action_points import ENDINGS, FATES, ORIGINS, Fate, Origin
from onroll.rules.clocks import CLOCKS
from onroll.rules.policy import LocalPolicy


def test_each_origin_has_its_clock_and_its_number_of_days() -> None:
    assert set(ORIGINS) == set(Origin)
    settings = {field.name for field in fields(LocalPolicy)}
    for rule in ORIGINS.values():
        assert rule.setting in settings
        assert CLOCKS[rule.clock].setting == rule.setting
    assert ORIGINS[Origin.MEETING].name("234-567-89A") == "Meeting of agencies 234-567-89A"


def test_what_goes_on_does_so_only_when_the_case_closes() -> None:
    assert set(FATES) == set(Fate)
    assert set(Fate) - set(ENDINGS) == {Fate.GOES_ON}
