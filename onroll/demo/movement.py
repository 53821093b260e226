"""What moves in the made-up borough: who left, why in truth, and who came."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onroll.demo.borough import Borough, Spell
from onroll.demo.destiny import Destiny
from onroll.demo.families import Child, Family
from onroll.demo.places import Address
from onroll.demo.schools import School


@dataclass(frozen=True, slots=True)
class Departure:
    """A child taken off a roll, and what truly became of them.

    `to_school` is the number of the school the child truly went to, `home` where the school last
    knew the child to live, `new_home` where the child truly lives now, if a move was the reason.
    `is_exempt`: no return is owed, the class being the last one (Regs 2024 reg 13(5)).
    """

    key: str
    child: str
    school: str
    entered_on: date
    left_on: date
    destiny: Destiny
    home: Address
    new_home: Address | None = None
    to_school: str = ""
    starts_on: date | None = None
    country: str = ""
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A child entered on a roll. `closes` is the departure the child is found again after.

    `came_from`: `borough`, `england`, `abroad`, `phase` (the next school) or `first` (reception).
    `is_exempt`: no return is owed, the class being the first one (Regs 2024 reg 13(2)).
    """

    key: str
    child: str
    school: str
    entered_on: date
    came_from: str
    home: Address
    last_school: str = ""
    closes: str = ""
    is_exempt: bool = False


@dataclass(frozen=True)
class Year:
    """A borough and what moved in it: everybody who ever lived there, and every spell at school."""

    borough: Borough
    closes_on: date
    families: Mapping[int, Family]
    children: Mapping[str, Child]
    spells: tuple[Spell, ...]
    departures: tuple[Departure, ...]
    arrivals: tuple[Arrival, ...]

    def school(self, number: str) -> School:
        """Return a school of the borough, or one elsewhere, by its seven digits."""
        return self.borough.school(number)

    def family(self, child: Child) -> Family:
        """Return the family of a child."""
        return self.families[child.family]

    def on_roll(self, on: date) -> Iterator[tuple[Child, Spell]]:
        """Yield who is on a roll on a day; on the opening day, all who are expected that week."""
        for spell in self.spells:
            if spell.from_on <= on and (spell.to_on is None or on <= spell.to_on):
                yield self.children[spell.child], spell
