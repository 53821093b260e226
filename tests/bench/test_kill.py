"""The harness that kills: a short run of it, and that its counting finds what is wrong."""

import re
from random import Random

import pytest
from django.db import connection

from bench.kill import queries
from bench.kill.counting import compared
from bench.kill.ledger import Answer, Ledger
from bench.kill.run import run
from tests import database


def test_what_was_acknowledged_outlives_the_death_of_web_and_database() -> None:
    """`make kill N=100` does the same at length, with files, reports and the worker as well."""
    kinds = ("process that answers pages", "connection of the database", "web server")
    said: list[str] = []
    result = run(
        kills=kinds,
        chance=Random(5),
        say=said.append,
        walk="notes alone",
        pupils=100,
        weeks=1,
        tables=database.template(),
    )
    assert result.wrong == []
    assert list(result.killed) == list(kinds)
    assert sum(line.number for line in result.counts if "Notes acknowledged" in line.title) > 20


def test_a_referral_that_was_acknowledged_outlives_it_too() -> None:
    """`make kill N=100 WALK=referral` does the same at length."""
    kinds = ("process that answers pages", "connection of the database")
    said: list[str] = []
    result = run(
        kills=kinds,
        chance=Random(5),
        say=said.append,
        walk="referral",
        pupils=100,
        weeks=1,
        tables=database.template(),
    )
    assert result.wrong == []
    assert list(result.killed) == list(kinds)
    for kind in ("referral", "hand-over", "acceptance"):
        assert result.ledger.counts(kind)[Answer.DONE] > 0


def test_an_enquiry_that_was_acknowledged_outlives_it_too() -> None:
    """`make kill N=100 WALK=enquiry` does the same at length."""
    kinds = ("process that answers pages", "worker", "connection of the database")
    said: list[str] = []
    result = run(
        kills=kinds,
        chance=Random(5),
        say=said.append,
        walk="enquiry",
        pupils=100,
        weeks=1,
        tables=database.template(),
    )
    assert result.wrong == []
    assert list(result.killed) == list(kinds)
    for kind in ("enquiry", "chase", "answer"):
        assert result.ledger.counts(kind)[Answer.DONE] > 0


@pytest.mark.parametrize(
    ("answer", "there", "in_trail"),
    [
        (Answer.DONE, 0, 0),
        (Answer.DONE, 2, 2),
        (Answer.DONE, 1, 0),
        (Answer.DONE, 1, 2),
        (Answer.REFUSED, 1, 1),
        (Answer.UNKNOWN, 2, 2),
        (Answer.UNKNOWN, 0, 1),
    ],
)
def test_a_loss_a_double_and_a_gap_in_the_trail_are_found(
    answer: Answer, there: int, in_trail: int
) -> None:
    counted = compared("Notes", {"one": answer}, {"one": there}, {"one": in_trail})
    assert [line.title for line in counted if line.wrong]


QUERIES = [name for name, value in vars(queries).items() if str(value).startswith("SELECT")]


@pytest.mark.parametrize("name", QUERIES)
def test_each_query_of_the_count_fits_the_tables(db: None, name: str) -> None:
    """They are asked after the last kill: a table that was renamed would cost the whole run."""
    query = re.sub(r"%(\(\w+\))?s", "NULL", getattr(queries, name))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
    assert len(QUERIES) > 10


def test_how_many_are_lost_and_how_many_doubled_is_counted() -> None:
    answers = dict.fromkeys(("one", "two", "three"), Answer.DONE)
    there = {"one": 1, "two": 2}
    counted = list(compared("Notes", answers, there, there))
    assert sum(line.lost for line in counted) == 1
    assert sum(line.doubled for line in counted) == 1


@pytest.mark.parametrize(
    ("answer", "there"),
    [(Answer.DONE, 1), (Answer.REFUSED, 0), (Answer.UNKNOWN, 0), (Answer.UNKNOWN, 1)],
)
def test_what_is_as_it_was_answered_is_right(answer: Answer, there: int) -> None:
    counted = compared("Notes", {"one": answer}, {"one": there}, {"one": there})
    assert [line.title for line in counted if line.wrong] == []


def test_silence_is_told_of_only_when_enough_was_acknowledged_again() -> None:
    ledger = Ledger()
    ledger.add("note", "before", Answer.DONE)
    assert ledger.silence(0) is None
    for n in range(10):
        ledger.add("note", str(n), Answer.DONE)
    assert ledger.silence(0) is not None
