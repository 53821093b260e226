"""Children who leave: one by one, with their families, or at the end of a school's last class."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onroll.demo.chance import pick
from onroll.demo.destiny import AFTER_SIXTEEN, AT_ELEVEN, IN_YEAR, TOGETHER, Destiny
from onroll.demo.families import Child
from onroll.demo.movement import Arrival, Departure
from onroll.demo.now import Now
from onroll.demo.places import (
    Address,
    Authority,
    authorities,
    countries,
    draw_address,
    draw_address_in,
)
from onroll.demo.schools import OLDEST_YEAR
from onroll.demo.terms import school_year_starts
from onroll.rules import age
from onroll.rules.age import school_year

REAPPEAR = 0.15
"""How many of the vanished turn up at another school of the borough months later."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Move:
    """What is the same for all the children of a family who leave together."""

    day: date
    destiny: Destiny
    new_home: Address | None = None
    authority: Authority | None = None
    country: str = ""


def move_out(now: Now, wanted: int, days: Sequence[date]) -> None:
    """Let about `wanted` children leave in the course of a week."""
    left = 0
    while days and left < wanted:
        child = now.children[now.rolls.any_child(now.chance)]
        move = _draw_move(now, child, pick(now.chance, days))
        for key in (child.key, *_companions(now, child, move.destiny)):
            _leave(now, now.children[key], move)
            left += 1


def end_year(now: Now, day: date) -> None:
    """Let the last classes leave on the last day of a school year."""
    for spell in now.rolls.current():
        child, school = now.children[spell.child], now.borough.schools[spell.school]
        year = child.year(school_year(day))
        if year >= school.last_year or (year == 11 and now.chance.random() < 0.45):
            destiny = _after_last_class(now, year)
            _leave(now, child, _filled(now, child, day, destiny), is_exempt=True)


def _after_last_class(now: Now, year: int) -> Destiny:
    if year <= 6:
        return AT_ELEVEN.draw(now.chance)
    return Destiny.OVER_AGE if now.chance.random() < 0.4 else Destiny.END_OF_PHASE


def _draw_move(now: Now, child: Child, day: date) -> _Move:
    year, chance = child.year(school_year(day)), now.chance
    if now.died.draw():
        destiny = Destiny.DIED
    elif age.ends_on(child.born) < day:
        destiny = AFTER_SIXTEEN.draw(chance)
    elif 7 <= year <= 11 and now.excluded.draw() and now.rolls.spell(child.key).school[3] != "1":
        destiny = Destiny.EXCLUDED
    else:
        destiny = IN_YEAR.draw(chance)
    return _filled(now, child, day, destiny)


def _filled(now: Now, child: Child, day: date, destiny: Destiny) -> _Move:
    """Add to a destiny the new home, authority or country it needs."""
    chance = now.chance
    if destiny is Destiny.MOVED_OUTSIDE:
        authority = pick(chance, tuple(authorities().values()))
        return _Move(day, destiny, draw_address_in(authority, chance), authority)
    if destiny in (Destiny.ABROAD_PROVED, Destiny.ABROAD_UNPROVED):
        country = pick(chance, countries())
        return _Move(day, destiny, _home_abroad(country, child), country=country)
    moves_house = destiny is Destiny.MOVED_WITHIN and chance.random() < 0.35
    new_home = draw_address(pick(chance, now.borough.streets), chance) if moves_house else None
    return _Move(day, destiny, new_home)


def _companions(now: Now, child: Child, destiny: Destiny) -> list[str]:
    """Return the brothers and sisters who leave too."""
    share = 0.8 if destiny in TOGETHER else 0.3 if destiny is Destiny.MOVED_WITHIN else 0
    if now.chance.random() >= share:
        return []
    return now.siblings(child)


def _leave(now: Now, child: Child, move: _Move, *, is_exempt: bool = False) -> None:
    spell = now.rolls.spell(child.key)
    departure = Departure(
        key=now.next_departure(),
        child=child.key,
        school=spell.school,
        entered_on=spell.from_on,
        left_on=max(move.day, spell.from_on),
        destiny=move.destiny,
        home=now.home(child),
        new_home=move.new_home,
        country=move.country,
        is_exempt=is_exempt,
    )
    departure = _with_school(now, child, departure, move)
    now.depart(departure)
    if move.destiny in TOGETHER:
        now.gone.add(child.family)
    if departure.starts_on is not None and departure.to_school in now.borough.schools:
        _expect(now, departure, departure.to_school, departure.starts_on)
    elif move.destiny is Destiny.VANISHED and now.chance.random() < REAPPEAR:
        back_on = now.calendar.after(departure.left_on, 30 + int(now.chance.random() * 70))
        _expect(now, departure, _school_within(now, child, departure, back_on), back_on)


def _with_school(now: Now, child: Child, departure: Departure, move: _Move) -> Departure:
    """Return the departure with the school the child truly goes to, and from when."""
    day, chance = departure.left_on, now.chance
    if move.destiny is Destiny.MOVED_WITHIN:
        starts_on = now.calendar.after(day, _gap(now))
        number = _school_within(now, child, departure, starts_on)
        return replace(departure, to_school=number, starts_on=starts_on)
    if move.destiny is Destiny.END_OF_PHASE:
        starts_on = school_year_starts(school_year(day) + 1)
        if child.year(school_year(day)) >= 11:
            return replace(departure, to_school=_elsewhere(now, "310", 12), starts_on=starts_on)
        number = _school_within(now, child, departure, starts_on)
        return replace(departure, to_school=number, starts_on=starts_on)
    if move.destiny is Destiny.EXCLUDED:
        pru = now.office.choices.choose_pru(chance)
        return replace(departure, to_school=pru, starts_on=now.calendar.after(day, 6))
    year = max(0, child.year(school_year(day)))
    if move.authority is not None:
        starts_on = now.calendar.after(day, _gap(now))
        number = _elsewhere(now, move.authority.la, year)
        return replace(departure, to_school=number, starts_on=starts_on)
    if move.destiny is Destiny.PRIVATE:
        number = _elsewhere(now, "310", min(year, 11))
        return replace(departure, to_school=number, starts_on=now.calendar.after(day, 1))
    return departure


def _gap(now: Now) -> int:
    """Return after how many school days a child starts at the next school."""
    roll, chance = now.chance.random(), now.chance
    if roll < 0.6:
        return 1 + int(chance.random() * 3)
    return 4 + int(chance.random() * (11 if roll < 0.9 else 36))


def _school_within(now: Now, child: Child, departure: Departure, on: date) -> str:
    """Return another school of the borough that teaches the child's year on a day."""
    home = departure.new_home or departure.home
    outward, year = home.postcode.partition(" ")[0], min(OLDEST_YEAR, child.year(school_year(on)))
    for _ in range(9):
        number = now.office.choices.choose(outward, child, year, now.chance)
        if number != departure.school:
            return number
    schools = (s for s in now.borough.schools.values() if s.teaches(year))
    return next(s.number for s in schools if s.number != departure.school)


def _elsewhere(now: Now, la: str, year: int) -> str:
    """Return a school that sends the borough nothing: in another authority, or independent."""
    phases = ("college",) if year > 11 and la == "310" else ("independent", "primary", "secondary")
    return pick(
        now.chance,
        [
            s.number
            for s in now.borough.outside.values()
            if s.la == la and s.phase in phases and s.teaches(year)
        ],
    )


def _expect(now: Now, departure: Departure, school: str, on: date) -> None:
    came_from = "phase" if departure.destiny is Destiny.END_OF_PHASE else "borough"
    now.expect(
        Arrival(
            key="",
            child=departure.child,
            school=school,
            entered_on=on,
            came_from=came_from,
            home=departure.new_home or departure.home,
            last_school=departure.school,
            closes=departure.key,
            is_exempt=came_from == "phase",
        )
    )


def _home_abroad(country: str, child: Child) -> Address:
    return Address(str(1 + child.family % 90), "", "Long Street", country, "", "", "")
