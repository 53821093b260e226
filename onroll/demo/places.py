"""Addresses in the made-up borough. Streets and the inward parts of postcodes are invented."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from onroll.demo.chance import Weighted, pick

_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_NEVER_INWARD = "CKMV"
"""Letters Royal Mail does not use after the space, so that no postcode here can be somebody's."""


@dataclass(frozen=True, slots=True)
class Address:
    """A home, or where a school stands."""

    house: str
    flat: str
    street: str
    town: str
    postcode: str
    la: str
    uprn: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is written above the town."""
        first = f"{self.house} {self.street}"
        return (self.flat, first) if self.flat else (first,)


@dataclass(frozen=True, slots=True)
class District:
    """A postcode district: its outward part, town and authority."""

    outward: str
    town: str
    la: str


@dataclass(frozen=True, slots=True)
class Street:
    """An invented street and its one postcode."""

    name: str
    district: District
    postcode: str


@cache
def read_places() -> dict[str, Any]:
    """Return the tables of `places.toml`."""
    return tomllib.loads((files("onroll.demo") / "places.toml").read_text("utf-8"))


def words(text: str) -> tuple[str, ...]:
    """Return the names in a list; an underscore stands for a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


@cache
def districts() -> Weighted[District]:
    """Return the postcode districts the borough's families live in; some lie just outside it."""
    weights = {}
    for outward, text in read_places()["districts"].items():
        town, la, share = text.split(", ")
        weights[District(outward, town, la)] = float(share)
    return Weighted(weights)


@dataclass(frozen=True, slots=True)
class Authority:
    """Another authority that families move to or from."""

    la: str
    name: str
    town: str
    outward: str


@cache
def authorities() -> dict[str, Authority]:
    """Return the authorities families move to or from, by code."""
    outside = read_places()["outside"].items()
    return {la: Authority(la, *text.split(", ")) for la, text in outside}


def countries() -> tuple[str, ...]:
    """Return the countries families move to or from."""
    return words(read_places()["countries"]["names"])


def draw_streets(count: int, chance: Random) -> tuple[Street, ...]:
    """Draw a number of streets over the borough; some run through two districts."""
    firsts = words(read_places()["streets"]["first"])
    kinds = words(read_places()["streets"]["kinds"])
    return tuple(
        Street(
            f"{pick(chance, firsts)} {pick(chance, kinds)}",
            district,
            draw_postcode(district.outward, chance),
        )
        for district in (districts().draw(chance) for _ in range(count))
    )


def draw_postcode(outward: str, chance: Random) -> str:
    """Draw a postcode that has the right form and is nobody's."""
    letters = pick(chance, _INWARD) + pick(chance, _NEVER_INWARD)
    return f"{outward} {int(chance.random() * 10)}{letters}"


def draw_address(street: Street, chance: Random) -> Address:
    """Draw a home in a street; one in six is a flat."""
    number = 1 + int(chance.random() * 120)
    flat = f"Flat {1 + int(chance.random() * 12)}" if chance.random() < 0.17 else ""
    uprn = f"9990{int(chance.random() * 10**8):08}"
    district = street.district
    return Address(
        str(number), flat, street.name, district.town, street.postcode, district.la, uprn
    )


def draw_address_in(authority: Authority, chance: Random) -> Address:
    """Draw a home in another authority."""
    district = District(authority.outward, authority.town, authority.la)
    first = pick(chance, words(read_places()["streets"]["first"]))
    street = Street(f"{first} Road", district, draw_postcode(authority.outward, chance))
    return draw_address(street, chance)


def pick_street(streets: tuple[Street, ...], la: str, chance: Random) -> Street:
    """Return one of the streets in an authority; there must be one."""
    street = pick(chance, streets)
    while street.district.la != la:
        street = pick(chance, streets)
    return street
