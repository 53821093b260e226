"""Who tells the made-up council of which children: neighbours, relatives, professionals, schools.

Most of the children are of the borough, half of them truly gone; some nobody has on record, and
now and then a neighbour knows only a street.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from onroll.demo.chance import Weighted, pick, stream
from onroll.demo.families import Child
from onroll.demo.movement import Year
from onroll.demo.names import draw_child_name, draw_house
from onroll.referrals.codes import Relation
from onroll.referrals.facts import ChildWords, ReferralFacts

REFERRALS = 66
"""In the whole story, however short it is."""
_UNKNOWN, _STREET_ONLY, _SIBLING, _URGENT, _ANONYMOUS = 0.2, 0.06, 0.25, 0.15, 0.2
_RELATIONS = Weighted(
    {
        Relation.NEIGHBOUR: 0.25,
        Relation.RELATIVE: 0.12,
        Relation.PARENT: 0.05,
        Relation.PROFESSIONAL: 0.45,
        Relation.SOMEBODY_ELSE: 0.08,
        Relation.NOT_SAID: 0.05,
    }
)
_WORRIES = {
    Relation.NEIGHBOUR: (
        "The children are at home all day, every day. I have not seen a uniform since summer.",
        "A new family. The boy plays outside during school hours.",
        "The flat looks empty, but I hear a child in the daytime.",
    ),
    Relation.RELATIVE: (
        "My niece has not been to school since they moved. Her mother does not want to talk of it.",
        "They said they would go abroad. Nobody in the family has heard from them.",
    ),
    Relation.PARENT: ("I asked for a school place and nobody has answered. She is at home.",),
    Relation.PROFESSIONAL: (
        "Seen at a home visit in school hours. The mother could not name a school.",
        "Registered with the practice in September; no school on the record.",
        "The family came to the housing office with two children of school age.",
        "Came with an older brother who is known to the service. No school.",
    ),
    Relation.SOMEBODY_ELSE: ("The boy helps in the shop in the mornings. He looks about ten.",),
    Relation.NOT_SAID: ("There is a girl in the house who never goes to school.",),
}
_DANGERS = (
    "She said that she is afraid to go home.",
    "He is out alone late in the evening, and older men collect him by car.",
)
_NAMES = ("Nora Nextdoor", "H. Visitor", "Ravi Relative", "Ms Practice", "Housing desk")


@dataclass(frozen=True, slots=True)
class ToldReferral:
    """A referral as somebody sends it on a day."""

    on: date
    facts: ReferralFacts


def draw_referrals(year: Year, *, until: date) -> list[ToldReferral]:
    """Draw the referrals of a story up to a day, the first sent first; some on the last day."""
    chance = stream(year.borough.seed, "referrals")
    days = list(_working_days(year.borough.opens_on + timedelta(days=7), until))
    days = days or [until]
    step = len(days) / REFERRALS
    return [_draw(chance, year, days[int(n * step)]) for n in range(REFERRALS - 4)] + [
        _draw(chance, year, days[-1]) for _ in range(4)
    ]


def _working_days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() < 5:
            yield day


def _draw(chance: Random, year: Year, on: date) -> ToldReferral:
    relation = _RELATIONS.draw(chance)
    is_named = relation is not Relation.NOT_SAID and chance.random() > _ANONYMOUS
    is_urgent = chance.random() < _URGENT
    facts = ReferralFacts(
        relation=relation.value,
        worry=pick(chance, _WORRIES[relation]),
        children=tuple(_children(chance, year, on, is_of_trade=relation is Relation.PROFESSIONAL)),
        referrer_name=pick(chance, _NAMES) if is_named else "",
        referrer_contact=f"020 7946 0{chance.randrange(1000):03}" if is_named else "",
        urgent_why=pick(chance, _DANGERS) if is_urgent else "",
    )
    return ToldReferral(on, facts)


def _children(chance: Random, year: Year, on: date, *, is_of_trade: bool) -> Iterator[ChildWords]:
    roll = chance.random()
    if roll < _STREET_ONLY:
        family = pick(chance, list(year.families.values()))
        yield ChildWords(home=f"Somewhere in {family.address.street}", age=chance.randrange(5, 15))
        return
    if roll < _UNKNOWN:
        name = draw_child_name(draw_house(chance), "F", (), chance)
        yield ChildWords(forename=name.forename, surname=name.surname, age=chance.randrange(5, 15))
        return
    child = _child(chance, year, on)
    yield _words(chance, year, child, is_exact=is_of_trade)
    brothers = [key for key in year.family(child).children if key != child.key]
    if brothers and chance.random() < _SIBLING:
        yield _words(chance, year, year.children[brothers[0]], is_exact=is_of_trade)


def _child(chance: Random, year: Year, on: date) -> Child:
    """Draw a child who is gone from a roll by that day, or as often one who is on a roll."""
    gone = [departure.child for departure in year.departures if departure.left_on < on]
    if gone and chance.random() < 0.5:
        return year.children[pick(chance, gone)]
    return year.children[pick(chance, year.spells).child]


def _words(chance: Random, year: Year, child: Child, *, is_exact: bool) -> ChildWords:
    """Return a child as a professional writes them down, or as a neighbour knows them."""
    home = year.family(child).address
    return ChildWords(
        forename=child.chosen_forename or child.forename,
        surname=child.surname if is_exact or chance.random() < 0.6 else "",
        born_on=child.born if is_exact else None,
        home=f"{home.street}, {home.postcode}" if is_exact else home.street,
    )
