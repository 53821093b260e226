"""How many people at once can fill in the public form, and how long each page of it takes."""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from itertools import chain
from statistics import median, quantiles
from urllib.parse import urlsplit

import psycopg

from bench.figures import Figure
from bench.flood.browser import RECEIVED, Answers, Browser
from bench.kill.service import Service, served

ABOUT = """\
The demo's borough is served by `onroll demo` with two processes for pages. People without an
account, each at a network address of their own, fill in the public form over HTTP: four pages are
opened and four are sent, check-your-answers among them. It is an open model: a person comes five
times a second whether or not the others have finished, so 40 pages a second are asked for; the
clients run on the same two processors. The baseline is `/health/`, asked once a second in the same
run. Every referral that was acknowledged is looked for in the database."""
A_SECOND, PAGES = 5, 8
MARK = "Benchmark"
TYPED = (
    {"worry": "Plays outside all day.", "danger": "no"},
    {"forename": "Made-up", "surname": MARK, "home": "Elm Road"},
    {"relation": "neighbour", "gives_name": "no"},
)
THERE = """SELECT count(*) FROM referrals_referral r JOIN referrals_referredchild c
    ON c.referral_id = r.id WHERE c.surname = %s AND r.stage = 'contact'"""
MOST_TIMES = 20
Timed = list[tuple[int, float]]
"""The status and the seconds of each answer."""


class Person(Browser):
    """Somebody who opens each page of the form and sends it."""

    def fill_in(self, *typed: Answers) -> tuple[Timed, bool]:
        """Return what each page took, and whether the referral was acknowledged."""
        timed: Timed = []
        path = self._timed(timed, "GET", "/refer/")[0]  # leads to a first page of one's own
        for answers in (*typed, {}):
            self._token = self.token_of(self._timed(timed, "GET", path)[1])
            body = self.body(answers)
            path = self._timed(timed, "POST", path, body)[0]
            if not path:
                return timed, False
        return timed, path.startswith(RECEIVED)

    def _timed(self, timed: Timed, method: str, path: str, body: str = "") -> tuple[str, str]:
        """Ask for a page; return where it leads, and what stands on it."""
        begun = time.perf_counter()
        answer, content = self._ask(method, path, body)
        timed.append((answer.status if answer else 0, time.perf_counter() - begun))
        return (answer.headers.get("Location", "") if answer else ""), content


def run(*, quick: bool) -> list[Figure]:
    """Serve a borough, and let people fill in the form at their times for a minute."""
    os.environ["ONROLL_PROXIES"] = "1"  # each person says which address they are at
    pupils, seconds = (100, 5) if quick else (2_000, 60)
    with served(pupils=pupils, weeks=2) as service:
        return _measure(service, seconds)


def _measure(service: Service, seconds: int) -> list[Figure]:
    host = urlsplit(service.root)
    port, begun = host.port or 0, time.perf_counter() + 0.5

    def refer(number: int) -> tuple[Timed, bool]:
        due = begun + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))  # an open model: each comes at their time
        with closing(Person(port, f"10.{number // 250}.{number % 250}.7")) as person:
            return person.fill_in(*TYPED)

    def health(number: int) -> float:
        time.sleep(max(0.0, begun + number - time.perf_counter()))  # one a second
        first = time.perf_counter()
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/health/")
            connection.getresponse().read()
        return time.perf_counter() - first

    with ThreadPoolExecutor(64) as people, ThreadPoolExecutor(2) as others:
        checks = others.map(health, range(seconds))
        walks = list(people.map(refer, range(A_SECOND * seconds)))
        baseline = list(checks)
    with psycopg.connect(service.server.url()) as connection:
        row = connection.execute(THERE, [MARK]).fetchone()
    return _figures(walks, baseline, there=int(row[0]) if row else 0, seconds=seconds)


def _figures(
    walks: list[tuple[Timed, bool]], baseline: list[float], *, there: int, seconds: int
) -> list[Figure]:
    timed = list(chain.from_iterable(pages for pages, _ in walks))
    times = [took * 1000 for _, took in timed]
    faults = Counter(status for status, _ in timed if status not in (200, 302))
    slow, slow_health = quantiles(times, n=20)[-1], quantiles(baseline, n=20)[-1] * 1000
    acknowledged = sum(is_done for _, is_done in walks)
    words = f"; not answered: {dict(faults)}" if faults else ""
    return [
        Figure(
            title=f"{A_SECOND * PAGES} pages of the form a second for {seconds} seconds",
            figure=f"half within {median(times):.0f} ms, 19 of 20 within {slow:.0f} ms{words}",
            baseline=f"/health/: 19 of 20 within {slow_health:.0f} ms",
            ratio=slow / slow_health,
            aim=f"≤ {MOST_TIMES} times, no error",
            is_reached=slow <= MOST_TIMES * slow_health and not faults,
        ),
        Figure(
            title=f"Referrals acknowledged, of {len(walks)} begun",
            figure=f"{acknowledged}, and {there} are in the hub's queue",
            aim="all, and each once",
            is_reached=acknowledged == there == len(walks),
        ),
    ]
