"""On which side of the wall a route stands: the council's, a school's, or anyone's.

A route without a side is refused to everybody (`middleware.Walls`). People without an account reach
only routes on anyone's side; signed-in people reach those too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import wraps
from typing import Any

from django.urls import URLPattern, URLResolver

from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES

Routes = list[URLPattern | URLResolver]


class Side(StrEnum):
    """A side of the wall."""

    COUNCIL = "council"
    SCHOOL = "school"
    ANYONE = "anyone"


SIGNED_IN = (Side.COUNCIL, Side.SCHOOL)


def side_of(user: User) -> Side:
    """Return the side of a signed-in user."""
    return Side.SCHOOL if user.role in SCHOOL_ROLES else Side.COUNCIL


def sides_of(view: Callable[..., Any]) -> frozenset[Side]:
    """Return the sides of a route's view; none if the route names none."""
    return getattr(view, "sides", frozenset())


def on(*sides: Side, routes: Iterable[URLPattern | URLResolver]) -> Routes:
    """Return routes, with all they include, on these sides.

    An included route that has a side already keeps it.
    """
    marked = list(routes)
    for route in _patterns(marked):
        if not sides_of(route.callback):
            _mark(route, sides)
    return marked


def only(*sides: Side, names: Collection[str], routes: Iterable[URLPattern | URLResolver]) -> None:
    """Put the routes with these names on these sides, among all included ones."""
    for route in _patterns(routes):
        if route.name in names:
            _mark(route, sides)


def _mark(route: URLPattern, sides: Iterable[Side]) -> None:
    view = route.callback

    @wraps(view)
    def sided(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    sided.sides = frozenset(sides)  # type: ignore[attr-defined]  # read by `sides_of`
    route.callback = sided


def _patterns(routes: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for route in routes:
        if isinstance(route, URLResolver):
            yield from _patterns(route.url_patterns)
        else:
            yield route
