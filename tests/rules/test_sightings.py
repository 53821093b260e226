"""What a telling that a child was seen must say (P66)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Care, Seen, Spot, Telling, lacking_in_care, lacking_in_telling

TODAY = date(2026, 11, 9)
WHOLE = Telling(
    seen=Seen.ALONE,
    on=TODAY,
    by="Ama Boateng",
    role="social worker, Harrow",
    spot=Spot.HOME,
    is_safe=RiskAnswer.YES,
    wishes="To go to the school of her cousin.",
)


def test_a_whole_telling_lacks_nothing_and_worries_nobody() -> None:
    assert lacking_in_telling(WHOLE, today=TODAY) == {}
    assert not WHOLE.is_worry


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"by": " "}, "seen_by"),
        ({"role": ""}, "role"),
        ({"spot": Spot.SCHOOL}, "place"),
        ({"spot": Spot.ELSEWHERE, "place": " "}, "place"),
        ({"seen": Seen.WITH}, "company"),
        ({"is_safe": None}, "is_safe"),
        ({"seen": Seen.NO}, "is_safe"),
        ({"is_safe": RiskAnswer.NO}, "safe_words"),
        ({"is_safe": RiskAnswer.NOT_SURE}, "safe_words"),
        ({"wishes": ""}, "wishes"),
        ({"fostering": RiskAnswer.YES}, "is_care_told"),
        ({"fostering": RiskAnswer.NOT_SURE}, "is_care_told"),
        ({"fostering": RiskAnswer.YES, "is_care_told": False}, "care_words"),
    ],
)
def test_what_is_missing_is_said_beside_its_question(what: dict[str, object], field: str) -> None:
    assert list(lacking_in_telling(replace(WHOLE, **what), today=TODAY)) == [field]


def test_of_a_child_whom_nobody_saw_neither_safety_nor_wishes_are_asked() -> None:
    tried = replace(WHOLE, seen=Seen.NO, is_safe=None, wishes="")
    assert lacking_in_telling(tried, today=TODAY) == {}
    assert not tried.is_worry


def test_of_private_fostering_social_care_was_told_or_there_is_a_reason() -> None:
    fostered = replace(WHOLE, fostering=RiskAnswer.YES, is_care_told=True)
    assert fostered.may_be_fostered
    lacks = lacking_in_telling(fostered, today=TODAY)
    assert [*lacks] == ["care_name", "care_team", "care_on"]
    told = replace(fostered, care_name="C. Dunn", care_team="duty team", care_on=TODAY)
    assert lacking_in_telling(told, today=TODAY) == {}
    assert not replace(WHOLE, fostering=RiskAnswer.NO).may_be_fostered


def test_why_social_care_is_not_told_has_a_name_and_a_day_and_no_team() -> None:
    decided = Care(name="Max Moon, manager", on=TODAY, why_not="It is her aunt.")
    assert lacking_in_care(decided, today=TODAY) == {}
    assert "who decided" in lacking_in_care(replace(decided, name=""), today=TODAY)["care_name"]
    tomorrow = replace(decided, on=TODAY + timedelta(days=1))
    assert "today or in the past" in lacking_in_care(tomorrow, today=TODAY)["care_on"]


def test_who_was_not_seen_can_still_be_a_worry() -> None:
    heard = replace(WHOLE, seen=Seen.NO, is_safe=RiskAnswer.NO, safe_words="Cries were heard.")
    assert lacking_in_telling(heard, today=TODAY) == {}
    assert heard.is_worry
