"""Who refers which children to the made-up council, when, and what is truly so with each of them.

Most of the children are of the borough; some are on nobody's record, and now and then a neighbour
knows only a street. Each kind of referral comes at least once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle

from onroll.demo.chance import stream
from onroll.demo.directory import AUTHORITIES
from onroll.demo.families import Child, Families
from onroll.demo.movement import Departure, Year
from onroll.demo.places import Address
from onroll.demo.schools import AUTHORITY, ST_ANNS, TALLIS_WOOD
from onroll.demo.script import DELAYS, SCRIPT, STILL, TO_ACCEPT, TODAY, WITH_SIBLING
from onroll.demo.turns import Delay
from onroll.demo.worries import Door, Situation
from onroll.rules.age import school_year
from onroll.rules.hours import ENGLAND

_AT_WORK = (Door.SIGNED_IN, Door.PUPIL, Door.SCHOOL, Door.TYPED, Door.CASE)
_SCHOOLS = {ST_ANNS, TALLIS_WOOD}


@dataclass(frozen=True, slots=True)
class Reported:
    """A child whom somebody refers, where the child lives, and what is truly so."""

    child: Child
    home: Address
    situation: Situation


@dataclass(frozen=True, slots=True)
class Report:
    """A referral as somebody sends it at a moment; another child where nobody has a case yet."""

    at: datetime
    door: Door
    situation: Situation
    children: tuple[Reported, ...] = ()
    is_urgent: bool = False
    delay: Delay = Delay.NOBODY


def draw_reports(year: Year, *, now: datetime) -> list[Report]:
    """Draw the referrals of a story up to a moment, the first sent first."""
    draw = _Draw(year)
    kinds = [(door, situation) for door, situation, number in SCRIPT for _ in range(number)]
    draw.chance.shuffle(kinds)
    begin = datetime.combine(year.borough.opens_on + timedelta(days=2), time(), ENGLAND)
    days = max(0, (now - begin).days)
    reports = [
        draw.report(door, situation, min(_moment(begin, n * days // len(kinds), door, draw), now))
        for n, (door, situation) in enumerate(kinds)
    ]
    for n, (door, situation, minutes) in enumerate(TODAY):
        at = now - timedelta(minutes=minutes)
        reports.append(replace(draw.report(door, situation, at), is_urgent=n == 0))
    reports.sort(key=lambda report: report.at)
    return list(_delayed(reports, now))


def _delayed(reports: list[Report], now: datetime) -> Iterator[Report]:
    """Yield the referrals, some of which nobody gets to in time; the newest of these wait still."""
    accepted = [report for report in reports if report.situation in TO_ACCEPT]
    delays = {id(report): delay for report, delay in zip(accepted[3::4], cycle(DELAYS))}
    for days, delay in STILL.items():
        old = [r for r in accepted if r.at < now - timedelta(days=days) and not r.is_urgent]
        if old:
            delays[id(old[-1])] = delay
    for report in reports:
        yield replace(report, delay=delays.get(id(report), Delay.NOBODY))


def _moment(begin: datetime, days: int, door: Door, draw: "_Draw") -> datetime:
    """Return when a referral comes: at work on weekdays till four, else on any day till nine."""
    day = (begin + timedelta(days=days)).date()
    if door in _AT_WORK and day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    hour = draw.chance.randrange(8, 16 if door in _AT_WORK else 21)
    return datetime.combine(day, time(hour, draw.chance.randrange(60)), ENGLAND)


class _Draw:
    """Draws a child for each referral, and none twice."""

    def __init__(self, year: Year) -> None:
        self.chance = stream(year.borough.seed, "referrals")
        self._year = year
        self._departures = {d.child: d for d in reversed(year.departures)}
        self._keys = sorted({spell.child for spell in year.borough.spells})
        self.chance.shuffle(self._keys)
        self._families = Families(year.borough.streets, self.chance)
        self._taken: set[str] = set()
        self._school_of = {spell.child: spell.school for spell in year.borough.spells}
        self._new = 0

    def report(self, door: Door, situation: Situation, at: datetime) -> Report:
        """Draw one referral."""
        is_urgent = situation is Situation.IN_DANGER or self.chance.random() < 0.06
        if situation is Situation.WITH_CASE:  # which one is found out when it is sent
            other = self._children(Situation.UNRECORDED, at.date(), is_alone=True)
            return Report(at, door, situation, other, is_urgent and door is Door.CASE)
        children = self._children(situation, at.date(), is_alone=door in (Door.PUBLIC, Door.FLOOD))
        situation = children[
            0
        ].situation  # another where no child on record is in the one looked for
        return Report(at, door, situation, children, is_urgent)

    def _children(self, situation: Situation, on: date, *, is_alone: bool) -> tuple[Reported, ...]:
        child = self._child(situation, on)
        if child is None:
            new = tuple(self._unrecorded(on))
            return new[:1] if is_alone else new[:2]
        first = self._reported(child, situation)
        if is_alone or situation not in WITH_SIBLING:
            return (first,)
        return (first, *list(self._siblings(child, on))[:1])

    def _child(self, situation: Situation, on: date) -> Child | None:
        """Return a child on record of whom a situation is true on a day; None if there is none."""
        if situation is Situation.UNRECORDED:
            return None
        for key in self._keys:
            child = self._year.children[key]
            if key not in self._taken and _is_of_age(child, on) and self._is(child, situation, on):
                self._taken.add(key)
                return child
        return None

    def _is(self, child: Child, situation: Situation, on: date) -> bool:
        left = self._departures.get(child.key)
        home = self._year.family(child).address
        if situation is Situation.GONE:
            return _is_gone(left, on) and home.la == AUTHORITY
        is_elsewhere = home.la != AUTHORITY and home.la in AUTHORITIES
        if left is not None or is_elsewhere != (situation is Situation.ELSEWHERE):
            return False
        is_theirs = self._school_of[child.key] in _SCHOOLS
        return is_theirs == (situation in (Situation.ABSENT, Situation.HOME_EDUCATED))

    def _siblings(self, child: Child, on: date) -> Iterator[Reported]:
        """Yield the brothers and sisters who were on a roll when the story began."""
        for key in self._year.family(child).children:
            sibling = self._year.children[key]
            if key == child.key or key not in self._school_of or not _is_of_age(sibling, on):
                continue
            if key not in self._taken:
                self._taken.add(key)
                is_gone = _is_gone(self._departures.get(key), on)
                situation = Situation.GONE if is_gone else Situation.AT_SCHOOL
                yield self._reported(sibling, situation)

    def _reported(self, child: Child, situation: Situation) -> Reported:
        return Reported(child, self._year.family(child).address, situation)

    def _unrecorded(self, on: date) -> Iterator[Reported]:
        """Yield the children of school age of a family that nobody in the borough knows."""
        while True:
            family, children = self._families.draw(on)
            of_age = [child for child in children if _is_of_age(child, on)]
            if of_age and family.address.la == AUTHORITY:
                break
        for child in of_age:
            self._new += 1
            new = replace(child, key=f"U{self._new:06}")
            yield Reported(new, family.address, Situation.UNRECORDED)


def _is_of_age(child: Child, on: date) -> bool:
    return 1 <= child.year(school_year(on)) <= 10


def _is_gone(left: Departure | None, on: date) -> bool:
    """Return whether a child was off all rolls on a day, as far as the borough's schools know."""
    return left is not None and left.left_on < on and (left.starts_on or date.max) > on
