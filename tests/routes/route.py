"""What goes into the address of one page, for each person: seen, unseen, and never there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onroll.accounts.models import User
from tests.routes.world import World

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """What goes into one route's address. `posted` is a form that would be taken as it is."""

    seen: Callable[[World, User], Arguments | None]
    unseen: Callable[[World, User], Arguments | None] = lambda _world, _user: None
    never: Arguments | None = None
    posted: Callable[[World, User], Mapping[str, str]] = lambda _world, _user: {}


def of_case(**more: Any) -> Route:
    """Return the route of a page about a case."""

    def unseen(world: World, user: User) -> Arguments | None:
        other = world.other_case(user)
        return {"ref": other.ref, **more} if other else None

    return Route(
        seen=lambda world, user: {"ref": world.case_for(user).ref, **more},
        unseen=unseen,
        never={"ref": "222-222-222", **more},
    )


def of_child(**more: Any) -> Route:
    """Return the route of a page about a child."""

    def unseen(world: World, user: User) -> Arguments | None:
        other = world.other_case(user)
        return {"ref": other.child.ref, **more} if other else None

    return Route(
        seen=lambda world, user: {"ref": world.case_for(user).child.ref, **more},
        unseen=unseen,
        never={"ref": "222-222-222", **more},
    )


def of_file(**more: Any) -> Route:
    """Return the route of a page about a file that somebody sent."""

    def at(ref: str | None) -> Arguments | None:
        return {"ref": ref, **more} if ref else None

    return Route(
        seen=lambda world, user: at(world.file_for(user)),
        unseen=lambda world, user: at(world.other_file(user)),
        never={"ref": "222-222-222", **more},
    )
