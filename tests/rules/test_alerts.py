"""What of the alerts of a case calls whom, once somebody has seen or muted them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onroll.cases.models import AlertKind
from onroll.rules.alerts import (
    GRAVITY,
    LONGEST_MUTE,
    Group,
    Raised,
    Remark,
    Word,
    groups,
    why_no_mute,
    why_not_until,
)

AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
ON = AT.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLIVE, LENA = 1, 2


def said(word: Word, *, at: datetime = AT, by: int = OLIVE, until: date | None = None) -> Remark:
    return Remark(word, "lead", at, by, until=until)


def muted(*, at: datetime = AT, days: int = 7) -> Remark:
    return said(Word.MUTED, at=at, until=ON + days * DAY)


RAISED = (Raised("lead", AT - HOUR),)


def of(*words: Remark, raised=RAISED, is_grave=False, on=ON) -> Group:
    found = groups(raised, words, is_grave=is_grave, on=on)
    return next(group for group in found if group.kind == "lead")


def test_every_kind_has_its_place() -> None:
    assert sorted(GRAVITY) == sorted(kind.value for kind in AlertKind)


def test_several_of_one_kind_are_one_and_the_gravest_kind_comes_first() -> None:
    raised = [Raised("located", AT), Raised("lead", AT), Raised("lead", AT - DAY)]
    found = groups(raised, (), is_grave=False, on=ON)
    assert [(group.kind, group.number) for group in found] == [("lead", 2), ("located", 1)]
    assert found[0].since == AT - DAY
    assert groups((), (), is_grave=False, on=ON) == []


def test_who_has_seen_them_is_not_told_again_and_everybody_else_is() -> None:
    group = of(said(Word.SEEN))
    assert not group.calls(OLIVE)
    assert group.calls(LENA)
    assert [word.by for word in group.looks] == [OLIVE]


def test_muted_nobody_is_told_until_the_day() -> None:
    assert not of(muted()).calls(LENA)
    assert not of(muted(), on=ON + 6 * DAY).calls(LENA)
    assert of(muted(), on=ON + 7 * DAY).calls(LENA)


@pytest.mark.parametrize(
    ("kind", "comes_back"),
    [("lost_again", True), ("lead", True), ("claim", False), ("over_age", False)],
)
def test_they_come_back_when_one_as_grave_is_raised_after_it(kind: str, comes_back: bool) -> None:
    raised = (Raised("lead", AT - HOUR), Raised(kind, AT + HOUR))
    for word in (said(Word.SEEN), muted()):
        assert of(word, raised=raised).calls(OLIVE) is comes_back


def test_a_mute_does_not_hold_where_the_child_may_be_in_danger() -> None:
    assert of(muted(), is_grave=True).calls(LENA)
    assert not of(said(Word.SEEN), is_grave=True).calls(OLIVE)


def test_shown_again_they_call_everybody_until_the_next_word() -> None:
    words = (said(Word.SEEN), muted(), said(Word.BACK, at=AT + HOUR))
    assert of(*words).calls(OLIVE)
    assert not of(*words, muted(at=AT + 2 * HOUR)).calls(LENA)


def test_the_last_mute_counts() -> None:
    mute = of(muted(), muted(at=AT + HOUR, days=14)).mute
    assert mute is not None
    assert mute.until == ON + 14 * DAY


def test_danger_and_a_child_whom_nobody_finds_are_never_muted() -> None:
    assert "danger" in why_no_mute("lead", is_grave=True)
    for kind in ("lost_again", "reopened", "untraced"):
        assert "where this child is" in why_no_mute(kind, is_grave=False)
    assert "doubts" in why_no_mute("doubted", is_grave=False)
    assert why_no_mute("lead", is_grave=False) == ""


def test_nothing_is_muted_for_longer_than_four_weeks_or_until_today() -> None:
    assert why_not_until(ON, on=ON).startswith("The day must be from 19 November 2026")
    assert why_not_until(ON + LONGEST_MUTE + DAY, on=ON)
    assert why_not_until(ON + DAY, on=ON) == why_not_until(ON + LONGEST_MUTE, on=ON) == ""
