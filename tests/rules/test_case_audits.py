"""A sample that nobody picks, and what an audit adds up."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from onroll.rules.case_audits import (
    ANSWERS,
    GRADES,
    POOLS,
    QUESTIONS,
    Answer,
    Grade,
    Pool,
    closed_from,
    figures,
    sample,
    seed_at,
    share_met,
    unnamed,
)

REFERENCES = [f"222-222-2{a}{b}" for a in "3456789" for b in "ABCDEF"]


def test_the_same_seed_gives_the_same_sample_in_whatever_order_the_cases_come():
    first = sample(REFERENCES, 5, 20261130)
    assert sample(reversed(REFERENCES), 5, 20261130) == first
    assert first == Random(20261130).sample(sorted(REFERENCES), 5)
    assert len(set(first)) == 5


def test_another_seed_gives_another_sample():
    assert sample(REFERENCES, 5, 1) != sample(REFERENCES, 5, 2)


@pytest.mark.parametrize("number", [3, 30])
def test_of_few_cases_all_are_audited(number):
    assert sorted(sample(REFERENCES[:3], number, 7)) == REFERENCES[:3]
    assert sample([], number, 7) == []


def test_each_case_is_as_likely_to_be_drawn_as_another():
    drawn = [ref for seed in range(4200) for ref in sample(REFERENCES, 1, seed)]
    counts = [drawn.count(ref) for ref in REFERENCES]
    assert min(counts) > 60
    assert max(counts) < 150


def test_the_seed_proposed_is_the_moment_in_england():
    assert seed_at(datetime(2026, 7, 1, 23, 30, 5, tzinfo=UTC)) == 20260702003005


def test_closed_lately_begins_so_many_days_before():
    assert closed_from(date(2026, 11, 30), 30) == date(2026, 10, 31)


def test_figures_count_each_answer_of_each_question():
    forms = [{"risk": Answer.MET.value}, {"risk": Answer.PARTLY.value}, {"plan": "is_met"}]
    counted = figures(forms)
    assert counted["risk"][Answer.MET] == counted["risk"][Answer.PARTLY] == 1
    assert counted["plan"][Answer.MET] == 1
    assert sum(counted["family"].values()) == 0
    assert set(counted) == set(QUESTIONS)


@pytest.mark.parametrize(
    ("met", "partly", "away", "share"), [(2, 1, 4, "67 %"), (0, 1, 0, "0 %"), (0, 0, 3, "–")]
)
def test_what_does_not_apply_counts_neither_way(met, partly, away, share):
    counts = {
        Answer.MET: met,
        Answer.PARTLY: partly,
        Answer.NOT_MET: 0,
        Answer.NOT_ASKED: away,
    }
    assert share_met(counts) == share


def test_everything_has_words():
    assert set(POOLS) == set(Pool)
    assert set(ANSWERS) == set(Answer)
    assert set(GRADES) == set(Grade)
    assert all(row.words.endswith("?") and row.title and row.clause for row in QUESTIONS.values())


@pytest.mark.parametrize(
    ("text", "name", "result"),
    [
        (
            "Rowan Merlin-Ash was seen; ROWAN is safe.",
            "Rowan Merlin-Ash",
            "RM was seen; RM is safe.",
        ),
        ("The rowans were asked.", "Rowan Ash", "The rowans were asked."),
        ("A visit.", "A B", "A visit."),
        ("A visit.", "", "A visit."),
    ],
)
def test_a_remark_loses_each_part_of_the_childs_name(text, name, result):
    assert unnamed(text, name, "RM") == result
