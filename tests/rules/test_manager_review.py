"""What a manager's review of a case cannot do without, and how often it comes."""

from datetime import date, timedelta
from typing import Any

from onroll.rules.clocks import CLOCKS as EVERY_CLOCK
from onroll.rules.manager_review import ASKED, CLOCKS, lacking_in_manager_review
from onroll.rules.risk_level import RiskLevel

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
HIGH, LOW = RiskLevel.HIGH, RiskLevel.LOW


def lacks(**more: Any) -> dict[str, str]:
    told: dict[str, Any] = {
        "words": dict.fromkeys(ASKED, "So."),
        "level": HIGH,
        "by_facts": HIGH,
        "level_why": "",
        "next_on": TODAY + DAY,
        "last_on": TODAY + 14 * DAY,
        "today": TODAY,
    }
    return lacking_in_manager_review(**(told | more))


def test_each_level_has_a_clock_of_the_authority() -> None:
    """P38: policy p.18."""
    assert {EVERY_CLOCK[code].basis for code in CLOCKS.values()} == {"local"}
    assert set(CLOCKS) == set(RiskLevel)


def test_a_review_says_what_is_known_what_was_done_and_what_is_decided() -> None:
    """P38: policy p.18."""
    assert lacks() == {}
    assert list(lacks(words={})) == ["whereabouts", "done", "decisions"]


def test_another_level_than_the_facts_give_needs_a_reason() -> None:
    assert "the facts give high" in lacks(level=LOW)["level_why"]
    assert lacks(level=LOW, level_why="The plan ended.") == {}


def test_the_next_review_is_no_later_than_the_level_asks() -> None:
    assert list(lacks(next_on=None)) == ["next_on"]
    assert "high risk waits no longer" in lacks(next_on=TODAY + 15 * DAY)["next_on"]
    assert list(lacks(next_on=TODAY)) == ["next_on"]
    assert lacks(next_on=TODAY + 14 * DAY) == {}
