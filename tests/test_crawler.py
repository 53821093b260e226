"""Every address, everyone, every method: the answer is the one the access matrix gives."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django import DjangoDbBlocker

from onroll.accounts.decorators import needs, own_account, public
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.sides import Side, on
from onroll.cases.models import Case
from tests import crawler, routes
from tests.people import People


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[routes.World]:
    """Give a world that all tests of this module share, and undo it at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield routes.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(made: routes.World) -> Iterator[routes.World]:
    """Give the world as it was made, and undo what one test does to it."""
    with transaction.atomic():
        yield deepcopy(made)  # whoever signs in keeps the key of the session
        transaction.set_rollback(True)


def test_every_page_says_who_may_open_it() -> None:
    assert crawler.undeclared() == []


@pytest.mark.shows("privacy.who", "privacy.every_look")
@pytest.mark.parametrize("name", [None, *(field.name for field in fields(People))])
def test_every_address_answers_each_as_the_matrix_says(
    world: routes.World, name: str | None
) -> None:
    """P58 and trust.md 3.3: nobody is shown, or told of, what is not theirs, nor without trace."""
    user = getattr(world.people, name) if name else None
    assert crawler.faults(world, user) == []


@public
def open_to_all(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def names_nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs(Permission.CASE_LIST)
def leaks(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(case.child.surname for case in Case.objects.all()))


@needs(Permission.CASE_LIST)
def writes(_request: HttpRequest) -> HttpResponse:
    User.objects.create(email=f"made-by-get-{User.objects.count()}@harrow.example", name="x")
    return HttpResponse("")


@needs(Permission.CASE_VIEW)
def forgets_the_wall(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@own_account
def breaks(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@own_account
def speaks_in_code(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>anonymous changed accounts_user 12: last_login</p><td>proposes</td>")


of_council = [
    path("nothing/", names_nothing, name="nothing"),
    path("nameless/", leaks),
    path("leaks/", leaks, name="leaks"),
    path("writes/", writes, name="writes"),
    path("school/<int:pk>/", forgets_the_wall, name="unlisted"),
    path("breaks/", breaks, name="breaks"),
    path("code/", speaks_in_code, name="code"),
]
urlpatterns = [
    *on(Side.ANYONE, routes=[path("open/", open_to_all, name="open")]),
    *on(Side.COUNCIL, routes=of_council),
    *on(Side.SCHOOL, routes=[path("strays/", leaks, name="strays")]),
    path("sideless/", leaks, name="sideless"),
]


@pytest.mark.urls("tests.test_crawler")
def test_the_crawler_finds_what_it_is_there_to_find(world: routes.World) -> None:
    found = "\n".join((
        *crawler.undeclared(),
        *crawler.faults(world, world.people.cat),
        *crawler.faults(world, world.people.olive),
    ))  # fmt: skip
    assert "open lets anyone in and is not on the short public list." in found
    assert "nothing names no permission." in found
    assert "sideless is on no side of the wall: council, school or anyone." in found
    assert "strays is on another side than tests/routes/sides.py says." in found
    assert "has no name" in found
    assert "Cat Cole (cao), GET leaks: shows Zebedeeson." in found
    assert "Olive Obi (loc), GET leaks: shows Zebedeeson." not in found
    assert "Olive Obi (loc), GET leaks: shows Zebedeeson and nothing says so in the trail." in found
    assert "Olive Obi (loc), GET writes: changed something (accounts_user)." in found
    assert "unlisted has something in its address" in found
    assert "Olive Obi (loc), GET breaks: 500" in found
    for name in ("accounts_user", "last_login", "proposes"):
        assert f"Olive Obi (loc), GET code: shows the code name {name}." in found
