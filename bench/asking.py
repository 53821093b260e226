"""Measure pages (`bench.pages`), once there is a database: Django must be set up before import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.bare import ADDRESS, add_bare_view
from bench.crowd import Crowd
from bench.figures import Figure
from onroll.audit.actions import acting
from onroll.cases.models import Case
from onroll.cases.views.register import A_PAGE
from onroll.config.postgres import Server
from onroll.demo.people import add_people

AIM = 12
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""Statements that begin and end a transaction."""
Ask = Callable[[], object]


@dataclass
class Page:
    """A page: its times, round by round, and its number of queries at each size of the register."""

    name: str
    ask: Ask
    seconds: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)


def measure(server: Server, *, children: int, most_cases: int, rounds: int) -> list[Figure]:
    """Count queries while the register grows; measure times at its full size."""
    with acting(actor="bench"):
        people = add_people(at=timezone.now())  # noqa: TID251  # the story of a bench is now
    crowd = Crowd(server, children=children, most_cases=most_cases, owner=people["olive"].pk)
    add_bare_view()
    client = Client(headers={"host": "localhost"})
    client.force_login(people["olive"])
    sizes = [size for size in (100, 1_000, 10_000) if size < most_cases] + [most_cases]
    pages: list[Page] = []
    for size in sizes:
        crowd.grow(size)
        pages = pages or _pages(client, most_cases)
        for page in pages:
            page.queries.append(count_queries(page.ask))
    bare = Page("", lambda: client.get(ADDRESS))
    for _ in range(rounds):
        for page in pages:
            page.bare.append(seconds_of(bare.ask))
            page.seconds.append(seconds_of(page.ask))
    smallest, *larger = pages
    common = smallest.queries[-1]
    title = f"Of {most_cases:,} open cases and {children:,} children: "
    return [
        _figure(page, title if page is larger[0] else "", own_queries=max(page.queries) - common)
        for page in (*larger, smallest)
    ]


def _pages(client: Client, most_cases: int) -> list[Page]:
    case = Case.objects.select_related("child").order_by("pk")[49]
    page = _search(client, {"words": case.child.surname, "born_0": "", "born_1": "", "born_2": ""})
    addresses = {
        "The smallest signed-in page": reverse("account_stay"),
        "Register": _register(),
        "Register, second page": _register(page="2"),
        "Register, last page": _register(page=str(most_cases // A_PAGE)),
        "Register, one stage": _register(stage="enquiries"),
        "Register, nobody's": _register(owner="nobody"),
        "Register, one reason": _register(reason="no_answer"),
        "Register, one school": _register(school="7"),
        "Register, one year group": _register(year="6"),
        "Register, one risk group": _register(group="looked_after"),
        "Register, overdue": _register(overdue="yes"),
        "Register, whereabouts known": _register(whereabouts="known"),
        "Register, by name": _register(sort="name"),
        "Register, by age, eldest last": _register(sort="-age"),
        "Register, by owner": _register(sort="owner"),
        "Register, a name looked for": page,
        "A case": reverse("casefile:case", args=[case.ref]),
        "A case: the child": reverse("casefile:case_child", args=[case.ref]),
        "A case: chronology and notes": reverse("casefile:chronology", args=[case.ref]),
        "A case: team and access": reverse("casefile:team", args=[case.ref]),
    }
    return [Page(name, getter(client, url)) for name, url in addresses.items()]


def _register(**query: str) -> str:
    return reverse("cases:register", query=query)


def _search(client: Client, words: Mapping[str, str]) -> str:
    """Search for a child by name; return the address of the results."""
    response = client.post(reverse("cases:search"), words)
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def getter(client: Client, url: str) -> Ask:
    """Return what asks for a page, and must be given it."""

    def ask() -> None:
        response = client.get(url)
        assert response.status_code in (200, 204), (url, response.status_code)

    return ask


def count_queries(ask: Ask) -> int:
    """Return how many queries a page makes."""
    ask()  # what is kept in memory after the first request is not counted
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(not query["sql"].startswith(AROUND) for query in captured)


def seconds_of(ask: Ask) -> float:
    """Return how long a page takes."""
    begun = perf_counter()
    ask()
    return perf_counter() - begun


def _figure(page: Page, title: str, *, own_queries: int) -> Figure:
    middle, bare = median(page.seconds), median(page.bare)
    slow = quantiles(page.seconds, n=20)[-1]
    counts = dict.fromkeys(page.queries)
    numbers = " → ".join(map(str, counts)) + (f" ({own_queries} its own)" if own_queries else "")
    return Figure(
        title=f"{title}{page.name}",
        figure=f"{numbers} queries; {middle * 1e3:.0f} ms ({slow * 1e3:.0f} ms)",
        baseline=f"bare view: {bare * 1e3:.1f} ms",
        ratio=median(a / b for a, b in zip(page.seconds, page.bare, strict=True)),
        aim=f"≤ {AIM} queries, constant",
        is_reached=len(counts) == 1 and max(counts) <= AIM,
    )
