"""Which cases a meeting of agencies is asked to talk about, and who came."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from onroll.rules.meetings import (
    GROUNDS,
    AgendaFacts,
    Ground,
    NoPerson,
    grounds_of,
    order,
    people_in,
    without_names,
)
from onroll.rules.risk_level import RiskLevel

TODAY = date(2026, 11, 30)
NEW = TODAY - timedelta(days=27)
NOTHING = AgendaFacts(
    opened_on=NEW,
    level=RiskLevel.MEDIUM,
    is_whereabouts_known=False,
    is_untraced=False,
    is_with_police=False,
    is_overdue_by_law=False,
    is_without_reply=False,
)


def grounds(**facts: Any) -> list[Ground]:
    return grounds_of(replace(NOTHING, **facts), on=TODAY, long_open_days=28)


@pytest.mark.parametrize(
    ("fact", "ground"),
    [
        ({"is_with_police": True}, Ground.POLICE),
        ({"level": RiskLevel.HIGH}, Ground.HIGH_RISK),
        ({"is_untraced": True}, Ground.UNTRACED),
        ({"is_overdue_by_law": True}, Ground.LAW_OVERDUE),
        ({"is_without_reply": True}, Ground.NO_REPLY),
        ({"opened_on": NEW - timedelta(days=1)}, Ground.LONG_OPEN),
    ],
)
def test_each_ground_is_given_by_its_fact(fact: dict[str, Any], ground: Ground) -> None:
    assert grounds() == []
    assert grounds(**fact) == [ground]


def test_a_child_who_is_found_needs_a_meeting_only_for_risk_or_law() -> None:
    every = {
        **{field.name: True for field in fields(NOTHING) if field.name.startswith("is_")},
        "level": RiskLevel.HIGH,
        "opened_on": date(2026, 1, 1),
        "is_untraced": False,
    }
    assert grounds(**every) == [Ground.HIGH_RISK, Ground.LAW_OVERDUE]


def test_the_gravest_are_first_and_then_the_oldest() -> None:
    police, old, new = (
        ([Ground.POLICE], TODAY),
        ([Ground.LONG_OPEN], NEW - timedelta(days=9)),
        ([Ground.LONG_OPEN], NEW),
    )
    assert sorted([new, old, police], key=lambda row: order(*row)) == [police, old, new]


def test_each_ground_has_words() -> None:
    assert set(GROUNDS) == set(Ground)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lind was seen. LIND’s aunt came.", "A. L. was seen. A. L.’s aunt came."),
        ("Nobody said Adam or Lindy.", "Nobody said Adam or Lindy."),
        ("Ada-Lind", "A. L."),
    ],
)
def test_a_name_in_what_was_said_becomes_initials(text: str, expected: str) -> None:
    assert without_names(text, [(("Ada", "Lind", ""), "A. L.")]) == expected


def test_each_child_of_several_has_their_own_initials() -> None:
    brothers = [(("Ada", "Lind"), "A. L."), (("Bo", "Lind"), "B. L.")]
    said = without_names("Ada and Bo Lind. Bo’s sister, Lind.", brothers)
    assert said == "A. L. and B. L.. B. L.’s sister, A. L.."


def test_without_a_name_on_record_nothing_is_replaced() -> None:
    assert without_names("A word.", [(("", "?"), "X.")]) == "A word."


def test_who_came_is_read_from_lines() -> None:
    lines = "Grace Quill, housing\n\n  Ben Oak ,school nursing, north\n"
    assert people_in(lines) == [("Grace Quill", "housing"), ("Ben Oak", "school nursing, north")]


@pytest.mark.parametrize("line", ["Grace Quill", ", housing", "Grace,"])
def test_a_line_without_a_name_or_an_agency_is_said(line: str) -> None:
    with pytest.raises(NoPerson, match="Line 2: write the name, a comma, and for whom they came"):
        people_in(f"Ben Oak, health\n{line}")
