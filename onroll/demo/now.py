"""How things stand in the made-up borough while its year is being told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from onroll.demo.borough import Borough, Office, Spell
from onroll.demo.chance import Deck, pick, stream
from onroll.demo.destiny import DIED_RATE, EXCLUDED_RATE
from onroll.demo.families import Child
from onroll.demo.movement import Arrival, Departure
from onroll.demo.places import Address
from onroll.demo.terms import calendar
from onroll.rules.age import school_year


class Rolls:
    """Who is on which roll now. Drawing a child takes no longer in a bigger borough."""

    def __init__(self, spells: Iterable[Spell]) -> None:
        self._now = {spell.child: spell for spell in spells}
        self._keys = list(self._now)
        self._at = {key: n for n, key in enumerate(self._keys)}
        self._ended: list[Spell] = []
        self.ever = set(self._keys)

    def __contains__(self, key: str) -> bool:
        return key in self._now

    def any_child(self, chance: Random) -> str:
        """Return the key of any child on a roll."""
        return pick(chance, self._keys)

    def current(self) -> tuple[Spell, ...]:
        """Return every spell that has not ended."""
        return tuple(self._now.values())

    def spell(self, key: str) -> Spell:
        """Return the spell a child is in."""
        return self._now[key]

    def enter(self, spell: Spell) -> None:
        """Put a child on a roll."""
        self._at[spell.child] = len(self._keys)
        self._keys.append(spell.child)
        self._now[spell.child] = spell
        self.ever.add(spell.child)

    def leave(self, key: str, on: date) -> None:
        """Take a child off the roll."""
        self._ended.append(replace(self._now.pop(key), to_on=on))
        at, last = self._at.pop(key), self._keys.pop()
        if last != key:
            self._keys[at], self._at[last] = last, at

    def spells(self) -> list[Spell]:
        """Return every spell, ended or not, child by child."""
        spells = [*self._ended, *self._now.values()]
        return sorted(spells, key=lambda spell: (spell.child, spell.from_on))


class Now:
    """The borough as it changes: who lives where, who is on roll, who is on the way."""

    def __init__(self, borough: Borough, office: Office) -> None:
        self.borough, self.office = borough, office
        self.chance = stream(borough.seed, "movement")
        self.families, self.children = dict(borough.families), dict(borough.children)
        self.rolls = Rolls(borough.spells)
        self.departures: list[Departure] = []
        self.arrivals: list[Arrival] = []
        self.coming: dict[date, list[Arrival]] = defaultdict(list)
        self.gone: set[int] = set()
        self.excluded = Deck(self.chance, rate=EXCLUDED_RATE, soonest=40)
        self.died = Deck(self.chance, rate=DIED_RATE, soonest=60)
        self._homes: dict[str, Address] = {}
        first = school_year(borough.opens_on)
        self.calendar = calendar(first - 1, first + 2)

    def home(self, child: Child) -> Address:
        """Return where a child lives."""
        return self._homes.get(child.key) or self.families[child.family].address

    def siblings(self, child: Child) -> list[str]:
        """Return the keys of the brothers and sisters who are on a roll."""
        keys = self.families[child.family].children
        return [key for key in keys if key != child.key and key in self.rolls]

    def expect(self, arrival: Arrival) -> None:
        """Note that a child will be entered on a roll; the key is given on the day."""
        self.coming[arrival.entered_on].append(arrival)

    def arrive(self, arrival: Arrival) -> None:
        """Enter a child on a roll."""
        if arrival.child in self.rolls:
            return
        self._homes[arrival.child] = arrival.home
        self.rolls.enter(Spell(arrival.child, arrival.school, arrival.entered_on))
        self.arrivals.append(replace(arrival, key=f"A{len(self.arrivals) + 1:06}"))

    def depart(self, departure: Departure) -> None:
        """Take a child off a roll."""
        self.rolls.leave(departure.child, departure.left_on)
        self.departures.append(departure)

    def next_departure(self) -> str:
        """Return the key of the next departure."""
        return f"D{len(self.departures) + 1:06}"
