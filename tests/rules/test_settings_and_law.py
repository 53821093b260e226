"""No setting changes what the law fixes: each is tried, at the ends of what it may be."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onroll.rules import clocks, returns
from onroll.rules import policy as policy_module
from onroll.rules.calendar import SchoolCalendar, Term
from onroll.rules.clocks import ROWS
from onroll.rules.findings import OF_NOBODY
from onroll.rules.grounds import GROUNDS
from onroll.rules.leavers import Leaver, meaning
from onroll.rules.policy import MOST, LocalPolicy
from onroll.rules.policy_file import HARROW, PolicyError, parse
from onroll.rules.removal import decide, local_checks
from onroll.rules.returns import RETURNS

SHIPPED = (Path(policy_module.__file__).parent / "harrow.toml").read_text("utf-8")
SCHOOL = SchoolCalendar((Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),))
STARTS = [date(2026, 11, day) for day in (2, 7, 9, 20)]
OF_LAW = [clock for clock in ROWS if clock.basis == "law"]
ASKED = {"is_most_junior_class_return_asked", "is_most_senior_class_return_asked"}
"""What the law lets the authority ask for as well (reg 13(3), (6)); it can take nothing away."""
SETTINGS = [field for field in fields(LocalPolicy) if "section" in field.metadata]


def others(name: str, least: int | None) -> list[Any]:
    """Return other values that a setting may have."""
    value = getattr(HARROW, name)
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [least or 0, MOST]
    if name == "list_findings_to_case":
        return [tuple(sorted(OF_NOBODY))]
    return [value[:1]] if isinstance(value, tuple) else [f"{value} and more"]


def law(policy: LocalPolicy) -> tuple[Any, ...]:
    """Return all that the rules say of the law under a policy."""
    due = [
        clocks.due_on(clock, start, calendar=SCHOOL, policy=policy)
        for clock in OF_LAW
        for start in STARTS
    ]
    answers = {q.code: True for ground in GROUNDS.values() for q in ground.questions}
    plan = [dict.fromkeys((check.text for check in local_checks(answers, policy)), True)]
    verdicts = [
        decide(code, {**answers, **more}, on=STARTS[0])
        for code in GROUNDS
        for more in ({}, *plan, {"of_school_age": False})
    ]
    rows = [meaning(Leaver(day=STARTS[0], leaving_reason=code)) for code in ("MI", "EL", "LC")]
    owed = [returns.missing_items(kind, ()) for kind in RETURNS.values()]
    ordinary = (
        returns.is_joiner_owed(
            in_most_junior_class=False, on_first_day_of_year=True, policy=policy
        ),
        returns.is_leaver_owed(
            in_most_senior_class=False, at_or_after_end_of_year=True, policy=policy
        ),
    )
    return due, verdicts, rows, owed, ordinary


AS_SHIPPED = law(HARROW)


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
def test_no_setting_changes_what_the_law_fixes(setting: Any):
    for value in others(setting.name, setting.metadata["least"]):
        assert law(replace(HARROW, **{setting.name: value})) == AS_SHIPPED


@pytest.mark.parametrize("setting", sorted(ASKED))
def test_an_authority_may_ask_for_more_returns_and_for_no_fewer(setting: str):
    class_ = {"in_most_junior_class": True, "on_first_day_of_year": True}
    leaver = {"in_most_senior_class": True, "at_or_after_end_of_year": True}
    asked, unasked = (replace(HARROW, **{setting: value}) for value in (True, False))
    for policy, wanted in ((asked, 1), (unasked, 0)):
        owed = returns.is_joiner_owed(**class_, policy=policy) + returns.is_leaver_owed(
            **leaver, policy=policy
        )
        assert owed == wanted


@pytest.mark.parametrize("clock", OF_LAW, ids=[clock.code for clock in OF_LAW])
def test_no_clock_of_the_law_reads_a_setting(clock: clocks.Clock):
    assert not clock.setting
    assert clock.from_on or clock.begins_with


def test_the_local_point_may_not_come_before_the_law_allows():
    # Regs 2024 reg 9(1)(i): twenty school days.
    shipped = "four_week_point_school_days = 20"
    text = SHIPPED.replace(shipped, "four_week_point_school_days = 19")
    with pytest.raises(PolicyError, match="at least 20"):
        parse(text)
    later = f"{SHIPPED}\n[[changes]]\nfrom_on = 2027-01-01\ndays.four_week_point_school_days = 19\n"
    with pytest.raises(PolicyError, match="at least 20"):
        parse(later)
