"""The made-up borough on the day the story opens: who lives there and who is on which roll."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from onroll.demo.chance import stream
from onroll.demo.choices import Choices
from onroll.demo.families import Child, Families, Family
from onroll.demo.places import Street, authorities, draw_streets
from onroll.demo.schools import NURSERY, RECEPTION, School, draw_others, draw_schools
from onroll.demo.terms import school_year_starts
from onroll.demo.upns import Register
from onroll.rules.age import school_year

PUPILS = 38_000
SEED = 310
OPENS_ON = date(2025, 9, 8)

ON_ROLL = {NURSERY: 0.4, 12: 0.55, 13: 0.5}
"""The share of a year group on a school's roll where not all are: nurseries and sixth forms."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A child on a school's roll, from a day to a day (the last on roll), or still."""

    child: str
    school: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Borough:
    """Everyone and everything in the borough when it opens."""

    seed: int
    opens_on: date
    streets: tuple[Street, ...]
    schools: Mapping[str, School]
    outside: Mapping[str, School]
    families: Mapping[int, Family]
    children: Mapping[str, Child]
    spells: tuple[Spell, ...]

    def school(self, number: str) -> School:
        """Return a school of the borough, or one elsewhere, by its seven digits."""
        return self.schools.get(number) or self.outside[number]


@dataclass(frozen=True)
class Office:
    """What goes on when the borough has opened: more families, places at schools, new UPNs."""

    families: Families
    choices: Choices
    register: Register


def draw_borough(
    *, pupils: int = PUPILS, seed: int = SEED, opens_on: date = OPENS_ON
) -> tuple[Borough, Office]:
    """Draw the borough with exactly `pupils` children on its schools' rolls on a day."""
    streets = draw_streets(max(60, pupils // 40), stream(seed, "streets"))
    schools = draw_schools(pupils, streets, seed, school_year(opens_on))
    office = Office(Families(streets, stream(seed, "families")), Choices(schools), Register())
    families, children, spells = _settle(office, pupils, stream(seed, "places"), opens_on)
    return Borough(
        seed=seed,
        opens_on=opens_on,
        streets=streets,
        schools={school.number: school for school in schools},
        outside={school.number: school for school in draw_others(streets, seed)},
        families=families,
        children=children,
        spells=tuple(spells),
    ), office


def outward_of(family: Family) -> str:
    """Return the postcode district a family lives in."""
    return family.address.postcode.partition(" ")[0]


def goes_to_school(year: int, chance: Random) -> bool:
    """Say whether a child of a year group is on a state school's roll."""
    return NURSERY <= year <= 13 and chance.random() < ON_ROLL.get(year, 1)


def with_upn(
    child: Child, family: Family, school: str, register: Register, chance: Random
) -> Child:
    """Return the child with the number given at the first state school.

    A school numbers children as they come, so twins, and siblings who came together from abroad,
    have neighbouring numbers. A family from elsewhere in England brought numbers with it.
    """
    begins = school_year(child.born) + 5
    elsewhere = school_elsewhere(family)
    came_later = begins < family.arrived
    came_numbered = came_later and family.is_from_england
    first = elsewhere if came_numbered else school
    day = family.arrived if came_later and not came_numbered else begins
    former = register.permanent(elsewhere, begins) if chance.random() < 0.025 else ""
    temporary = register.temporary(school, day) if chance.random() < 0.03 else ""
    return replace(
        child,
        upn=register.permanent(first, day),
        former_upn=former,
        temporary_upn=temporary,
    )


def _settle(
    office: Office, pupils: int, chance: Random, on: date
) -> tuple[dict[int, Family], dict[str, Child], list[Spell]]:
    """Let families move in until the schools have so many pupils."""
    families: dict[int, Family] = {}
    children: dict[str, Child] = {}
    spells: list[Spell] = []
    while len(spells) < pupils:
        family, drawn = office.families.draw(on)
        if not drawn:
            continue
        families[family.number] = family
        for child, spell in _place(family, drawn, office, chance, on):
            if spell is not None and len(spells) < pupils:
                spells.append(spell)
            children[child.key] = child
    return families, children, spells


def _place(
    family: Family, children: tuple[Child, ...], office: Office, chance: Random, on: date
) -> list[tuple[Child, Spell | None]]:
    """Give a family's children, eldest first, their schools and numbers."""
    placed: list[tuple[Child, Spell | None]] = []
    siblings: list[str] = []
    outward, in_year = outward_of(family), school_year(on)
    primary = office.choices.choose_primary(outward, chance)
    for child in reversed(children):
        year = child.year(in_year)
        if not goes_to_school(year, chance):
            placed.append((child, None))
            continue
        number = office.choices.choose(outward, child, year, chance, siblings)
        siblings.append(number)
        first = primary if year > 6 else number
        numbered = with_upn(child, family, first, office.register, chance)
        placed.append(
            (numbered, Spell(child.key, number, _entered(family, year, number, on, chance)))
        )
    return placed


def _entered(family: Family, year: int, number: str, on: date, chance: Random) -> date:
    """Return the day a child came to the school they are at: mostly the first of some year."""
    is_secondary = number[3] in "45"
    began = year - 7 if is_secondary and year >= 7 else max(0, year - RECEPTION)
    in_year = max(school_year(on) - began, min(family.arrived, school_year(on)))
    first = school_year_starts(in_year)
    if chance.random() < 0.15:
        first += timedelta(int(chance.random() * 200))
    return min(first, on)


def school_elsewhere(family: Family, year: int = 0) -> str:
    """Return the number of a school in another authority, where the family's children were."""
    codes = sorted(authorities())
    first = 2751 + family.number % 4 if year <= 6 else 4751 + family.number % 3
    return f"{codes[family.number % len(codes)]}{first}"
