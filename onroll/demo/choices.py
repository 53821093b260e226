"""Which school a family of the made-up borough would choose."""

from collections.abc import Iterable, Sequence
from random import Random

from onroll.demo.chance import Weighted, pick
from onroll.demo.families import Child
from onroll.demo.schools import NURSERY, OLDEST_YEAR, RECEPTION, School

PRU_YEARS = range(9, 12)


class Choices:
    """Chooses schools as families do: near home, and where a brother or sister already goes."""

    def __init__(self, schools: Iterable[School]) -> None:
        self._all = {s.number: s for s in schools}
        mainstream = [s for s in self._all.values() if s.phase not in ("special", "pru")]
        years = range(NURSERY, OLDEST_YEAR + 1)
        self._special = [s.number for s in self._all.values() if s.phase == "special"]
        self._pru = [s.number for s in self._all.values() if s.phase == "pru"]
        self._apart = {*self._special, *self._pru}
        self._anywhere = {year: _by_size(mainstream, year) for year in years}
        self._near = {
            (outward, year): _by_size(schools_near, year)
            for outward in sorted({_outward(s) for s in mainstream})
            for schools_near in [[s for s in mainstream if _outward(s) == outward]]
            for year in years
            if any(s.teaches(year) for s in schools_near)
        }

    def choose(
        self, outward: str, child: Child, year: int, chance: Random, siblings: Sequence[str] = ()
    ) -> str:
        """Return the number of a school for a child; `siblings` are the schools of the others."""
        if child.sen_provision == "E" and year >= RECEPTION and chance.random() < 0.4:
            return pick(chance, self._special)
        if year in PRU_YEARS and chance.random() < 0.006:
            return self.choose_pru(chance)
        if chance.random() < 0.85:
            for number in siblings:
                if self._all[number].teaches(year) and number not in self._apart:
                    return number
        return self._draw(outward, year, chance)

    def choose_primary(self, outward: str, chance: Random) -> str:
        """Return a school that takes children from reception."""
        return self._draw(outward, RECEPTION, chance)

    def choose_pru(self, chance: Random) -> str:
        """Return a pupil referral unit."""
        return pick(chance, self._pru)

    def _draw(self, outward: str, year: int, chance: Random) -> str:
        nearby = self._near.get((outward, year))
        if nearby is None or chance.random() > (0.75 if year <= 6 else 0.4):
            nearby = self._anywhere[year]
        return nearby.draw(chance)


def _by_size(schools: Iterable[School], year: int) -> Weighted[str]:
    return Weighted({s.number: s.size for s in schools if s.teaches(year)})


def _outward(school: School) -> str:
    return school.address.postcode.partition(" ")[0]
