"""Children who come: with a family that moves in, or to their first school."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onroll.demo.borough import goes_to_school, outward_of, school_elsewhere, with_upn
from onroll.demo.chance import pick
from onroll.demo.families import Child, Family
from onroll.demo.movement import Arrival
from onroll.demo.now import Now
from onroll.demo.schools import NURSERY, RECEPTION
from onroll.rules.age import school_year

FROM_OUTSIDE = 0.66
"""The share of joiners who are new to the borough; the others move within it."""


def move_in(now: Now, wanted: int, days: Sequence[date]) -> None:
    """Let families move in until about `wanted` children have joined, other joiners included."""
    joined = 0
    while days and joined < wanted * FROM_OUTSIDE:
        day = pick(now.chance, days)
        family, drawn = now.office.families.draw(day)
        family = replace(family, arrived=school_year(day))
        if drawn:
            joined += _move_in_family(now, family, drawn, day)


def take_in_beginners(now: Now, day: date) -> None:
    """Enter the children who begin nursery or reception on the first day of a school year."""
    in_year = school_year(day)
    for child in tuple(now.children.values()):
        year = child.year(in_year)
        if year not in (NURSERY, RECEPTION) or child.key in now.rolls.ever:
            continue
        if child.family not in now.gone and goes_to_school(year, now.chance):
            _enter(now, now.families[child.family], child, day, "first")


def _move_in_family(now: Now, family: Family, children: tuple[Child, ...], day: date) -> int:
    now.families[family.number] = family
    came_from = "england" if family.is_from_england else "abroad"
    count = 0
    for child in reversed(children):
        now.children[child.key] = child
        if goes_to_school(child.year(school_year(day)), now.chance):
            _enter(now, family, child, day, came_from)
            count += 1
    return count


def _enter(now: Now, family: Family, child: Child, day: date, came_from: str) -> None:
    choices, year = now.office.choices, child.year(school_year(day))
    siblings = [now.rolls.spell(key).school for key in now.siblings(child)]
    school = choices.choose(outward_of(family), child, year, now.chance, siblings)
    now.children[child.key] = with_upn(child, family, school, now.office.register, now.chance)
    last_school = school_elsewhere(family, year) if came_from == "england" and year > 0 else ""
    now.arrive(
        Arrival(
            key="",
            child=child.key,
            school=school,
            entered_on=day,
            came_from=came_from,
            home=family.address,
            last_school=last_school,
            is_exempt=came_from == "first",
        )
    )
