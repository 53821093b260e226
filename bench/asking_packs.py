"""Measure how long a pack for fifty children takes to make; set up Django first."""

from statistics import median
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from bench.figures import Figure
from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases.models import Case
from onroll.rules.requests import KINDS, MOST_IN_A_PACK
from onroll.sharing.actions import make_pack
from onroll.sharing.content import Asking

MOST_SECONDS = 2
STEP = "hmrc"


def measure_pack(officer: User, *, bare: float, rounds: int) -> Figure:
    """Make a pack for as many children as one may have, and take it back, some times.

    `bare` is what `/health/` takes in the same run, in seconds.
    """
    cases = list(Case.objects.filter(owner=officer).select_related("child")[:MOST_IN_A_PACK])
    seconds = [_make(cases, officer) for _ in range(rounds)]
    middle = median(seconds)
    return Figure(
        title=f"A pack for {len(cases)} children, made and kept",
        figure=f"{middle:.2f} s ({max(seconds):.2f} s)",
        baseline=f"/health/: {bare * 1e3:.1f} ms",
        ratio=middle / bare,
        aim=f"≤ {MOST_SECONDS} s",
        is_reached=middle <= MOST_SECONDS,
    )


def _make(cases: list[Case], officer: User) -> float:
    asking = Asking(kind=KINDS[STEP], whom="Child benefit office")
    began = perf_counter()
    with acting(actor="bench"), transaction.atomic():
        made = make_pack(asking=asking, cases=cases, by=officer, at=timezone.now())  # noqa: TID251  # a bench tells a story of now
        took = perf_counter() - began
        assert not made.left, made.left
        transaction.set_rollback(True)
    return took
