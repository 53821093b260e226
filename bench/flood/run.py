"""One run: serve, flood from one address, refer from others, count where each form went."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.flood.browser import Browser
from bench.kill.service import Service, served
from bench.kill.visitor import Visitor

FLOODER = "203.0.113.9"
THREADS = 8
MINUTE = 60.0
WHERE = """SELECT r.stage, count(*) FROM referrals_referral r
    JOIN referrals_referredchild c ON c.referral_id = r.id WHERE c.surname = %s GROUP BY r.stage"""
WAITING = "SELECT count(*) FROM referrals_quarantine WHERE answer = 'waiting'"
FLOOD, GENUINE = "Floodmark", "Genuinemark"
CHILD = {"forename": "Made-up", "home": "Elm Road"}
WORRY = {"worry": "Plays outside all day.", "danger": "no"}
YOU = {"relation": "neighbour", "gives_name": "no"}


@dataclass
class Result:
    """How many forms were sent and acknowledged, and where they are."""

    flood: int
    genuine: int
    flood_acknowledged: int = 0
    genuine_seconds: list[float] = field(default_factory=list)
    """How long each genuine form took, from its first page to the acknowledgement."""
    seconds: float = 0.0
    """How long the flood took."""
    flood_stages: dict[str, int] = field(default_factory=dict)
    genuine_stages: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    """How many forms wait in quarantine, with those that were there before."""
    today: str = ""
    """What Today of the hub says of the quarantine."""

    @property
    def wrong(self) -> list[str]:
        """Return everything that is not as it must be, in words."""
        quarantined, queued = self.flood_stages.get("quarantine", 0), self.genuine_stages
        slow = [seconds for seconds in self.genuine_seconds if seconds > MINUTE]
        lost = self.flood - sum(self.flood_stages.values())
        lost += self.genuine - sum(queued.values())
        checks = {
            f"the flood took {self.seconds:.0f} s, more than a minute": self.seconds > MINUTE,
            f"{self.flood_acknowledged} of {self.flood} acknowledged": (
                self.flood_acknowledged != self.flood
            ),
            f"{quarantined} of {self.flood} in quarantine": quarantined != self.flood,
            f"{queued.get('contact', 0)} of {self.genuine} in the queue": (
                queued.get("contact", 0) != self.genuine
            ),
            f"{len(slow)} genuine ones took more than a minute": bool(slow),
            f"{lost} lost": bool(lost),
            "Today does not count them": str(self.waiting) not in self.today.replace(",", ""),
        }
        return [words for words, is_wrong in checks.items() if is_wrong]


def run(
    *,
    flood: int,
    genuine: int,
    say: Callable[[str], object],
    over: float = MINUTE * 0.6,
    weeks: int = 2,
    tables: Path | None = None,
) -> Result:
    """Send `flood` forms from one address as fast as a minute asks, and `genuine` from others.

    Those come over `over` seconds. `weeks` and `tables` are as in `served`.
    """
    os.environ |= {"ONROLL_PROXIES": "1", "ONROLL_WEB_PROCESSES": "2"}
    result = Result(flood, genuine)
    with served(pupils=100, weeks=weeks, tables=tables) as service:
        say(f"Served at {service.root}.")
        port = urlsplit(service.root).port or 0
        begun = time.monotonic()
        numbers = iter(range(flood))
        lock = threading.Lock()
        threads = [
            threading.Thread(target=_flood, args=(port, numbers, lock, result))
            for _ in range(THREADS)
        ]
        threads += [
            threading.Thread(
                target=_refer, args=(port, n, begun + over * n / genuine, lock, result)
            )
            for n in range(genuine)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _count(service, result)
    return result


def _flood(port: int, numbers: Iterator[int], lock: threading.Lock, result: Result) -> None:
    browser, begun = Browser(port, FLOODER), time.monotonic()
    while True:
        with lock:
            number = next(numbers, None)
        if number is None:
            browser.close()
            return
        is_done = browser.refer(WORRY, {**CHILD, "surname": FLOOD}, YOU)
        with lock:
            result.flood_acknowledged += is_done
            result.seconds = max(result.seconds, time.monotonic() - begun)


def _refer(port: int, number: int, starts: float, lock: threading.Lock, result: Result) -> None:
    """Refer one child from an address of its own, some way into the flood."""
    time.sleep(max(0.0, starts - time.monotonic()))  # each comes at their time
    first = time.monotonic()
    browser = Browser(port, f"198.51.{number}.7")
    if browser.refer(WORRY, {**CHILD, "surname": GENUINE}, YOU):
        with lock:
            result.genuine_seconds.append(time.monotonic() - first)
    browser.close()


def _count(service: Service, result: Result) -> None:
    with psycopg.connect(service.server.url()) as connection:
        for mark, stages in ((FLOOD, result.flood_stages), (GENUINE, result.genuine_stages)):
            for stage, rows in connection.execute(WHERE, [mark]).fetchall():
                stages[stage] = rows
        row = connection.execute(WAITING).fetchone()
        result.waiting = int(row[0]) if row else 0
    visitor = Visitor(service.root, "mo@harrow.example")
    if visitor.sign_in():
        page = visitor.open("/today/").content.decode("utf-8", "replace")
        result.today = " ".join(page.split())
