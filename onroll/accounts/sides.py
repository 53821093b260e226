"""On which side of the wall each address stands: the council's, a school's, or anyone's.

A route that names no side is refused to everybody (`middleware.Walls`). People without an account
reach only what stands on the side of anyone; who is signed in reaches that too.
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
    """Whose an address is."""

    COUNCIL = "council"
    SCHOOL = "school"
    ANYONE = "anyone"


SIGNED_IN = (Side.COUNCIL, Side.SCHOOL)


def side_of(user: User) -> Side:
    """Return the side on which the pages of a signed-in person stand."""
    return Side.SCHOOL if user.role in SCHOOL_ROLES else Side.COUNCIL


def sides_of(view: Callable[..., Any]) -> frozenset[Side]:
    """Return the sides of a route's view; none where the route names none."""
    return getattr(view, "sides", frozenset())


def on(*sides: Side, routes: Iterable[URLPattern | URLResolver]) -> Routes:
    """Return routes, with all they include, that stand on these sides.

    What they include and has named a side before stays on that side.
    """
    marked = list(routes)
    for route in _patterns(marked):
        if not sides_of(route.callback):
            _mark(route, sides)
    return marked


def only(*sides: Side, names: Collection[str], routes: Iterable[URLPattern | URLResolver]) -> None:
    """Put the routes of these names on these sides, among all that the others include."""
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
