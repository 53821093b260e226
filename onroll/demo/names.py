"""Names for the made-up people, by naming tradition; the lists are in `names.toml`."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from onroll.demo.chance import Weighted, pick
from onroll.demo.places import words

FIRST_SPELLING_SHARE = 0.55
"""How often a name is written in the first spelling of its list rather than in another."""


@dataclass(frozen=True, slots=True)
class Tradition:
    """One way of naming children: the lists, and how a surname follows from the parents'."""

    code: str
    style: str
    doubled: float
    chosen: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    surnames: tuple[str, ...]
    women: tuple[str, ...]
    second: tuple[str, ...]
    known_as: tuple[str, ...]
    weak: str
    weak_share: float

    def forenames(self, sex: str) -> tuple[str, ...]:
        """Return the forenames given to girls (`F`) or boys (`M`)."""
        return self.girls if sex == "F" else self.boys


@dataclass(frozen=True, slots=True)
class House:
    """What the names in one family are made from."""

    tradition: Tradition
    father: str
    mother: str
    surname: str
    mothers_surname: str
    is_weak: bool
    """Sikh families: whether the children are just Singh and Kaur."""


@dataclass(frozen=True, slots=True)
class ChildName:
    """The names of one child."""

    forename: str
    middle_names: str
    surname: str
    chosen_forename: str


@cache
def traditions() -> Weighted[Tradition]:
    """Return the naming traditions of the borough, drawn as often as their weight says."""
    return Weighted({_tradition(table): table["weight"] for table in _tables()["traditions"]})


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Return, for each name written in several ways, all of them."""
    groups = [words(text) for text in _tables()["variants"]["spellings"]]
    return {name: group for group in reversed(groups) for name in group}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return the short forms of the forenames that have any."""
    return {name: words(text) for name, text in _tables()["nicknames"].items()}


def draw_house(chance: Random) -> House:
    """Draw the names a new family builds on."""
    tradition = traditions().draw(chance)
    is_weak = chance.random() < (tradition.weak_share or 0.5)
    surname = tradition.weak if tradition.weak and is_weak else pick(chance, tradition.surnames)
    return House(
        tradition,
        father=spelt(pick(chance, tradition.boys), chance),
        mother=spelt(pick(chance, tradition.girls), chance),
        surname=surname if "/" in surname else spelt(surname, chance),
        mothers_surname=pick(chance, tradition.surnames),
        is_weak=is_weak,
    )


def draw_child_name(house: House, sex: str, taken: Collection[str], chance: Random) -> ChildName:
    """Draw a child's names; no two children of a family have the same forename."""
    call_name = _call_name(house.tradition, sex, taken, chance)
    forename = _doubled(house.tradition, call_name, sex, chance)
    middle = _middle_names(house, sex, chance)
    chosen = _chosen(house.tradition, call_name, forename, chance)
    return ChildName(forename, middle, surname_of(house, sex, chance), chosen)


def surname_of(house: House, sex: str, chance: Random) -> str:
    """Return a child's surname, as the family's tradition forms it.

    It may be the family's, the mother's or both; the father's forename; or one for girls or boys.
    """
    style, is_girl = house.tradition.style, sex == "F"
    if style == "singh_kaur" and house.is_weak:
        return "Kaur" if is_girl else "Singh"
    if style == "father_forename":
        return house.father
    if style == "muslim_south_asian" and is_girl and chance.random() < 0.35:
        return pick(chance, house.tradition.women)
    if style == "both_parents":
        return f"{house.mothers_surname} {house.surname}"
    if style == "either_parent" and house.is_weak:
        return house.mothers_surname
    masculine, _, feminine = house.surname.partition("/")
    return feminine if is_girl and feminine else masculine


def surname_of_adult(house: House, sex: str) -> str:
    """Return a father's or mother's surname."""
    if house.tradition.style == "singh_kaur" and house.is_weak:
        return "Kaur" if sex == "F" else "Singh"
    if sex == "F" and house.tradition.style == "father_forename":
        return house.father
    if sex == "F" and house.tradition.style in ("chain", "both_parents", "either_parent"):
        return house.mothers_surname.partition("/")[0]
    masculine, _, feminine = house.surname.partition("/")
    return feminine if sex == "F" and feminine else masculine


def spelt(name: str, chance: Random) -> str:
    """Return the name as one family writes it."""
    group = spellings().get(name)
    if group is None or chance.random() < FIRST_SPELLING_SHARE:
        return name
    return pick(chance, group)


def respelt(name: str, chance: Random) -> str:
    """Return the name as another office might write it; not the same unless it is very short."""
    alternatives = [spelling for spelling in spellings().get(name, ()) if spelling != name]
    if alternatives:
        return pick(chance, alternatives)
    for double in ("aa", "ee", "ll", "nn", "ss", "tt"):
        if double in name:
            return name.replace(double, double[0], 1)
    if " " in name or "-" in name:
        return name.replace("-", " ") if "-" in name else name.replace(" ", "-", 1)
    return _mistyped(name, chance)


def _mistyped(name: str, chance: Random) -> str:
    """Swap two neighbouring letters that differ, or drop the last."""
    places = [n for n in range(1, len(name) - 1) if name[n].lower() != name[n + 1].lower()]
    if not places:
        return name[:-1] if len(name) > 2 else name
    at = pick(chance, places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _call_name(tradition: Tradition, sex: str, taken: Collection[str], chance: Random) -> str:
    name = spelt(pick(chance, tradition.forenames(sex)), chance)
    while name in taken:
        name = pick(chance, tradition.forenames(sex))
    return name


def _doubled(tradition: Tradition, name: str, sex: str, chance: Random) -> str:
    if chance.random() >= tradition.doubled:
        return name
    if tradition.second:
        return f"{spelt(pick(chance, tradition.second), chance)} {name}" if sex == "M" else name
    second = pick(chance, tradition.forenames(sex))
    return name if second == name else name + pick(chance, "- ") + second


def _middle_names(house: House, sex: str, chance: Random) -> str:
    style = house.tradition.style
    if style == "chain":
        return house.father
    if style == "singh_kaur" and not house.is_weak:
        return "Kaur" if sex == "F" else "Singh"
    if style == "family" and chance.random() < 0.35:
        return pick(chance, house.tradition.forenames(sex))
    return ""


def _chosen(tradition: Tradition, call_name: str, forename: str, chance: Random) -> str:
    """Return the name used at school where it is not the legal forename, else nothing."""
    if forename != call_name and chance.random() < 0.6:
        return call_name
    if chance.random() >= tradition.chosen:
        return ""
    return pick(chance, tradition.known_as or nicknames().get(call_name) or ("",))


def _tradition(table: dict[str, object]) -> Tradition:
    lists = ("girls", "boys", "surnames", "women", "second", "known_as")
    return Tradition(
        code=str(table["code"]),
        style=str(table["style"]),
        doubled=float(str(table["doubled"])),
        chosen=float(str(table["chosen"])),
        weak=str(table.get("weak", "")),
        weak_share=float(str(table.get("weak_share", 0))),
        **{name: words(str(table.get(name, ""))) for name in lists},
    )


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("onroll.demo") / "names.toml").read_text("utf-8"))
