"""The level of risk of a case: what its facts give, and what an officer sets instead."""

from datetime import UTC, datetime, timedelta

import pytest

from onroll.rules.groups import RISK_GROUPS
from onroll.rules.pathway import Stage
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.risk_level import (
    FACTS,
    LEVEL_TITLES,
    Choice,
    Kind,
    RiskLevel,
    Sign,
    codes_of,
    judge,
    why_not_set,
)
from onroll.rules.urgency import GROUP, URGENT_BY_ITSELF

AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HIGH, MEDIUM, LOW = LEVEL_TITLES


def test_each_fact_is_of_a_code_there_is_and_names_a_page() -> None:
    assert set(codes_of(Kind.GROUP)) <= set(RISK_GROUPS)
    assert set(codes_of(Kind.REASON)) <= set(CASE_REASONS)
    assert set(codes_of(Kind.STAGE)) <= set(Stage)
    assert all(fact.source.startswith("policy p.") for fact in FACTS)
    assert len({(fact.kind, fact.code) for fact in FACTS}) == len(FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.code)
def test_each_fact_alone_gives_its_level(fact) -> None:
    assert judge([Sign(fact.kind, fact.code, AT)]).level is fact.level


def test_what_makes_a_referral_urgent_makes_a_case_high() -> None:
    for asker, code in URGENT_BY_ITSELF:
        if asker == GROUP:
            assert code in codes_of(Kind.GROUP, HIGH)
        if asker == "reason":
            assert code in codes_of(Kind.REASON, HIGH)


def test_the_gravest_counts_and_what_does_not_count_is_left_out() -> None:
    signs = [Sign(Kind.GROUP, code, AT) for code in ("young_carer", "bullied", "child_protection")]
    found = judge(signs)
    assert found.level is found.by_facts is HIGH
    assert [fact.code for fact in found.facts] == ["child_protection", "young_carer"]
    assert judge([]).level is LOW


def test_what_is_set_counts_instead_of_what_was_known_and_beside_what_is_new() -> None:
    old, new = Sign(Kind.REVIEW, "yes", AT - HOUR), Sign(Kind.GROUP, "homeless", AT + HOUR)
    set_low = Choice(LOW, AT)
    assert judge([old], set_low).level is LOW
    assert judge([old], set_low).by_facts is HIGH
    assert judge([old, new], set_low).level is MEDIUM
    assert [fact.code for fact in judge([old, new], set_low).new] == ["homeless"]
    assert judge([new], Choice(HIGH, AT)).level is HIGH
    assert judge([Sign(Kind.STAGE, "untraced")], set_low).level is LOW


def test_a_level_is_set_only_where_it_is_another() -> None:
    assert "already" in why_not_set(LOW, by_facts=LOW, is_set=None)
    assert "already" in why_not_set(HIGH, by_facts=LOW, is_set=HIGH)
    assert why_not_set(LOW, by_facts=LOW, is_set=HIGH) == ""
    assert why_not_set(RiskLevel.MEDIUM, by_facts=LOW, is_set=None) == ""
