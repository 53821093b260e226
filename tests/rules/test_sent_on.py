"""P02: to whom the hub sends a child who is on a roll and does not attend."""

import pytest

from onroll.rules.policy_file import HARROW, PolicyError, parse
from onroll.rules.sent_on import AttendanceDesk
from tests.rules.test_policy import changed


def test_harrow_sends_to_the_court_officer_and_may_say_otherwise() -> None:
    assert HARROW.attendance_to == AttendanceDesk.COURT_OFFICER
    text = changed('attendance_to = "court_officer"', 'attendance_to = "home_education"')
    assert parse(text).attendance_to == AttendanceDesk.HOME_EDUCATION


def test_another_word_is_refused_in_a_sentence() -> None:
    text = changed('attendance_to = "court_officer"', 'attendance_to = "nobody"')
    with pytest.raises(PolicyError, match="must be one of 'court_officer', 'home_education'"):
        parse(text)
