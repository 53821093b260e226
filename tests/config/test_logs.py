"""Logs tell what happened and where, and nothing about a child."""

import json
import logging
import sys

import pytest

from onroll.config import logs


@pytest.fixture
def formatter():
    for handler in logging.getLogger().handlers:
        if handler.formatter and "structlog" in type(handler.formatter).__module__:
            return handler.formatter
    raise AssertionError("Logs are not JSON.")


@pytest.mark.shows("security.logs")
def test_an_error_is_logged_with_its_place_but_without_its_words(formatter):
    try:
        raise ValueError("Key (surname)=(Made-up) already exists.")
    except ValueError:
        record = logging.LogRecord(
            "onroll", logging.ERROR, __file__, 1, "failed", (), sys.exc_info()
        )
    line = json.loads(formatter.format(record))
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][0]
    assert "Made-up" not in json.dumps(line)


def test_the_stack_of_an_exception_object_is_cut_the_same_way():
    event = logs.without_message(None, "error", {"event": "x", "exc_info": KeyError("Made-up")})
    assert event == {"event": "x", "error": "KeyError", "where": []}
