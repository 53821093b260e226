"""Reasons, the Department's words, risk groups and enquiries (P03, P06, P12, P57; law 2.6, 5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.referrals.definition.worry import REASONS
from onroll.rules import reasons
from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.reasons import CASE_REASONS, DFE_DURATION_BANDS, DFE_PRIMARY_REASONS
from onroll.rules.requirements import REQUIREMENTS


def test_every_case_reason_has_a_requirement_and_a_source():
    assert {
        "unknown_destination", "no_answer", "never_arrived", "ceased_to_attend", "moved_in",
        "home_education_unsuitable", "referral",
    } <= CASE_REASONS.keys()  # fmt: skip
    for code, reason in CASE_REASONS.items():
        assert reason.code == code
        assert reason.requirement.startswith("P")
        assert reason.source


def test_there_are_twenty_primary_reasons_and_no_officer_can_leave_one_out():
    assert [reason.number for reason in DFE_PRIMARY_REASONS.values()] == list(range(1, 21))
    cannot = [code for code, reason in DFE_PRIMARY_REASONS.items() if not reason.can_be_chosen]
    assert cannot == ["not_recorded"]
    assert (
        DFE_PRIMARY_REASONS["left_for_country"].title == "Believed to have moved to another country"
    )


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (0, "Less than 2 weeks"),
        (13, "Less than 2 weeks"),
        (14, "2 to 4 weeks"),
        (28, "4 to 8 weeks"),
        (56, "8 to 12 weeks"),
        (84, "12 to 26 weeks"),
        (181, "12 to 26 weeks"),
        (182, "26 to 52 weeks"),
        (363, "26 to 52 weeks"),
        (364, "Over 52 weeks"),
        (None, "Unknown"),
    ],
)
def test_a_time_falls_in_one_band(days: int | None, title: str):
    assert reasons.duration_band(days).title == title


@given(st.integers(min_value=-5, max_value=5000))
def test_a_longer_time_is_never_in_an_earlier_band(days: int):
    places = [DFE_DURATION_BANDS.index(reasons.duration_band(n)) for n in (days, days + 1)]
    assert places == sorted(places)


def test_there_are_seven_national_groups_and_sixteen_of_harrow():
    bases = [group.basis for group in RISK_GROUPS.values()]
    assert (bases.count("national"), bases.count("local")) == (7, 16)


def test_the_enquiries_cover_school_and_authority():
    assert {step.by for step in ENQUIRY_STEPS.values()} == {"school", "authority", "either"}
    assert {"home_visit", "council_tax", "giap", "s2s", "hmrc"} <= ENQUIRY_STEPS.keys()


def test_the_requirements_reasons_cite_are_in_the_list_of_them():
    assert {reason.requirement for reason in CASE_REASONS.values()} <= REQUIREMENTS.keys()


BORN, SINCE = date(2018, 5, 5), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("day", "born", "why"),
    [
        (date(2018, 5, 4), BORN, "before the child was born"),
        (date(2022, 5, 4), BORN, "not yet 4 years old"),
        (date(2025, 11, 7), BORN, "more than a year before the child was missing"),
        (date(2025, 11, 7), None, "more than a year before the child was missing"),
        (date(2025, 11, 8), BORN, ""),
        (date(2026, 11, 2), None, ""),
    ],
)
def test_the_day_from_which_the_law_counts_is_one_that_can_be(
    day: date, born: date | None, why: str
):
    words = reasons.why_not_event(reasons.EVENTS["excluded"], day, born=born, since=SINCE)
    assert (why in words) if why else not words


def test_what_a_form_says_of_why_it_refers_is_why_the_child_is_on_the_register():
    assert set(reasons.OF_REFERRAL) < {code for code, _ in REASONS}
    assert set(reasons.OF_REFERRAL.values()) < CASE_REASONS.keys()
    assert reasons.reason_of_referral("no_destination") == "unknown_destination"
    for vague in ("", "other", "home_education", "no_school_named"):
        assert reasons.reason_of_referral(vague) == "referral"
