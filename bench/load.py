"""The cost of a page, and how many the service answers at once."""

import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from statistics import mean, median, quantiles
from threading import local
from urllib.parse import urlsplit

import psutil

from bench.figures import Figure
from bench.kill.service import Service, served
from bench.kill.visitor import Visitor

ABOUT = """\
The demo's borough is served by `onroll demo` with two processes for pages, and read over HTTP by
officers who are signed in. *Processor* is what the web processes and the database used of it, per
request, asked one after another; the baseline is `/health/`, asked in turn with the pages in the
same run. *A second* is an open model: requests come at their times whether or not earlier ones are
answered, and the time of one runs from when it came. What cannot be answered soon is told to come
again in a few seconds (503, Retry-After) rather than made to wait."""
OFFICERS = ("olive@harrow.example", "max@harrow.example")
AIM, MOST_TIMES, SLOWEST = 22, 40, 300
HEALTH = "/health/"
Kinds = dict[str, list[str]]


def run(*, quick: bool) -> list[Figure]:
    """Build the borough, then measure page by page, the mixture, and too many at once."""
    pupils, weeks, rounds, seconds = (1_000, 2, 3, 5) if quick else (12_000, 6, 25, 60)
    with served(pupils=pupils, weeks=weeks) as service:
        return measure(service, rounds=rounds, seconds=seconds)


def measure(service: Service, *, rounds: int, seconds: float) -> list[Figure]:
    """Measure a service that is running: so many rounds of each page, so long at each rate."""
    readers = [Reader(service.root, email) for email in OFFICERS]
    kinds = _kinds(readers[0])
    costs = _costs(service, readers[0], kinds, rounds)
    in_turn = zip(*map(cycle, kinds.values()), strict=True)
    mixture = [address for some in islice(in_turn, 30) for address in some]
    return [
        *_cost_figures(costs),
        _steady(_at_rate(readers, mixture, a_second=60, seconds=seconds), 60, seconds),
        _overload(_at_rate(readers, mixture, a_second=200, seconds=seconds / 3), 200),
    ]


class Reader:
    """An officer's signed-in browser, from any number of threads, a connection each."""

    def __init__(self, root: str, email: str) -> None:
        visitor = Visitor(root, email)
        if not visitor.sign_in():
            raise RuntimeError(f"{email} cannot sign in.")
        self._cookies, self._host = visitor.cookies(), urlsplit(root).netloc
        self._threads = local()

    def read(self, address: str) -> tuple[int, bytes]:
        """Return the status and the page; 0 when no answer came."""
        for connection in (getattr(self._threads, "connection", None), None):
            fresh = connection or HTTPConnection(self._host, timeout=30)
            try:
                fresh.request("GET", address, headers={"Cookie": self._cookies})
                answer = fresh.getresponse()
                page = answer.read()
            except (OSError, HTTPException):
                fresh.close()
                self._threads.connection = None
                continue
            self._threads.connection = fresh
            return answer.status, page
        return 0, b""


def _kinds(reader: Reader) -> Kinds:
    """Return the addresses of each kind of page an officer reads."""

    def links(address: str, pattern: str, most: int = 10) -> list[str]:
        status, page = reader.read(address)
        addresses = dict.fromkeys(re.findall(f'href="({pattern})"', page.decode()))
        if status != 200 or not addresses:
            raise RuntimeError(f"{address} leads to nothing like {pattern}: {status}.")
        return list(addresses)[:most]

    cases = links("/cases/", r"/cases/[0-9A-Z-]{11}/")
    return {
        "Today": ["/today/"],
        "Register": ["/cases/"],
        "A case": cases,
        "A case: the child": [f"{case}child/" for case in cases],
        "A case: chronology and notes": [f"{case}chronology/" for case in cases],
        "Find a child": ["/children/find/"],
        "Files": ["/files/"],
        "A file": links("/files/", r"/files/[0-9A-Z-]{11}/"),
        "Review": ["/review/"],
        "Weekly reports": ["/reports/weekly/"],
        "A weekly report": links("/reports/weekly/", r"/reports/weekly/[0-9A-Z-]{11}/", 3),
        "The week so far": links("/reports/weekly/", r"/reports/weekly/so-far/", 1),
        "Schools": ["/schools/"],
    }


def _costs(service: Service, reader: Reader, kinds: Kinds, rounds: int) -> dict[str, list[float]]:
    """Return the processor's milliseconds of a request, round by round, for each kind of page."""
    kinds_ = {HEALTH: [HEALTH], **kinds}
    for addresses in kinds_.values():
        _ask(reader, addresses * 2)  # what a process keeps after its first pages is not counted
    costs: dict[str, list[float]] = {kind: [] for kind in kinds_}
    for _ in range(rounds):
        for kind, addresses in kinds_.items():
            some = list(islice(cycle(addresses), 10))
            before = _processor(service)
            _ask(reader, some)
            costs[kind].append((_processor(service) - before) * 1000 / len(some))
    return costs


def _ask(reader: Reader, addresses: Sequence[str]) -> None:
    for address in addresses:
        status, _ = reader.read(address)
        if status != 200:
            raise RuntimeError(f"{address}: {status}.")


def _processor(service: Service) -> float:
    """Return the seconds of processor used by what answers pages and by the database."""
    used = 0.0
    for process in service.processes():
        try:
            name = " ".join(process.cmdline())
            if " worker" not in name:
                used += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue  # its parent has its time
    return used


def _cost_figures(costs: dict[str, list[float]]) -> list[Figure]:
    health = costs.pop(HEALTH)
    baseline = f"{HEALTH}: {median(health):.1f} ms"
    mixed = [mean(some) for some in zip(*costs.values(), strict=True)]
    figures = [
        Figure(
            title="All of these in turn",
            figure=f"{median(mixed):.1f} ms of processor a page",
            baseline=baseline,
            ratio=median(mixed) / median(health),
            aim=f"≤ {AIM} ms",
            is_reached=median(mixed) <= AIM,
        )
    ]
    for kind, some in costs.items():
        ratio = median(some) / median(health)
        figures.append(
            Figure(
                title=kind,
                figure=f"{median(some):.1f} ms of processor",
                baseline=baseline,
                ratio=ratio,
                aim=f"≤ {MOST_TIMES} times",
                is_reached=ratio <= MOST_TIMES,
            )
        )
    return figures


def _at_rate(
    readers: Sequence[Reader], addresses: Sequence[str], *, a_second: int, seconds: float
) -> list[tuple[int, float]]:
    """Ask so many times a second; return the status and the seconds of each answer."""
    begun = time.perf_counter() + 0.2

    def request(number: int) -> tuple[int, float]:
        due = begun + number / a_second
        time.sleep(max(0.0, due - time.perf_counter()))  # an open model: each comes at its time
        reader = readers[number % len(readers)]
        status, _ = reader.read(addresses[number % len(addresses)])
        return status, time.perf_counter() - due

    with ThreadPoolExecutor(128) as pool:
        return list(pool.map(request, range(int(a_second * seconds))))


def _steady(answers: list[tuple[int, float]], rate: int, seconds: float) -> Figure:
    times = [took * 1000 for _, took in answers]
    failures = Counter(status for status, _ in answers if status != 200)
    slow = quantiles(times, n=20)[-1]
    words = f"; not answered: {dict(failures)}" if failures else ""
    return Figure(
        title=f"{rate} a second for {seconds:.0f} seconds",
        figure=f"half within {median(times):.0f} ms, 19 of 20 within {slow:.0f} ms{words}",
        aim=f"19 of 20 within {SLOWEST} ms",
        is_reached=slow < SLOWEST and not failures,
    )


def _overload(answers: list[tuple[int, float]], rate: int) -> Figure:
    counts = Counter(status for status, _ in answers)
    times = [took * 1000 for status, took in answers if status == 200]
    slow = quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    return Figure(
        title=f"{rate} a second, more than it can",
        figure=f"{counts[200]} answered, 19 of 20 within {slow:.0f} ms; {counts[503]} told to "
        f"come again; {len(answers) - counts[200] - counts[503]} otherwise",
        aim="nothing left without an answer",
        is_reached=counts[200] + counts[503] == len(answers),
    )
