"""The three answers to whether a child is on a roll (P60)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onroll.rules.roll_question import MOST, PURPOSES, OnRecord, Purpose, Reply, reply

PUPIL = OnRecord(is_withheld=False, is_certain=True, is_on_roll=True, is_perhaps_on_roll=False)
NOWHERE = replace(PUPIL, is_on_roll=False)


@pytest.mark.parametrize(
    ("children", "answer"),
    [
        ((PUPIL,), Reply.YES),
        ((NOWHERE,), Reply.NO),
        ((), Reply.REFER),
        ((PUPIL, PUPIL), Reply.REFER),
        ((PUPIL, NOWHERE), Reply.REFER),
        ((replace(PUPIL, is_withheld=True),), Reply.REFER),
        ((replace(NOWHERE, is_withheld=True),), Reply.REFER),
        ((replace(PUPIL, is_certain=False),), Reply.REFER),
        ((replace(NOWHERE, is_perhaps_on_roll=True),), Reply.REFER),
    ],
)
def test_yes_and_no_are_said_of_one_certain_child(
    children: tuple[OnRecord, ...], answer: Reply
) -> None:
    """P60."""
    assert reply(children) is answer


def test_each_purpose_has_words_and_a_person_asks_ten_an_hour_and_thirty_a_day() -> None:
    """P60."""
    assert set(PURPOSES) == set(Purpose)
    assert dict(MOST) == {timedelta(hours=1): 10, timedelta(days=1): 30}
