"""A form as somebody would fill it in: from which page, by which button, with what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.visitor import Visitor
from tests.routes import World

Setting = Callable[[World, Visitor], Mapping[str, Any]]
"""Makes whatever must be there, and returns what goes into the address."""

Answers = Mapping[str, str | Sequence[str]]


def nothing(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Need nothing, and have nothing in the address."""
    return {}


@dataclass(frozen=True)
class Filled:
    """A form: who sends it, from which page, by which button, with what."""

    button: str
    setting: Setting = nothing
    answers: Answers | Callable[[World], Answers] = field(default_factory=dict)
    who: str = "olive"
    page: str = ""
    """The route of the page that has the form, where it is not the one that takes it."""
    query: str | Callable[[World], str] = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
