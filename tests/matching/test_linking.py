"""Linking lists: never a brother or a twin for the child (matching.md 3a, 6.1 to 6.4, 6.8)."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.matching.assignment.decisions import ANSWER_KINDS
from tests.matching.lists import answer, child, crowd, run, top

VALID, ANOTHER_VALID = "J310200025001", "V310400025001"
SEEN = crowd("L"), crowd("R")


def test_the_same_child_is_found_with_one_slip_in_each_name() -> None:
    left = [child(id="1"), *SEEN[0]]
    right = [child(id="a", forename="Beatrxi", surname="Wolstenholm"), *SEEN[1]]
    linked = run(left, right)
    assert answer(linked) == "same"
    assert top(linked) == 0


def test_a_move_of_home_costs_almost_nothing() -> None:
    left = [child(id="1"), *SEEN[0]]
    right = [child(id="a", postcode="LS1 4AP", address="3 Park Row"), *SEEN[1]]
    assert answer(run(left, right)) == "same"


@pytest.mark.parametrize("born", ["2014-03-25", "2012-08-01"])
def test_a_brother_on_the_roll_is_never_taken_for_the_child(born: str) -> None:
    left = [child(id="1"), *SEEN[0]]
    right = [child(id="a", forename="Oswald", sex="M", dob=born), *SEEN[1]]
    assert answer(run(left, right)) != "same"


def test_a_twin_sister_is_different_until_shown_otherwise() -> None:
    left = [child(id="1")]
    right = [child(id="a", forename="Rosalind")]
    assert answer(run(left, right)) != "same"


def test_a_record_that_fits_the_twin_better_is_no_evidence_for_the_child() -> None:
    twin = child(id="2", forename="Rosalind")
    left = [child(id="1"), twin, *SEEN[0]]
    linked = run(left, [{**twin, "id": "a"}, *SEEN[1]])
    assert answer(linked, 0) == "new"
    assert answer(linked, 1) == "same"


def test_the_old_roll_shows_who_else_could_explain_a_record() -> None:
    twin = child(id="2", forename="Beatrice")
    left, right = [child(id="1"), *SEEN[0]], [{**twin, "id": "a"}, *SEEN[1]]
    alone, together = run(left, right), run(left, right, [twin])
    assert alone.contest.standing.max() > 0
    assert answer(together) != "same"
    first = together.weighed.pairs.left == 0
    assert together.contest.standing[first].max() < alone.contest.standing[first].max() - 5


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (VALID, VALID, "equal"),
        (VALID, ANOTHER_VALID, "two_valid"),
        (VALID, "J310200025011", "typo"),
        (VALID, "K310200025001", "typo"),
        (VALID, "K310499925778", "other"),
        ("K310200025001", "K310200025001", "weak_equal"),
        (VALID, "", "missing"),
    ],
)
def test_a_pupil_number_is_evidence_by_its_kind(ours: str, theirs: str, expected: str) -> None:
    from onroll.matching.model import LEVELS

    linked = run([child(id="1", upn=ours)], [child(id="a", upn=theirs)])
    assert LEVELS["upn"][linked.weighed.compared.upn[0]] == expected


def test_a_former_number_is_known_again() -> None:
    left = [child(id="1", upn=ANOTHER_VALID, former_upn=VALID), *SEEN[0]]
    linked = run(left, [child(id="a", upn=VALID), *SEEN[1]])
    assert linked.weighed.compared.upn[0] == 5
    assert answer(linked) == "same"


def test_two_different_valid_numbers_are_for_a_person() -> None:
    linked = run([child(id="1", upn=VALID)], [child(id="a", upn=ANOTHER_VALID)])
    assert answer(linked) != "same"


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ("2014-03-25", "2014-03-25", "equal"),
        ("2014-03-05", "2014-05-03", "swapped"),
        ("2014-03-25", "2014-03-26", "digit"),
        ("2014-03-25", "2013-03-25", "digit"),
        ("2014-03-25", "2014-03-07", "parts"),
        ("2014-03-25", "2015-11-02", "different"),
        ("2014-03-25", "1984-11-02", "far"),
        ("2014-03-25", "1900-01-01", "missing"),
        ("2014-02-31", "2014-03-25", "missing"),
    ],
)
def test_birthdays_reach_the_level_they_should(ours: str, theirs: str, level: str) -> None:
    from onroll.matching.model import LEVELS

    linked = run([child(id="1", dob=ours)], [child(id="a", dob=theirs)])
    assert LEVELS["dob"][linked.weighed.compared.dob[0]] == level


def test_a_shared_first_of_january_says_less_than_another_birthday() -> None:
    plain = run([child(id="1")], [child(id="a")])
    placeholder = run([child(id="1", dob="2014-01-01")], [child(id="a", dob="2014-01-01")])
    assert placeholder.weight[0] < plain.weight[0]


def test_a_rare_name_says_more_than_a_common_one() -> None:
    common = [child(id=f"x{n}", dob="2009-01-09", postcode="", address="") for n in range(3000)]
    rare = run([child(id="1", forename="Perpetua")], [child(id="a", forename="Perpetua"), *common])
    often = run([child(id="1")], [child(id="a"), *common])
    assert rare.weight[0] > often.weight[0]


def test_overlapping_places_count_against_and_meeting_dates_for() -> None:
    left = child(id="1", to="2025-07-20", **{"from": "2020-09-01"})
    meets = run([left], [child(id="a", **{"from": "2025-09-02"})])
    overlaps = run([left], [child(id="a", **{"from": "2023-09-02"})])
    assert meets.weight[0] > run([child(id="1")], [child(id="a")]).weight[0] > overlaps.weight[0]


ANY_NAME = st.sampled_from(["Beatrix", "Oswald", "Kit", "", "Mohammed", "J"])
ANY_DAY = st.sampled_from(["2014-03-25", "2009-11-02", "2014-01-01", ""])


@settings(max_examples=60, deadline=None)
@given(ANY_NAME, ANY_NAME, ANY_DAY, ANY_DAY)
def test_the_home_alone_never_links(one: str, other: str, born: str, day: str) -> None:
    """The same home, surname, telephone and adult, and nothing of the child itself (6.1)."""
    if one and other and (one[0] == other[0] or "Kit" in (one, other)):
        return
    if born and day:
        day = "2006-06-16"
    home = {"phone": "020 7946 0000", "email": "a@example.com", "adult_forename": "Ann",
            "adult_surname": "Lee"}  # fmt: skip
    left = [child(id="1", forename=one, dob=born, **home), *SEEN[0]]
    right = [child(id="a", forename=other, dob=day, **home), *SEEN[1]]
    assert answer(run(left, right)) != "same"


def test_the_order_of_rows_changes_nothing() -> None:
    left, right = [child(id="1"), *SEEN[0]], [child(id="a", dob="2014-03-26"), *SEEN[1]]
    plain = _by_id(run(left, right), left, right)
    chance = Random(3)
    for _ in range(3):
        chance.shuffle(left)
        chance.shuffle(right)
        assert _by_id(run(left, right), left, right) == plain


def _by_id(linked, left, right):
    shown = linked.answered.shown
    pairs = linked.weighed.pairs.take(shown)
    return {
        (
            left[i]["id"],
            right[j]["id"],
            round(float(p), 9),
            ANSWER_KINDS[int(linked.answered.kinds[i])],
        )
        for i, j, p in zip(pairs.left, pairs.right, linked.answered.probability[shown], strict=True)
    }


def test_no_list_and_one_row_lists_are_answered() -> None:
    assert len(run([], []).answered.kinds) == 0
    assert answer(run([child(id="1")], [])) == "new"
    assert len(run([], [child(id="a")]).answered.kinds) == 0
    assert np.isfinite(run([child(id="1")], [child(id="a")]).weight).all()
