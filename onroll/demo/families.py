"""The made-up families: adults, homes, telephones, brothers, sisters and twins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from onroll.demo.chance import Weighted, pick
from onroll.demo.names import House, draw_child_name, draw_house, surname_of_adult
from onroll.demo.places import Address, Street, draw_address
from onroll.rules.age import school_year

OLDEST, YOUNGEST = 13, -4
"""Year groups the children are in, reception being 0; those under -1 are too young for nursery."""

_SIZES = Weighted({1: 0.42, 2: 0.38, 3: 0.14, 4: 0.045, 5: 0.015})
_TWINS = 0.017
"""How many births are of twins (ONS: about 1.5 % of maternities, more among the over-thirties)."""


@dataclass(frozen=True, slots=True)
class Adult:
    """A parent or carer; `address` is given where they live apart from the children."""

    relationship: str
    title: str
    forename: str
    surname: str
    phones: tuple[tuple[str, str], ...]
    email: str
    lives_with: bool
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A child, as the truth has it. Files may say otherwise."""

    key: str
    family: int
    forename: str
    middle_names: str
    surname: str
    chosen_forename: str
    chosen_surname: str
    former_surname: str
    born: date
    sex: str
    upn: str = ""
    former_upn: str = ""
    temporary_upn: str = ""
    sen_provision: str = "N"
    is_looked_after: bool = False

    def year(self, school_year: int) -> int:
        """Return the year group in the school year that starts in a year; reception is 0."""
        return year_of(self.born, school_year)


@dataclass(frozen=True, slots=True)
class Family:
    """The people of one home. `children` are keys; `arrived` is the school year in which the
    family came to the borough."""

    number: int
    tradition: str
    address: Address
    adults: tuple[Adult, ...]
    children: tuple[str, ...]
    arrived: int

    @property
    def is_from_england(self) -> bool:
        """Say whether the family, if it came later, came from elsewhere in England."""
        return self.number % 10 < 6


def year_of(born: date, in_year: int) -> int:
    """Return the year group of a child born on a day, in the school year starting in `in_year`."""
    return in_year - school_year(born) - 5


class Families:
    """Draws families one after another, each with a number of its own."""

    def __init__(self, streets: tuple[Street, ...], chance: Random) -> None:
        self._streets, self._chance = streets, chance
        self._numbers, self._children = count(1), count(1)

    def draw(self, on: date) -> tuple[Family, tuple[Child, ...]]:
        """Draw a family as it is on a day; some have no child between birth and eighteen yet."""
        chance = self._chance
        house, number = draw_house(chance), next(self._numbers)
        address = draw_address(pick(chance, self._streets), chance)
        children = tuple(self._draw_children(house, number, on))
        in_year = school_year(on)
        arrived = in_year - int(abs(chance.gauss(0, 5)))
        adults = tuple(draw_adults(house, number, self._streets, chance))
        keys = tuple(child.key for child in children)
        return Family(number, house.tradition.code, address, adults, keys, arrived), children

    def _draw_children(self, house: House, number: int, on: date) -> Iterator[Child]:
        chance, taken = self._chance, set[str]()
        chosen_surname = surname_of_adult(house, "F") if chance.random() < 0.012 else ""
        former_surname = surname_of_adult(house, "F") if chance.random() < 0.015 else ""
        for born in _birthdays(on, chance):
            sex = "F" if chance.random() < 0.488 else "M"
            name = draw_child_name(house, sex, taken, chance)
            taken.add(name.forename)
            yield Child(
                key=f"C{next(self._children):06}",
                family=number,
                forename=name.forename,
                middle_names=name.middle_names,
                surname=name.surname,
                chosen_forename=name.chosen_forename,
                chosen_surname=chosen_surname if chosen_surname != name.surname else "",
                former_surname=former_surname if former_surname != name.surname else "",
                born=born,
                sex=sex,
                sen_provision=_sen_provision(chance),
                is_looked_after=chance.random() < 0.004,
            )


def draw_adults(
    house: House, number: int, streets: tuple[Street, ...], chance: Random
) -> Iterator[Adult]:
    """Draw the parents: most children live with both, some with one, the other living elsewhere."""
    plan = chance.random()
    if plan > 0.04:
        mother = surname_of_adult(house, "F")
        title = pick(chance, ("Mrs", "Mrs", "Ms"))
        phones = _phones(number, 0, chance)
        yield Adult(
            "PAM", title, house.mother, mother, phones, _email(house.mother, number, chance), True
        )
    if plan > 0.18:
        apart = plan > 0.9
        address = draw_address(pick(chance, streets), chance) if apart else None
        father = surname_of_adult(house, "M")
        phones = _phones(number, 1, chance)
        yield Adult(
            "PAF",
            "Mr",
            house.father,
            father,
            phones,
            _email(house.father, number, chance),
            not apart,
            address,
        )
    elif plan <= 0.04:
        phones = _phones(number, 2, chance)
        yield Adult("REL", "Mrs", house.mother, house.surname.partition("/")[0], phones, "", True)


def _birthdays(on: date, chance: Random) -> Iterator[date]:
    """Yield the birthdays of a family's children, youngest first, twins on one day.

    The first drawn may lie in years to come: else there would be fewer small children than big.
    """
    in_year = school_year(on)
    oldest = date(in_year - OLDEST - 5, 9, 1)
    youngest = date(in_year - YOUNGEST - 4, 8, 31)
    born = oldest + timedelta(int(chance.random() * (OLDEST - YOUNGEST + 5) * 365.25))
    for _ in range(_SIZES.draw(chance)):
        if born < oldest:
            return
        if born <= min(youngest, on):
            yield born
            if chance.random() < _TWINS:
                yield born
        born -= timedelta(400 + int(chance.random() * 1300))


def _phones(number: int, adult: int, chance: Random) -> tuple[tuple[str, str], ...]:
    """Return telephone numbers in ranges no operator uses: mobiles from 071, homes from 020 0."""
    phones = []
    if chance.random() < 0.94:
        phones.append(("M", f"071{adult}{number % 10_000_000:07}"))
    if adult == 0 and chance.random() < 0.15:
        phones.append(("H", f"0200{number % 10_000_000:07}"))
    return tuple(phones)


def _email(forename: str, number: int, chance: Random) -> str:
    if chance.random() > 0.7:
        return ""
    plain = "".join(c for c in forename.lower() if c.isascii() and c.isalpha()) or "parent"
    return f"{plain}{number}@example.com"


def _sen_provision(chance: Random) -> str:
    roll = chance.random()
    return "E" if roll < 0.045 else "K" if roll < 0.17 else "N"
