"""Whom to ring about a child at any moment of the week (P19)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import hours
from onroll.rules.policy_file import HARROW

MASH, NIGHT = HARROW.mash_phone, HARROW.out_of_hours_phone


def here(text: str) -> datetime:
    """Return a moment by the clocks in England."""
    return datetime.fromisoformat(text).replace(tzinfo=hours.ENGLAND)


@pytest.mark.parametrize(
    ("moment", "phone"),
    [
        ("2026-11-25 08:59:59", NIGHT),
        ("2026-11-25 09:00:00", MASH),
        ("2026-11-25 16:59:59", MASH),
        ("2026-11-25 17:00:00", NIGHT),
        ("2026-11-26 00:00:00", NIGHT),
    ],
)
def test_the_hub_answers_from_its_first_minute_and_not_in_its_last(moment: str, phone: str):
    assert hours.whom_to_ring(HARROW, at=here(moment)).phone == phone


@pytest.mark.parametrize(
    ("moment", "phone"),
    [
        ("2026-11-27 12:00:00", MASH),  # Friday
        ("2026-11-28 12:00:00", NIGHT),  # Saturday
        ("2026-11-29 12:00:00", NIGHT),  # Sunday
        ("2026-11-30 12:00:00", MASH),  # Monday
        ("2026-12-24 12:00:00", MASH),
        ("2026-12-25 12:00:00", NIGHT),  # Christmas Day, a Friday
        ("2026-12-28 12:00:00", NIGHT),  # Boxing Day's substitute, a Monday
        ("2026-12-29 12:00:00", MASH),
    ],
)
def test_weekends_and_bank_holidays_are_outside_the_hours(moment: str, phone: str):
    assert hours.whom_to_ring(HARROW, at=here(moment)).phone == phone


@pytest.mark.parametrize(
    ("due", "since", "by"),
    [
        ("2026-11-25", "2026-11-25 16:59:59", "2026-11-25 17:00"),
        ("2026-11-25", "2026-11-25 17:00:00", "2026-11-26 17:00"),
        ("2026-11-27", "2026-11-27 23:00:00", "2026-11-30 17:00"),  # Friday night
        ("2026-11-29", "2026-11-29 10:00:00", "2026-11-30 17:00"),  # Sunday
        ("2026-12-24", "2026-12-24 18:00:00", "2026-12-29 17:00"),  # Christmas Eve
        ("2026-11-26", "2026-11-25 22:00:00", "2026-11-26 17:00"),
    ],
)
def test_what_is_due_on_a_day_is_done_when_the_hub_closes(due: str, since: str, by: str):
    found = hours.end_of_day(HARROW, due_on=date.fromisoformat(due), since=here(since))
    assert found == here(by)


@pytest.mark.parametrize("due", ["2026-11-25", "2026-11-28", "2026-12-24", "2026-12-28"])
@pytest.mark.parametrize("came", ["2026-11-24 10:00", "2026-11-28 10:00", "2026-12-24 18:00"])
@pytest.mark.parametrize("days", range(8))
@pytest.mark.parametrize("hour", ["08:00", "17:00", "17:01"])
def test_what_is_over_by_the_hour_is_over_by_when_the_hub_closed_last(
    due: str, came: str, days: int, hour: str
):
    """The one is asked of one row, the other of a table."""
    due_on, since = date.fromisoformat(due), here(came)
    at = here(f"{due_on + timedelta(days=days)} {hour}")
    closed = hours.closed_last(HARROW, before=at)
    is_over = hours.end_of_day(HARROW, due_on=due_on, since=since) < at
    assert is_over == (due_on <= closed.date() and since < closed)


def test_commas_and_semicolons_of_a_week_are_those_of_the_language():
    own = {hours.RUN: "{days}، {hours}", hours.RUNS: "{before}؛ {after}"}
    week = hours.parse(["monday 09:00 to 17:00", "friday 09:00 to 16:00"])
    said = hours.week_in_words(week, lambda words: own.get(words, words))
    assert said == "Monday، 9am to 5pm؛ Friday، 9am to 4pm"


def test_hours_are_those_of_the_clocks_in_england():
    """In summer 8:30 of world time is 9:30 here; in winter the hub is still closed then."""
    summer, winter = (datetime(2026, month, 8, 8, 30, tzinfo=UTC) for month in (7, 12))
    assert hours.closes_at(HARROW, at=summer) == time(17)
    assert hours.closes_at(HARROW, at=winter) is None
    with pytest.raises(ValueError, match="time zone"):
        hours.closes_at(HARROW, at=summer.replace(tzinfo=None))


def test_outside_the_hours_the_other_line_is_to_be_rung():
    line = hours.whom_to_ring(HARROW, at=here("2026-11-28 12:00"))
    assert (line.name, line.phone, line.email) == (HARROW.out_of_hours_name, NIGHT, "")
    week = "It answers on Monday to Friday, 9am to 5pm, not on bank holidays"
    assert f"is closed. {week}: {MASH}." in line.note


def test_within_the_hours_the_line_for_later_is_said_too():
    """A page may stay open until after the hub has closed."""
    line = hours.whom_to_ring(HARROW, at=here("2026-11-27 16:30"))
    assert (line.phone, line.email) == (MASH, HARROW.mash_email)
    assert "until 5pm today" in line.note
    assert NIGHT in line.note


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_at_any_moment_there_is_somebody_to_ring(moment: datetime):
    line = hours.whom_to_ring(HARROW, at=moment)
    assert (line.phone == MASH) is (hours.closes_at(HARROW, at=moment) is not None)
    assert line.phone in (MASH, NIGHT)


@pytest.mark.parametrize(
    ("moment", "said"), [(time(0, 30), "0:30"), (time(9), "9:00"), (time(17, 5), "17:05")]
)
def test_a_language_without_halves_of_a_day_counts_24_hours(moment: time, said: str) -> None:
    def say(words: str) -> str:
        return words.removesuffix("am").removesuffix("pm")

    assert hours.time_in_words(moment, say) == hours.on_the_clock(moment, say) == said


def test_a_week_is_told_as_people_tell_it():
    lines = (
        "monday 09:00 to 17:15",
        "tuesday 09:00 to 17:15",
        "friday 08:30 to 12:00",
        "thursday 09:00 to 17:15",
    )
    assert hours.week_in_words(hours.parse(lines)) == (
        "Monday to Tuesday, 9am to 5:15pm; Thursday, 9am to 5:15pm; Friday, 8:30am to midday"
    )
    early = replace(HARROW, mash_hours=lines)
    assert hours.closes_at(early, at=here("2026-11-27 11:59")) == time(12)
    assert hours.closes_at(early, at=here("2026-11-27 12:00")) is None
    assert hours.closes_at(early, at=here("2026-11-25 12:00")) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Mondays 9 to 5",),
        ("monday 09:00 to 25:00",),
        ("someday 09:00 to 17:00",),
        ("monday 17:00 to 09:00",),
        ("monday 09:00 to 09:00",),
        ("monday 09:00 to 12:00", "monday 13:00 to 17:00"),
        (),
    ],
)
def test_hours_that_cannot_be_read_are_refused_in_a_sentence(lines: tuple[str, ...]):
    with pytest.raises(ValueError, match=r"\.$"):
        hours.parse(lines)


def test_a_moment_is_told_by_the_clocks_of_england() -> None:
    in_summer = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
    assert hours.moment_in_words(in_summer) == "2 July 2026 at 10:30am"
