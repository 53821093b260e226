"""Measure pages of a day (`bench.day`), once there is a database: set up Django first."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.asking import Page, getter
from bench.asking_enquiries import ask_in_turn, figure
from bench.crowd import Crowd
from bench.figures import Figure
from onroll.accounts.actions import add_person
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.actions import acting
from onroll.cases.models import Case
from onroll.config.postgres import Server
from onroll.demo.people import add_people

OFFICERS = 20
NOBODYS = 50
"""Each so many-th case has nobody."""


def measure(server: Server, *, children: int, most_cases: int, rounds: int) -> list[Figure]:
    """Count queries while the register grows; measure times at its full size."""
    at = timezone.now()  # noqa: TID251  # the story of a bench is now
    with acting(actor="bench"):
        people = add_people(at=at)
        colleagues = [
            add_person(
                email=f"officer{number}@harrow.example",
                name=f"Officer {number}",
                role=Role.LOC,
                team="",
                by=None,
                at=at,
            ).pk
            for number in range(1, OFFICERS)
        ]
    crowd = Crowd(
        server,
        children=children,
        most_cases=most_cases,
        owner=people["olive"].pk,
        colleagues=colleagues,
        nobodys=NOBODYS,
        has_enquiries=True,
    )
    pages = ask_in_turn(
        crowd, most_cases, lambda: _pages(people["olive"], people["max"]), rounds=rounds
    )
    title = f"Of {most_cases:,} open cases: "
    return [figure(page, title if page is pages[0] else "") for page in pages]


def _pages(officer: User, manager: User) -> list[Page]:
    hers, his = (Client(headers={"host": "localhost"}) for _ in range(2))
    hers.force_login(officer)
    his.force_login(manager)
    case = Case.objects.filter(owner=officer).order_by("pk")[1]
    return [
        Page("Today", getter(hers, reverse("casefile:today"))),
        Page("All of today", getter(hers, reverse("casefile:all_of_today"))),
        Page("Register", getter(hers, reverse("cases:register"))),
        Page("A case", getter(hers, reverse("casefile:case", args=[case.ref]))),
        Page("The manager's page", getter(his, reverse("casefile:manager"))),
        Page("The manager's Today", getter(his, reverse("casefile:today"))),
    ]
