"""What is measured, by examples worked out by hand (matching.md 3, 3a)."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.linking.judging import (
    NOBODY,
    Links,
    best_links,
    found_at,
    judge_children,
    judge_pairs,
)


def links(*said: tuple[int, float], linked: float = 0.0, unsure: float = 0.0) -> Links:
    """Links to (right place, score) of each left record; linked and unsure from a score on."""
    score = np.array([score if who != NOBODY else -np.inf for who, score in said])
    is_linked = score >= linked
    return Links(
        np.array([who for who, _ in said]), score, is_linked, (score >= unsure) & ~is_linked
    )


def test_pairs_are_judged_at_the_best_threshold() -> None:
    """Worked out: after 1, 2, 3, 4 pairs, 1, 2, 2, 3 of 4 true ones: F1 2/5, 4/6, 4/7, 6/8."""
    found = judge_pairs(np.array([9.0, 8.0, 7.0, 6.0]), np.array([True, True, False, True]), 4)
    assert found.best_f1 == pytest.approx(0.75)
    assert found.best_precision == pytest.approx(0.75)
    assert found.best_recall == pytest.approx(0.75)
    assert found.recall_999 == pytest.approx(0.5)
    assert found.reached == pytest.approx(0.75)


def test_one_wrong_pair_in_a_thousand_is_within_a_precision_of_999() -> None:
    scores = np.arange(2000.0, 0.0, -1)
    true = np.ones(2000, bool)
    true[999] = False
    assert judge_pairs(scores, true, 2000).recall_999 == pytest.approx(1999 / 2000)
    true[998] = False
    assert judge_pairs(scores, true, 2000).recall_999 == pytest.approx(1998 / 2000)
    true[997] = False
    assert judge_pairs(scores, true, 2000).recall_999 == pytest.approx(997 / 2000)


def test_pairs_of_one_score_stand_or_fall_together() -> None:
    found = judge_pairs(np.zeros(2), np.array([True, False]), 1)
    assert (found.best_precision, found.recall_999) == (0.5, 0.0)


def test_no_pairs_at_all_find_nothing() -> None:
    found = judge_pairs(np.empty(0), np.empty(0, bool), 3)
    assert (found.best_f1, found.recall_999, found.reached) == (0.0, 0.0, 0.0)


def test_the_best_right_record_is_the_first_of_equals() -> None:
    who, top = best_links(
        3, np.array([0, 0, 0, 2]), np.array([7, 5, 6, 1]), np.array([1.0, 2.0, 2.0, -3.0])
    )
    assert who.tolist() == [5, NOBODY, 1]
    assert top.tolist() == [2.0, -np.inf, -3.0]


def test_found_counts_only_what_stands_above_every_absent_child() -> None:
    """Four are there; the absent child at 5 leaves the two above it."""
    said = links((0, 9.0), (1, 6.0), (2, 4.0), (3, 1.0), (8, 5.0))
    truth = np.array([0, 1, 2, 3, NOBODY])
    assert found_at(said, truth, 0.001) == pytest.approx(0.5)
    assert found_at(said, truth, 1.0) == pytest.approx(1.0)


def test_a_wrong_link_of_a_present_child_limits_as_an_absent_one_does() -> None:
    said = links((0, 9.0), (1, 6.0), (8, 7.0), (3, 1.0), (NOBODY, 0.0))
    truth = np.array([0, 1, 2, 3, NOBODY])
    assert found_at(said, truth, 0.001) == pytest.approx(0.25)


def test_a_share_allows_so_many_whole_children() -> None:
    """Of 1,000 absent one may be linked at 0.1 %, and the second sets the limit."""
    absent = [(1, 50.0), (1, 40.0)] + [(NOBODY, 0.0)] * 998
    said = links((0, 60.0), (0, 45.0), (0, 30.0), *absent)
    truth = np.array([0] * 3 + [NOBODY] * 1000)
    assert found_at(said, truth, 0.001) == pytest.approx(2 / 3)
    assert found_at(said, truth, 0.002) == pytest.approx(1.0)


def test_a_present_child_on_the_level_of_an_absent_one_is_not_found() -> None:
    assert found_at(links((0, 5.0), (1, 5.0)), np.array([0, NOBODY]), 0.001) == 0.0


def test_nobody_absent_and_nobody_wrong_sets_no_limit() -> None:
    assert found_at(links((0, -30.0), (NOBODY, 0.0)), np.array([0, 1]), 0.001) == 0.5


def test_what_a_method_decides_by_itself_is_judged_as_it_decided() -> None:
    """Linked from 5: 0 rightly, 1 to another, the absent 4; 2 and 3 are not."""
    said = links((0, 9.0), (3, 6.0), (2, 4.0), (NOBODY, 0.0), (1, 5.0), linked=5.0, unsure=3.0)
    found = judge_children(said, np.array([0, 1, 2, 3, NOBODY]))
    assert (found.present, found.absent) == (4, 1)
    assert found.found_shipped == pytest.approx(0.25)
    assert found.wrong_shipped == pytest.approx(0.25)
    assert found.precision_shipped == pytest.approx(1 / 3)
    assert found.absent_linked == 1.0
    assert found.unsure == pytest.approx(0.2)


@given(st.integers(0, 1000))
def test_more_errors_allowed_never_find_fewer(seed: int) -> None:
    chance = Random(seed)
    size = chance.randrange(1, 40)
    truth = np.array([chance.choice((NOBODY, n)) for n in range(size)])
    said = links(*((chance.choice((n, 99, NOBODY)), chance.randrange(9)) for n in range(size)))
    shares = [found_at(said, truth, share) for share in (0.0, 0.05, 0.2, 1.0)]
    assert shares == sorted(shares)
