"""The kinds of list that an officer can send to be compared (P04, P05), one row each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ListKind(StrEnum):
    """What a list declares to be. The values are stored."""

    ROLL = "roll"
    LEAVERS = "leavers"
    JOINERS = "joiners"
    OFFERS = "offers"
    NO_SHOWS = "no_shows"
    HOME_EDUCATION = "home_education"
    HEALTH = "health"
    HOUSING = "housing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType:
    """What a kind of list is called: as an answer on a form, at the head of its page, in a line."""

    choice: str
    hint: str
    title: str
    noun: str
    is_schools_own: bool = False
    """A school says it of itself. Other lists come from somebody else, whatever school they name.
    """


LIST_TYPES: Mapping[str, ListType] = {
    ListKind.ROLL: ListType(
        choice="Whole roll or census",
        hint="Everyone at one school or at all, on one day",
        title="Whole roll or census",
        noun="roll",
        is_schools_own=True,
    ),
    ListKind.LEAVERS: ListType(
        choice="Leavers",
        hint="Children said to have left, with their school and last day",
        title="List of leavers",
        noun="leavers",
        is_schools_own=True,
    ),
    ListKind.JOINERS: ListType(
        choice="Joiners",
        hint="Children said to have joined, with their school and first day",
        title="List of joiners",
        noun="joiners",
        is_schools_own=True,
    ),
    ListKind.OFFERS: ListType(
        choice="Places offered",
        hint="Whom admissions offered a place, by the day they were to start",
        title="List of places offered",
        noun="offers",
    ),
    ListKind.NO_SHOWS: ListType(
        choice="No-shows",
        hint="Children a school expected and never saw",
        title="List of no-shows",
        noun="no-shows",
        is_schools_own=True,
    ),
    ListKind.HOME_EDUCATION: ListType(
        choice="Home education",
        hint="Everyone the team knows to be educated at home",
        title="Home education list",
        noun="home education",
    ),
    ListKind.HEALTH: ListType(
        choice="Health",
        hint="Children a health service knows, such as those registered with a GP",
        title="Health list",
        noun="health",
    ),
    ListKind.HOUSING: ListType(
        choice="Housing",
        hint="Children in temporary or social housing",
        title="Housing list",
        noun="housing",
    ),
}


def is_from_no_school(kind: str) -> bool:
    """Say whether a list of this kind comes from somebody who is no school."""
    return kind in LIST_TYPES and not LIST_TYPES[kind].is_schools_own
