"""Too many requests at once: some wait, the rest are turned away at once, and nobody is lost."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from onroll.config import limit, wsgi
from onroll.config.limit import Limit
from onroll.config.views import too_busy
from onroll.schools.queries import our_policy

AT_ONCE = 2


class Slow:
    """An application that answers when it is let."""

    def __init__(self) -> None:
        self.may_answer, self.inside = threading.Event(), threading.Semaphore(0)

    def __call__(self, _environ, start_response):
        self.inside.release()
        assert self.may_answer.wait(30)
        start_response("200 OK", [])
        return [b"the page"]


class Answer:
    def __init__(self, application, path):
        self.status, self.headers = "", {}
        self.page = b"".join(application({"PATH_INFO": path}, self._start))

    def _start(self, status, headers):
        self.status, self.headers = status, dict(headers)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(AT_ONCE + limit.WAITING + 1) as pool:
        yield pool


@pytest.fixture
def slow() -> Iterator[Slow]:
    slow = Slow()
    yield slow
    slow.may_answer.set()


def limited(slow: Slow) -> Limit:
    return Limit(slow, at_once=AT_ONCE, passes=("/health/",), words=lambda _environ: b"Come again.")


def test_who_finds_no_place_and_no_seat_is_told_at_once_to_come_again(pool, slow, monkeypatch):
    monkeypatch.setattr(limit, "WAITING", 0)
    application = limited(slow)
    let_in = [pool.submit(Answer, application, "/cases/") for _ in range(AT_ONCE)]
    for _ in range(AT_ONCE):
        assert slow.inside.acquire(timeout=30)
    away = Answer(application, "/cases/")
    assert (away.status, away.page) == ("503 Service Unavailable", b"Come again.")
    assert away.headers["Retry-After"] == "5"
    assert away.headers["Cache-Control"] == "no-store"
    slow.may_answer.set()
    assert [answer.result().page for answer in let_in] == [b"the page"] * AT_ONCE


def test_who_finds_a_seat_waits_and_is_answered(pool, slow):
    application = limited(slow)
    every = AT_ONCE + limit.WAITING
    answers = [pool.submit(Answer, application, "/cases/") for _ in range(every)]
    for _ in range(AT_ONCE):
        assert slow.inside.acquire(timeout=30)
    assert not slow.inside.acquire(blocking=False)  # no more than that at once
    slow.may_answer.set()
    assert [answer.result().status for answer in answers] == ["200 OK"] * every


def test_who_waits_too_long_is_told_to_come_again(pool, slow, monkeypatch):
    monkeypatch.setattr(limit, "PATIENCE", 0.01)
    application = limited(slow)
    for _ in range(AT_ONCE):
        pool.submit(Answer, application, "/cases/")
        assert slow.inside.acquire(timeout=30)
    assert Answer(application, "/cases/").status.startswith("503")


def test_whether_it_is_well_is_answered_however_many_wait(pool, slow, monkeypatch):
    monkeypatch.setattr(limit, "WAITING", 0)
    application = limited(slow)
    pool.submit(Answer, application, "/cases/")
    pool.submit(Answer, application, "/cases/")
    asked = pool.submit(Answer, application, "/health/")
    for _ in range(AT_ONCE + 1):
        assert slow.inside.acquire(timeout=30)
    slow.may_answer.set()
    assert asked.result().status == "200 OK"


def test_a_place_is_free_again_after_a_fault():
    def broken(_environ, _start_response):
        raise RuntimeError("a fault")

    application = Limit(broken, at_once=1, passes=("/health/",), words=lambda _environ: b"")
    for _ in range(3):
        with pytest.raises(RuntimeError, match="a fault"):
            application({"PATH_INFO": "/"}, lambda *_: None)


def test_what_is_served_has_the_limit_and_a_page_that_says_what_became_of_a_form():
    assert isinstance(wsgi.application, Limit)
    page = too_busy().decode()
    assert "reloading sends it again, and it is kept once" in page
    assert our_policy().authority_name in page
