"""Law and policy by the day of the event, and sections that begin (law 4.2, 13)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import (
    clocks,
    duties,
    grounds,
    law_page,
    orders,
    policy,
    policy_file,
    referral,
    removal,
)
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.commencement import PROVISIONS, Provision, Provisions
from onroll.rules.dated import Dated, holds_from, in_force, row_on
from onroll.rules.policy_file import HARROW
from onroll.rules.removal import Lawful, decide
from onroll.rules.sources import DATED, law_on

DAY = date(2027, 9, 1)
EVE = DAY - timedelta(days=1)
TODAY = date(2026, 11, 28)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1))


def begun(*codes: str) -> Provisions:
    """Return the provisions as they would be had these begun on the day."""
    return {**PROVISIONS, **{code: replace(PROVISIONS[code], from_on=DAY) for code in codes}}


# What each section changes on the day it begins: what starts to hold, and what no longer does.
CHANGES: dict[str, tuple[set[str], set[str]]] = {
    "s434A": ({"consent withdrawal", "duty withdrawal_told"}, set()),
    "s434B": ({"consent meeting", "duty withdrawal_meeting"}, set()),
    "s436B": ({"clock register_home_15"}, set()),
    "s436C": ({"clock register_setting_15"}, set()),
    "s436D": ({"clock parent_tells_15"}, set()),
    "s436E": ({"clock provider_tells_15"}, set()),
    "s436F": ({"duty register_follows"}, set()),
    "s436G": ({"duty support"}, set()),
    "s436H": (
        {"clock preliminary_5", "clock preliminary_answer_15", "step preliminary_notice"},
        {"clock sao_15", "step first_notice"},
    ),
    "s436I": ({"clock order_5", "step order_2026"}, {"step order"}),
    "s436J": ({"step order_with_plan_2026"}, {"step order_with_plan"}),
    "s436L": (
        {"clock nomination_choice_15", "step nomination_notice"},
        {"clock sao_choice_15", "step second_notice"},
    ),
    "s436M": ({"rule naming_2026"}, {"rule naming"}),
    "s436N": (
        {
            "clock decision_notice_15", "clock direction_10", "clock nomination_5",
            "step school_notice",
        },
        {"clock sao_direction_15", "step school_consulted"},
    ),
    "s436O": ({"rule changing_2026"}, {"rule changing"}),
    "s436P": ({"rule revoking_2026"}, {"rule revoking"}),
    "s436Q": ({"rule breach_2026"}, {"rule breach"}),
    "s436T": ({"basis no_confidence_broken"}, set()),
    "s16LA": ({"duty share", "basis duty_to_share"}, set()),
    "s16LC": ({"duty identifier"}, set()),
    "s62": ({"duty direction"}, set()),
}  # fmt: skip


def test_every_section_without_a_day_is_tried():
    assert CHANGES.keys() == {p.code for p in PROVISIONS.values() if p.from_on is None}


@pytest.mark.parametrize("code", CHANGES)
def test_a_section_that_begins_changes_what_names_it_and_nothing_else(code: str):
    begins, ends = CHANGES[code]
    as_begun = begun(code)
    before, after = law_on(EVE, as_begun), law_on(DAY, as_begun)
    assert after - before == begins
    assert before - after == ends
    assert before == law_on(EVE)
    assert not begins & law_on(date(2099, 1, 1))


def test_every_section_is_read_by_something():
    named = {row.begins_with for rows in DATED.values() for row in rows}
    named |= {row.ends_with for rows in DATED.values() for row in rows}
    assert named - {""} == PROVISIONS.keys()


@pytest.mark.parametrize(("code", "first"), [("regs_2024", "2024-08-19"), ("s19B", "2026-06-29")])
def test_a_section_is_in_force_from_its_day(code: str, first: str):
    day = date.fromisoformat(first)
    assert PROVISIONS[code].is_in_force(on=day)
    assert not PROVISIONS[code].is_in_force(on=day - timedelta(days=1))


def test_a_section_may_end():
    pilot = Provision("pilot", "A pilot", "EA96 s.434B", DAY, DAY + timedelta(days=730))
    assert not pilot.is_in_force(on=EVE)
    assert pilot.is_in_force(on=DAY + timedelta(days=730))
    assert not pilot.is_in_force(on=DAY + timedelta(days=731))


@dataclass(frozen=True, kw_only=True)
class Limit(Dated):
    n: int


LIMITS = (
    Limit(code="a", n=10, until_on=EVE),
    Limit(code="a", n=15, from_on=DAY),
    Limit(code="b", n=1, from_on=DAY, ends_with="s62"),
)


def test_the_day_of_the_event_chooses_the_row():
    found = row_on(LIMITS, "a", on=EVE), row_on(LIMITS, "a", on=DAY)
    assert found == LIMITS[:2]
    assert row_on(LIMITS, "b", on=EVE) is None
    assert in_force(LIMITS, on=EVE) == LIMITS[:1]
    assert in_force(LIMITS, on=DAY, provisions=begun("s62")) == (LIMITS[1],)


def test_when_a_row_holds_is_said_in_words():
    assert [holds_from(row) for row in LIMITS] == [
        "always to 31 August 2027",
        "1 September 2027",
        "1 September 2027, until 2026 c.21 s.62 begins",
    ]
    consent = next(consent for consent in grounds.CONSENTS if consent.code == "withdrawal")
    assert holds_from(consent) == "when EA96 s.434A begins"
    assert holds_from(consent, begun("s434A")) == "1 September 2027"
    earlier = replace(LIMITS[2], from_on=date(2026, 9, 1))
    assert holds_from(earlier, begun("s62")) == "1 September 2026 to 31 August 2027"


@given(DAYS)
def test_no_two_rows_of_one_rule_hold_on_a_day(on: date):
    for provisions in (PROVISIONS, begun(*CHANGES)):
        for rows in DATED.values():
            codes = [row.code for row in in_force(rows, on=on, provisions=provisions)]
            assert len(codes) == len(set(codes))


# A case


def test_an_old_case_shows_the_clock_of_its_day():
    # A change of law is a new row beside the old.
    old = replace(clocks.CLOCKS["joiner_5"], until_on=EVE)
    new = replace(old, n=3, title="New pupil return, three days", from_on=DAY, until_on=None)
    rows = (old, new)
    assert clocks.clock_on("joiner_5", on=EVE, rows=rows).n == 5
    assert clocks.clock_on("joiner_5", on=DAY, rows=rows).n == 3
    assert clocks.clock_on("joiner_5", on=date(2020, 1, 1), rows=rows) == old


@pytest.mark.parametrize(
    ("code", "clock"), [("s436B", "register_home_15"), ("s436D", "parent_tells_15")]
)
def test_a_case_opened_once_the_register_begins_starts_its_clocks(code: str, clock: str):
    as_begun = begun(code)
    for day, wanted in ((EVE, False), (DAY, True)):
        started = {c.code for c in clocks.for_case("referral", on=day, provisions=as_begun)}
        assert (clock in started) is wanted


@given(st.sampled_from(sorted(clocks.CLOCKS)), DAYS)
def test_a_clock_is_there_for_every_day(code: str, on: date):
    assert clocks.clock_on(code, on=on, provisions=begun(*CHANGES)).code == code


# A deletion

WRITTEN = {
    "of_school_age": True, "parent_wrote": True, "day_passed": True, "order_names_school": False,
    "placed_in_special_school": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "needed", "given_", "clause"),
    [
        ("s434A", "needs_consent_to_withdraw", "withdrawal_consented", "EA96 s.434A(9)"),
        ("s434B", "in_meeting_pilot", "meeting_held", "EA96 s.434B(1)(e)"),
    ],
)
def test_home_education_waits_for_consent_once_its_section_begins(
    code: str, needed: str, given_: str, clause: str
):
    def answer(on: date, **more: bool) -> Lawful:
        return decide("9(1)(f)", WRITTEN | more, on=on, provisions=begun(code)).answer

    assert answer(EVE) is Lawful.YES
    assert answer(DAY) is Lawful.CANNOT_SAY
    assert answer(DAY, **{needed: False}) is Lawful.YES
    assert answer(DAY, **{needed: True, given_: True}) is Lawful.YES
    refused = WRITTEN | {needed: True, given_: False}
    found = decide("9(1)(f)", refused, on=DAY, provisions=begun(code))
    assert (found.answer, found.clause) == (Lawful.NO, clause)
    assert decide("9(1)(f)", refused, on=EVE, provisions=begun(code)).answer is Lawful.YES


def test_a_consent_to_come_is_asked_of_no_other_ground():
    for code in grounds.GROUNDS:
        today = grounds.ground_on(code, on=TODAY)
        then = grounds.ground_on(code, on=DAY, provisions=begun("s434A", "s434B"))
        assert (today == then) is (code != "9(1)(f)")


def test_a_ground_changed_by_law_stands_beside_the_old():
    row = row_on(grounds.ROWS, "9(1)(k)", on=TODAY)
    assert row is not None
    assert grounds.ground_on("9(1)(k)", on=date(2024, 8, 18)) is None
    assert removal.decide("9(1)(k)", {}, on=date(2024, 8, 18)).answer is Lawful.CANNOT_SAY


# An order


def test_an_order_takes_three_steps_for_a_child_without_a_plan():
    # law 13 (6): ss.437(1), 438(2), 437(3).
    without = [s for s in orders.steps(has_plan=False, on=TODAY) if s.to == "parent"]
    assert [s.clause for s in without] == [
        "EA96 s.437(1), (2)", "EA96 s.438(2)", "EA96 s.437(3); SI 1995/2090",
    ]  # fmt: skip
    with_plan = [s for s in orders.steps(has_plan=True, on=TODAY) if s.to == "parent"]
    assert [s.code for s in with_plan] == ["first_notice", "order_with_plan"]


def test_once_all_its_sections_begin_an_order_takes_the_new_steps():
    as_begun = begun(*CHANGES)
    found = [s.code for s in orders.steps(has_plan=False, on=DAY, provisions=as_begun)]
    assert found == ["preliminary_notice", "school_notice", "nomination_notice", "order_2026"]
    before = orders.steps(has_plan=False, on=EVE, provisions=as_begun)
    assert before == orders.steps(has_plan=False, on=TODAY)
    assert {rule.about for rule in orders.rules_on(on=DAY, provisions=as_begun)} == {
        "form", "serving", "naming", "changing", "revoking", "breach",
    }  # fmt: skip


def test_the_clocks_of_an_orders_steps_hold_with_them():
    for provisions in (PROVISIONS, begun(*CHANGES)):
        for has_plan in (True, False):
            for step in orders.steps(has_plan=has_plan, on=DAY, provisions=provisions):
                for code in step.clocks:
                    assert row_on(clocks.ROWS, code, on=DAY, provisions=provisions), code


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("preliminary_5", "2027-09-06", "2027-09-10"),
        ("preliminary_answer_15", "2027-09-06", "2027-09-20"),
        ("decision_notice_15", "2027-09-20", "2027-10-04"),
        ("direction_10", "2027-09-18", "2027-10-01"),  # a Saturday: from the Monday
        ("nomination_5", "2027-10-01", "2027-10-06"),
        ("nomination_choice_15", "2027-10-06", "2027-10-20"),
        ("order_5", "2027-10-20", "2027-10-24"),
        ("register_home_15", "2027-09-06", "2027-09-20"),
    ],
)
def test_the_clocks_to_come_count_as_their_sections_say(code: str, start: str, end: str):
    found = clocks.due_on(
        clocks.CLOCKS[code], date.fromisoformat(start), calendar=SchoolCalendar(), policy=HARROW
    )
    assert found.isoformat() == end


# Where a worry goes


def test_what_the_law_asks_is_said_where_a_worry_goes():
    home, new_school = referral.Route.HOME_EDUCATION, referral.Route.NEW_SCHOOL
    assert referral.duties_at(home, on=TODAY) == ()
    more = referral.duties_at(home, on=DAY, provisions=begun("s434A", "s436G"))
    assert [duty.source for duty in more] == ["EA96 s.434A(5)", "EA96 s.436G(1)"]
    assert referral.duties_at(new_school, on=TODAY)[-1].source == "EA96 s.19B"
    assert referral.duties_at(new_school, on=date(2026, 6, 28)) == ()
    assert duties.duties_on("hand_over", on=DAY, provisions=begun("s436F"))


# The council's own settings

CHANGED = policy_file.parse(
    (Path(policy.__file__).parent / "harrow.toml").read_text("utf-8")
    + "\n[[changes]]\nfrom_on = 2027-05-01\ndays.first_enquiries_school_days = 2\n"
    + "\n[[changes]]\nfrom_on = 2027-01-01\ndays.first_enquiries_school_days = 3\n"
    + "working.is_ehcp_consulted = false\n"
)


@pytest.mark.parametrize(
    ("day", "days"),
    [("2026-12-31", 5), ("2027-01-01", 3), ("2027-04-30", 3), ("2027-05-01", 2)],
)
def test_the_day_of_the_event_chooses_the_setting(day: str, days: int):
    then = CHANGED.on(date.fromisoformat(day))
    assert then.first_enquiries_school_days == days
    assert then.is_ehcp_consulted is (days == 5)
    assert CHANGED.first_enquiries_school_days == 5
    assert HARROW.on(date.fromisoformat(day)) == HARROW


def test_a_clock_takes_the_setting_of_the_day_it_started():
    clock, monday = clocks.CLOCKS["first_enquiries_5"], date(2027, 1, 11)
    due = clocks.due_on(clock, monday, calendar=SchoolCalendar(), policy=CHANGED)
    assert due == date(2027, 1, 14)
    before = clocks.due_on(clock, date(2026, 11, 9), calendar=SchoolCalendar(), policy=CHANGED)
    assert before == date(2026, 11, 16)


def test_a_page_lists_what_a_setting_is_and_will_be():
    listed = {setting.name: setting for setting in policy.settings(CHANGED)}
    words = law_page.shown_over_time(listed["first_enquiries_school_days"])
    assert words == "5; from 1 January 2027: 3; from 1 May 2027: 2"
    assert law_page.shown_over_time(listed["cml_days"]) == "20"
