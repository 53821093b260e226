"""Measure how long letters to fifty families take to make and to set; set up Django first."""

from statistics import median
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from bench.figures import Figure
from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.letters.actions import write_letters
from onroll.letters.actions.letters import MOST_IN_A_MAILING
from onroll.letters.content import sheet_of
from onroll.letters.pdf import pdf
from onroll.rules.letters import LetterKind
from onroll.schools.queries import our_policy

MOST_SECONDS = 2


def measure_letters(officer: User, *, bare: float, rounds: int) -> Figure:
    """Write to as many families as one may at once, set the file, and take it back, some times.

    `bare` is what `/health/` takes in the same run, in seconds.
    """
    at_home = Address.objects.filter(to_on=None, kind="home").values("child")
    cases = Case.objects.open().filter(owner=officer, child__in=at_home).select_related("child")
    chosen = list(cases[:MOST_IN_A_MAILING])
    seconds = [_make(chosen, officer) for _ in range(rounds)]
    middle = median(seconds)
    return Figure(
        title=f"Letters to {len(chosen)} families, made, kept and set as one file",
        figure=f"{middle:.2f} s ({max(seconds):.2f} s)",
        baseline=f"/health/: {bare * 1e3:.1f} ms",
        ratio=middle / bare,
        aim=f"≤ {MOST_SECONDS} s",
        is_reached=middle <= MOST_SECONDS,
    )


def _make(cases: list[Case], officer: User) -> float:
    policy, at = our_policy(), timezone.localtime()  # a bench tells a story of now
    began = perf_counter()
    with acting(actor="bench"), transaction.atomic():
        made = write_letters(kind=LetterKind.FIRST, cases=cases, by=officer, at=at)
        sheets = [sheet_of(letter, policy) for letter in made.letters]
        pdf(sheets, title="Letters", colour=policy.colour, made_at=at)
        took = perf_counter() - began
        assert not made.left, made.left
        transaction.set_rollback(True)
    return took
