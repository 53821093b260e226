"""The flood of the public form: a short one, and that its counting finds what is wrong."""

import pytest

from bench.flood.run import Result, run
from tests import database


def test_a_short_flood_is_in_quarantine_and_the_neighbours_in_the_queue() -> None:
    """`make flood` does the same with a thousand and twenty."""
    said: list[str] = []
    result = run(
        flood=25, genuine=3, say=said.append, over=3.0, weeks=1, tables=database.template()
    )
    assert result.wrong == []
    assert result.flood_stages == {"quarantine": 25}
    assert result.genuine_stages == {"contact": 3}
    assert result.waiting > 25  # the demo's own wait there too


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"flood_stages": {"quarantine": 9}}, "1 lost"),
        ({"flood_stages": {"quarantine": 9, "contact": 1}}, "9 of 10 in quarantine"),
        ({"flood_acknowledged": 9}, "9 of 10 acknowledged"),
        ({"genuine_stages": {"quarantine": 2}}, "0 of 2 in the queue"),
        ({"genuine_seconds": [1.0, 61.0]}, "1 genuine ones took more than a minute"),
        ({"seconds": 61.0}, "the flood took 61 s, more than a minute"),
        ({"today": "Nothing waits."}, "Today does not count them"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], words: str) -> None:
    right: dict[str, object] = {
        "flood": 10,
        "genuine": 2,
        "flood_acknowledged": 10,
        "genuine_seconds": [1.0, 2.0],
        "seconds": 30.0,
        "flood_stages": {"quarantine": 10},
        "genuine_stages": {"contact": 2},
        "waiting": 12,
        "today": "12 forms in quarantine",
    }
    assert Result(**right).wrong == []  # type: ignore[arg-type]  # of several types
    assert words in Result(**{**right, **change}).wrong  # type: ignore[arg-type]  # the same
