"""Sets of two lists with known answers."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random

import numpy as np
from numpy.typing import NDArray

from bench.linking.slips import (
    HEAVY,
    OFFICE,
    Rates,
    another_day,
    another_name,
    another_postcode,
    mistyped,
)
from onroll.demo import families as made_families
from onroll.demo.borough import draw_borough
from onroll.demo.chance import stream
from onroll.demo.names import nicknames, spellings
from onroll.demo.upns import with_letter, with_wrong_letter

Row = dict[str, str]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Made:
    """Two lists; `truth` has, for each left id, the right id or nothing; `group` by left id."""

    name: str
    left: list[Row]
    right: list[Row]
    household: list[Row] | None
    truth: dict[str, str]
    group: dict[str, str]
    twins: frozenset[str]


@dataclass(frozen=True)
class Same:
    """One list in which persons have several rows; `person` by row, equal for one person's rows."""

    name: str
    rows: list[Row]
    person: Ints
    days: Ints | None = None
    """Birthdays as 18500131, for those that are of another age than children's."""

    @property
    def true_pairs(self) -> int:
        """How many pairs of rows are one person's."""
        rows = np.unique(self.person, return_counts=True)[1]
        return int((rows * (rows - 1) // 2).sum())


@dataclass(frozen=True)
class Someone:
    """A person as they are."""

    key: str
    home: int
    forename: str
    middle: str
    surname: str
    chosen: str
    born: date
    sex: str
    address: str
    postcode: str
    phone: str
    upn: str
    former_upn: str
    temporary_upn: str
    group: str
    is_child: bool = True


def borough(seed: int, *, pupils: int = 8000, upn: bool = True, rates: Rates = OFFICE) -> Made:
    """The made-up borough with three times as many twins; a fifth of the children gone."""
    twins = made_families._TWINS
    made_families._TWINS = 0.05
    try:
        drawn, _ = draw_borough(pupils=pupils, seed=seed)
    finally:
        made_families._TWINS = twins
    people = []
    for child in drawn.children.values():
        family = drawn.families[child.family]
        if not child.upn:
            continue
        people.append(
            Someone(
                child.key,
                child.family,
                child.forename,
                child.middle_names,
                child.surname,
                child.chosen_forename,
                child.born,
                child.sex,
                ", ".join(family.address.lines),
                family.address.postcode,
                family.adults[0].phones[0][1] if family.adults[0].phones else "",
                child.upn if upn else "",
                child.former_upn if upn else "",
                child.temporary_upn if upn else "",
                family.tradition,
            )
        )
    name = f"borough{'' if upn else ' without UPN'}{' heavy' if rates is HEAVY else ''}"
    return _two_lists(name, people, rates, seed, {**spellings(), **nicknames()}, adults=False)


def households(seed: int, *, homes: int = 9000, rates: Rates = HEAVY) -> Made:
    """English households, children and adults, names with a long tail, heavy slips, no UPN."""
    chance = stream(seed, "households")
    forenames, surnames = _english(chance)
    people: list[Someone] = []
    for home in range(homes):
        people.extend(_household(home, forenames, surnames, chance))
    short = {
        name: tuple(group.split()[1:])
        for name, group in ((g.split()[0].title(), g.title()) for g in _short_groups())
    }
    return _two_lists("households", people, rates, seed, short, adults=True)


def _short_groups() -> list[str]:
    table = tomllib.loads(
        (files("onroll.matching.names.tables") / "british.toml").read_text("utf-8")
    )
    return list(table["short"])


def _list(name: str) -> list[str]:
    table = tomllib.loads((files("bench.linking") / "names.toml").read_text("utf-8"))
    return str(table[name]).split()


_GIRLS = _list("girls")
_BOYS = _list("boys")
_SURNAMES = _list("surnames")
_STARTS = _list("starts")
_ENDS = _list("ends")


def _english(chance: Random) -> tuple[dict[str, list[tuple[str, float]]], list[tuple[str, float]]]:
    def tail(names: list[str], power: float) -> list[tuple[str, float]]:
        return [(name, 1 / (n + 6) ** power) for n, name in enumerate(names)]

    composed = [a + b for a in _STARTS for b in _ENDS]
    chance.shuffle(composed)
    girls = list(dict.fromkeys(_GIRLS))
    boys = list(dict.fromkeys(_BOYS))
    return {"F": tail(girls, 0.8), "M": tail(boys, 0.8)}, tail(
        list(dict.fromkeys([*_SURNAMES, *composed])), 0.75
    )


def english_names(chance: Random) -> tuple[list[str], list[str]]:
    """Return forenames and surnames, common ones first; `chance` orders the made-up surnames."""
    _, surnames = _english(chance)
    return [*dict.fromkeys([*_GIRLS, *_BOYS])], [name for name, _ in surnames]


def _draw(chance: Random, weighted: list[tuple[str, float]]) -> str:
    return chance.choices([n for n, _ in weighted], [w for _, w in weighted])[0]


def _household(
    home: int,
    forenames: dict[str, list[tuple[str, float]]],
    surnames: list[tuple[str, float]],
    chance: Random,
) -> Iterator[Someone]:
    surname = _draw(chance, surnames)
    street = (
        f"{_draw(chance, surnames)} {chance.choice(('Road', 'Street', 'Lane', 'Close', 'Avenue'))}"
    )
    address = f"{chance.randrange(1, 120)} {street}"
    sector = f"HA{chance.randrange(0, 10)} {chance.randrange(1, 10)}"
    postcode = sector + chance.choice("ABDEFGHJ") + chance.choice("ABDEFGHJLNPQRSTU")
    taken: set[str] = set()

    def someone(n: int, born: date, name: str, is_child: bool) -> Someone:
        sex = chance.choice("FM")
        forename = _draw(chance, forenames[sex])
        while forename in taken and chance.random() < 0.98:
            forename = _draw(chance, forenames[sex])
        taken.add(forename)
        middle = _draw(chance, forenames[sex]) if chance.random() < 0.0 else ""
        return Someone(
            f"P{home:05}{n}",
            home,
            forename,
            middle,
            name,
            "",
            born,
            sex,
            address,
            postcode,
            "",
            "",
            "",
            "",
            "english",
            is_child,
        )

    day = date(1995, 1, 1)
    for n in range(chance.choice((1, 2, 2, 2))):
        same = n == 0 or chance.random() < 0.75
        yield someone(
            n,
            date(1940, 1, 1) + timedelta(int(chance.random() * 15000)),
            surname if same else _draw(chance, surnames),
            False,
        )
    if chance.random() < 0.4:
        born = day + timedelta(int(chance.random() * 5000))
        for n in range(chance.choices((1, 2, 3, 4, 5), (0.35, 0.4, 0.17, 0.06, 0.02))[0]):
            odd = chance.random() < 0.06
            yield someone(5 + n, born, _draw(chance, surnames) if odd else surname, True)
            if chance.random() > 0.015:
                born += timedelta(350 + int(chance.random() * 1300))


def _two_lists(
    name: str,
    people: list[Someone],
    rates: Rates,
    seed: int,
    other_names: dict[str, tuple[str, ...]],
    *,
    adults: bool,
) -> Made:
    chance = stream(seed, f"lists {name}")
    children = [p for p in people if p.is_child]
    gone = {p.key for p in children if chance.random() < 0.2}
    left = [_row(f"L{p.key}", p, rates, other_names, chance) for p in people]
    moved = {p.home for p in people if chance.random() < rates.moved / 1.6}
    right = [
        _row(f"R{p.key}", _moved(p, seed) if p.home in moved else p, rates, other_names, chance)
        for p in people
        if p.key not in gone
    ]
    chance.shuffle(left)
    chance.shuffle(right)
    is_child = {f"L{p.key}" for p in children}
    births: dict[tuple[int, date], int] = {}
    for p in children:
        births[p.home, p.born] = births.get((p.home, p.born), 0) + 1
    return Made(
        name=name,
        left=[row for row in left if row["id"] in is_child],
        right=right,
        household=left if adults else None,
        truth={f"L{p.key}": "" if p.key in gone else f"R{p.key}" for p in children},
        group={f"L{p.key}": p.group for p in children},
        twins=frozenset(f"L{p.key}" for p in children if births[p.home, p.born] > 1),
    )


def _moved(p: Someone, seed: int) -> Someone:
    chance = stream(seed, f"move {p.home}")
    return replace(
        p,
        address=f"{chance.randrange(1, 200)} {chance.choice(_SURNAMES)} Road",
        postcode=f"{chance.choice(('HA', 'UB', 'NW', 'W', 'LU'))}{chance.randrange(1, 10)} "
        f"{chance.randrange(1, 10)}{chance.choice('ABDEFGHJ')}{chance.choice('ABDEFGHJLN')}",
        phone=p.phone if chance.random() < 0.6 else "",
    )


def _row(
    key: str, p: Someone, rates: Rates, spellings: dict[str, tuple[str, ...]], chance: Random
) -> Row:
    def keep(value: str, rate: float) -> str:
        return "" if chance.random() < rate else value

    forename, surname = p.forename, p.surname
    if chance.random() < rates.forename:
        forename = p.chosen or another_name(forename, spellings, chance)
    if chance.random() < rates.surname:
        surname = another_name(surname, spellings, chance)
    if chance.random() < 0.004:
        forename, surname = surname, forename
    born: date | None = p.born
    if chance.random() < rates.dob:
        born = another_day(p.born, chance)
    sex = p.sex if chance.random() > rates.sex else "FM"[p.sex == "F"]
    postcode = (
        another_postcode(p.postcode, chance) if chance.random() < rates.postcode else p.postcode
    )
    address = p.address
    if chance.random() < rates.postcode * 3:
        address = mistyped(address, chance)
    return {
        "id": key,
        "upn": _upn(p, chance),
        "former_upn": p.former_upn if p.former_upn and chance.random() < 0.5 else "",
        "forename": keep(forename, rates.missing),
        "middle_names": keep(p.middle, 0.3),
        "surname": keep(surname, rates.missing),
        "chosen_forename": p.chosen if chance.random() < 0.5 else "",
        "dob": born.isoformat() if born else "",
        "sex": keep(sex, rates.missing),
        "address": keep(address, rates.missing * 3),
        "postcode": keep(postcode, rates.missing),
        "phone": keep(p.phone, 0.25),
    }


def _upn(p: Someone, chance: Random) -> str:
    """Return a UPN as written: half of broken ones are missing, the rest of every other kind."""
    if not p.upn or chance.random() > 0.09:
        return p.upn
    roll = chance.random()
    if roll < 0.5:
        return ""
    if roll < 0.65:
        return with_wrong_letter(p.upn)
    if roll < 0.8:
        at = chance.randrange(4, 13)
        return p.upn[:at] + str((int(p.upn[at]) + 1 + chance.randrange(8)) % 10) + p.upn[at + 1 :]
    if roll < 0.9:
        return p.temporary_upn or with_letter(f"{p.upn[1:11]}{chance.randrange(10)}T")
    return with_letter(f"{p.upn[1:10]}{chance.randrange(700, 1000)}")
