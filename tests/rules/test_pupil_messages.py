"""What an authority is told that asks after a missing pupil (P69)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onroll.rules.pupil_messages import (
    ANSWERS,
    NOT_ASKED_BEFORE,
    NOT_ENOUGH,
    NOT_LOOKED_FOR,
    NOT_ON_ROLL,
    WHICH,
    WHY_SURE,
    WITHHELD,
    OurChild,
    PupilAnswer,
    is_enough,
    open_answers,
    told,
    wrong_with,
)

CHILD = OurChild(is_withheld=False, is_certain=True, school="Made-up School", has_open_case=True)
TELLING = [answer for answer, row in ANSWERS.items() if row.tells]
OTHERS = [answer for answer, row in ANSWERS.items() if not row.tells]


def wrong(answer: PupilAnswer, child: OurChild | None = CHILD, **said: Any) -> str:
    """Return why an answer is refused; "" where it is not."""
    given: dict[str, Any] = {"says_enough": True, "was_asked_before": True, "why_sure": "", **said}
    return wrong_with(answer, child, **given)[1]


@pytest.mark.parametrize("answer", TELLING)
def test_nothing_is_told_of_who_is_withheld_or_not_certain(answer: PupilAnswer) -> None:
    """P69."""
    assert wrong(answer) == ""
    assert wrong(answer, replace(CHILD, is_withheld=True)) == WITHHELD
    assert wrong(answer, replace(CHILD, is_withheld=True), why_sure="Same mother.") == WITHHELD
    doubtful = replace(CHILD, is_certain=False)
    assert wrong(answer, doubtful) == WHY_SURE
    assert wrong(answer, doubtful, why_sure="The mother and both addresses agree.") == ""
    assert wrong(answer, None) == WHICH


@pytest.mark.parametrize("answer", TELLING)
def test_for_a_name_alone_nothing_on_record_is_told(answer: PupilAnswer) -> None:
    """P69: nobody looks children up by asking."""
    assert wrong(answer, says_enough=False) == NOT_ENOUGH
    assert answer not in open_answers(says_enough=False)
    assert answer in open_answers(says_enough=True)


@pytest.mark.parametrize("answer", OTHERS)
def test_what_tells_nothing_of_a_child_needs_none(answer: PupilAnswer) -> None:
    assert wrong(answer, None, says_enough=False) == ""
    assert answer in open_answers(says_enough=False)


def test_what_is_answered_is_so() -> None:
    assert wrong(PupilAnswer.ON_ROLL, replace(CHILD, school="")) == NOT_ON_ROLL
    assert wrong(PupilAnswer.LOOKED_FOR, replace(CHILD, has_open_case=False)) == NOT_LOOKED_FOR
    assert wrong(PupilAnswer.ANSWERED_BEFORE, None, was_asked_before=False) == NOT_ASKED_BEFORE


@pytest.mark.parametrize("answer", PupilAnswer)
def test_what_is_told_names_no_more_than_was_chosen(answer: PupilAnswer) -> None:
    """P69."""
    words = told(answer, named="Made-up School.", phone="020 7946 0000")
    assert "{" not in words
    assert not words.endswith("..")
    assert ("Made-up School" in words) is ("{named}" in ANSWERS[answer].words)


def test_a_number_or_a_whole_name_with_a_birthday_is_enough() -> None:
    whole: dict[str, Any] = {
        "forename": "Rowan",
        "surname": "Merlinton",
        "born": date(2016, 5, 4),
        "upn": "",
    }
    assert is_enough(**whole)
    assert not is_enough(**{**whole, "born": None})
    assert not is_enough(**{**whole, "surname": ""})
    assert is_enough(forename="", surname="", born=None, upn="A123456789012")
