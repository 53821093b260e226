"""Logs tell what happened and where, and nothing about a child."""

import io
import json
import logging
import re
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.log import log_response

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


KEY = "Xq7-A-key-that-nobody-is-to-read"


def addresses_with_a_key():
    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and "<link_key:" in route:
                yield "/" + re.sub(r"<link_key:\w+>", KEY, re.sub(r"<account:\w+>", "1", route))

    return sorted(walk(get_resolver().url_patterns))


@pytest.fixture
def lines(formatter):
    """Return the lines of a stream to which the handler of the service writes for this test."""
    [handler] = (h for h in logging.getLogger().handlers if h.formatter is formatter)
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    handler.setStream(before)


@pytest.mark.shows("security.logs")
@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf"])
def test_no_refusal_or_error_logs_the_key_of_a_private_link(rf, lines, status, logger):
    addresses = addresses_with_a_key()
    assert {f"/refer/status/{KEY}/", f"/forms/link/{KEY}/"} <= set(addresses)
    broken = [f"/refer/status/{KEY}", f"/refer/status/{KEY}=/", f"/x/{KEY}/more/"]
    for path in (*addresses, *broken):
        log_response(
            "%s: %s",
            "Answer",
            path,
            response=HttpResponse(status=status),
            request=rf.get(path),
            logger=logging.getLogger(logger),
            exception=PermissionDenied(KEY),
        )
    logged = lines()
    assert len(logged) == len(addresses) + len(broken)
    assert KEY not in json.dumps(logged)
    assert any("/refer/status/<link_key:key>/" in line["event"] for line in logged)
    assert logged[-1]["event"] == "Answer: an address that is not here"


@pytest.mark.django_db
def test_a_page_that_is_not_found_is_logged_by_the_shape_of_its_address(client, lines):
    for path in addresses_with_a_key():
        client.get(path)
        client.get(path.rstrip("/") + "/more/")
    logged = lines()
    assert any("Not Found" in line["event"] for line in logged)
    assert KEY not in json.dumps(logged)
