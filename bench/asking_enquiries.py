"""Measure pages of enquiries (`bench.enquiries`), once there is a database: set up Django first."""

from collections.abc import Callable
from statistics import median, quantiles

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.asking import AIM, Page, count_queries, getter, seconds_of
from bench.asking_letters import measure_letters
from bench.asking_packs import measure_pack
from bench.crowd import Crowd
from bench.figures import Figure
from onroll.audit.actions import acting
from onroll.cases.models import Case
from onroll.config.postgres import Server
from onroll.demo.people import add_people

HEALTH = "/health/"
MOST_TIMES = 25


def measure(server: Server, *, children: int, most_cases: int, rounds: int) -> list[Figure]:
    """Count queries while the register grows; measure times at its full size."""
    with acting(actor="bench"):
        people = add_people(at=timezone.now())  # noqa: TID251  # the story of a bench is now
    crowd = Crowd(
        server,
        children=children,
        most_cases=most_cases,
        owner=people["olive"].pk,
        has_enquiries=True,
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(people["olive"])
    pages = ask_in_turn(crowd, most_cases, lambda: _pages(client), rounds=rounds)
    title = f"Of {most_cases:,} open cases: "
    figures = [figure(page, title if page is pages[0] else "") for page in pages]
    bare = median(seconds for page in pages for seconds in page.bare)
    olive = people["olive"]
    return [
        *figures,
        measure_pack(olive, bare=bare, rounds=5),
        measure_letters(olive, bare=bare, rounds=5),
    ]


def ask_in_turn(
    crowd: Crowd, most_cases: int, pages_of: Callable[[], list[Page]], *, rounds: int
) -> list[Page]:
    """Count the queries of pages while the register grows; ask for each and for `/health/` in turn
    at its full size."""
    pages: list[Page] = []
    for size in [size for size in (100, 1_000, 10_000) if size < most_cases] + [most_cases]:
        crowd.grow(size)
        pages = pages or pages_of()
        for page in pages:
            page.queries.append(count_queries(page.ask))
    health = getter(Client(headers={"host": "localhost"}), HEALTH)
    for _ in range(rounds):
        for page in pages:
            page.bare.append(seconds_of(health))
            page.seconds.append(seconds_of(page.ask))
    return pages


def _pages(client: Client) -> list[Page]:
    case = Case.objects.order_by("pk")[48]
    own = reverse("enquiries:own")
    addresses = {
        "A case: enquiries": reverse("enquiries:enquiries", args=[case.ref]),
        "Enquiries of her own cases: to be made": own,
        "Enquiries of her own cases: waited for": f"{own}?list=waiting",
    }
    return [Page(name, getter(client, url)) for name, url in addresses.items()]


def figure(page: Page, title: str) -> Figure:
    """Return what was measured of a page, against `/health/`."""
    middle, health = median(page.seconds), median(page.bare)
    slow = quantiles(page.seconds, n=20)[-1]
    counts = dict.fromkeys(page.queries)
    ratio = median(a / b for a, b in zip(page.seconds, page.bare, strict=True))
    return Figure(
        title=f"{title}{page.name}",
        figure=f"{' → '.join(map(str, counts))} queries; {middle * 1e3:.0f} ms "
        f"({slow * 1e3:.0f} ms)",
        baseline=f"{HEALTH}: {health * 1e3:.1f} ms",
        ratio=ratio,
        aim=f"≤ {AIM} queries, constant; ≤ {MOST_TIMES} times",
        is_reached=len(counts) == 1 and max(counts) <= AIM and ratio <= MOST_TIMES,
    )
