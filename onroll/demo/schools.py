"""The made-up borough's schools, and the ones elsewhere that children move to or from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from random import Random

from onroll.demo.chance import Deck, pick, stream
from onroll.demo.places import (
    Address,
    Street,
    authorities,
    draw_address,
    draw_address_in,
    pick_street,
    read_places,
    words,
)
from onroll.demo.school_names import name_of, shuffled_names

AUTHORITY = "310"
ST_ANNS = f"{AUTHORITY}2701"
"""The number of St Ann's, the school Sam works at."""
TALLIS_WOOD = f"{AUTHORITY}4701"
"""The number of Tallis Wood High School, where Tess works."""

FIRST_URN = 990001
"""URNs from here on are given to no school. Establishment numbers start high in each range, at
701, where an authority of this size has none."""

NURSERY, RECEPTION, OLDEST_YEAR = -1, 0, 13
PHASES = {
    "primary": (NURSERY, 6),
    "infant": (NURSERY, 2),
    "junior": (3, 6),
    "secondary": (7, 13),
    "all-through": (RECEPTION, 13),
    "special": (RECEPTION, 13),
    "pru": (7, 11),
    "independent": (RECEPTION, 13),
    "college": (12, 13),
}
"""The first and last year group of each phase; year groups count from reception as 0."""

SHARES = {"special": 4, "infant": 4, "junior": 4, "all-through": 1, "pru": 1, "secondary": 13}
"""How many of sixty schools are of each phase; the rest are primary schools."""

FIRST_NUMBERS = {
    "primary": 2701,
    "infant": 2931,
    "junior": 2961,
    "secondary": 4701,
    "all-through": 4901,
    "special": 7701,
    "pru": 1701,
    "independent": 6701,
    "college": 8701,
}
_ACADEMY = 1000
"""What is added to a school's number when it becomes an academy."""


@dataclass(frozen=True, slots=True)
class School:
    """A school. `former_number` is the one an academy had before it converted."""

    la: str
    establishment: str
    urn: str
    name: str
    phase: str
    kind: str
    first_year: int
    last_year: int
    size: float
    address: Address
    opened_on: date
    former_number: str = ""
    former_urn: str = ""
    insets: tuple[date, ...] = ()
    closed: tuple[date, ...] = ()
    sends_files: bool = False

    @property
    def number(self) -> str:
        """Return the seven digits of the DfE number."""
        return self.la + self.establishment

    def teaches(self, year: int) -> bool:
        """Say whether the school has the year group."""
        return self.first_year <= year <= self.last_year


def draw_schools(
    pupils: int, streets: tuple[Street, ...], seed: int, year: int
) -> tuple[School, ...]:
    """Draw the borough's own schools: sixty for 38,000 pupils, and in proportion."""
    chance = stream(seed, "schools")
    urns, names, academies = (
        count(FIRST_URN),
        shuffled_names(chance),
        Deck(chance, rate=0.3, soonest=2),
    )
    schools = []
    for phase, n in _phases(max(14, round(pupils * 60 / 38_000))):
        school = School(
            la=AUTHORITY,
            establishment=str(FIRST_NUMBERS[phase] + n - 1),
            urn=str(next(urns)),
            name=name_of(phase, n, names),
            phase=phase,
            kind=_kind(phase, chance),
            first_year=PHASES[phase][0],
            last_year=_last_year(phase, n),
            size=_size(phase, chance),
            address=draw_address(pick_street(streets, AUTHORITY, chance), chance),
            opened_on=date(1950 + int(chance.random() * 40), 9, 1),
            insets=_insets(year, chance),
            closed=(date(year + 1, 1, 9),) if chance.random() < 0.05 else (),
            sends_files=True,
        )
        is_academy = phase in ("primary", "secondary") and n > 1 and academies.draw()
        schools.append(_converted(school, urns, chance) if is_academy else school)
    return tuple(schools)


def draw_others(streets: tuple[Street, ...], seed: int) -> tuple[School, ...]:
    """Draw the schools that send this borough nothing: independent ones and those elsewhere."""
    chance = stream(seed, "other schools")
    urns, names = count(FIRST_URN + 5000), shuffled_names(chance)
    return (*_independent_and_colleges(streets, urns, chance), *_elsewhere(urns, names, chance))


def _independent_and_colleges(
    streets: tuple[Street, ...], urns: Iterator[int], chance: Random
) -> Iterator[School]:
    for phase, key, kind in (
        ("independent", "independent", "Other independent school"),
        ("college", "colleges", "Further education"),
    ):
        for n, name in enumerate(words(read_places()["schools"][key])):
            yield School(
                AUTHORITY,
                str(FIRST_NUMBERS[phase] + n),
                str(next(urns)),
                name,
                phase,
                kind,
                *PHASES[phase],
                size=1,
                address=draw_address(pick_street(streets, AUTHORITY, chance), chance),
                opened_on=date(1980, 9, 1),
            )


def _elsewhere(urns: Iterator[int], names: Iterator[str], chance: Random) -> Iterator[School]:
    for authority in authorities().values():
        for phase, numbers in (("primary", range(2751, 2755)), ("secondary", range(4751, 4754))):
            for number in numbers:
                yield School(
                    authority.la,
                    str(number),
                    str(next(urns)),
                    name_of(phase, number, names),
                    phase,
                    "Community school",
                    *PHASES[phase],
                    size=1,
                    address=draw_address_in(authority, chance),
                    opened_on=date(1970, 9, 1),
                )


def _phases(total: int) -> Iterator[tuple[str, int]]:
    """Yield each school's phase and its place among the schools of that phase, from 1."""
    counts = {phase: max(1, round(total * share / 60)) for phase, share in SHARES.items()}
    counts["secondary"] = max(3, counts["secondary"])
    yield from (("primary", n + 1) for n in range(total - sum(counts.values())))
    yield from ((phase, n + 1) for phase, many in counts.items() for n in range(many))


def _kind(phase: str, chance: Random) -> str:
    if phase == "special":
        return "Community special school"
    if phase == "pru":
        return "Pupil referral unit"
    return pick(chance, ("Community school", "Community school", "Voluntary aided school"))


def _last_year(phase: str, n: int) -> int:
    """Every third secondary school has no sixth form."""
    return 11 if phase == "secondary" and n % 3 == 0 else PHASES[phase][1]


def _size(phase: str, chance: Random) -> float:
    """Return how many forms of about thirty a school takes each year."""
    if phase in ("special", "pru"):
        return 0.5
    low, high = (5, 9) if phase in ("secondary", "all-through") else (1, 4)
    return chance.randint(low, high)


def _insets(year: int, chance: Random) -> tuple[date, ...]:
    """Return a school's training days: the first of the year, and one of its own choosing."""
    return (date(year, 9, 2), date(year + 1, 1, pick(chance, (5, 6))))


def _converted(school: School, urns: Iterator[int], chance: Random) -> School:
    """Return the school as the academy it became, under a new number and URN."""
    return replace(
        school,
        establishment=str(int(school.establishment) + _ACADEMY),
        urn=str(next(urns)),
        kind="Academy converter",
        opened_on=date(2012 + int(chance.random() * 12), 9, 1),
        former_number=school.number,
        former_urn=school.urn,
    )
