"""The names of the made-up schools."""

from collections.abc import Iterator
from random import Random

from onroll.demo.places import read_places, words

_SUFFIXES = {"infant": "Infant School", "junior": "Junior School", "special": "School"}


def name_of(phase: str, n: int, names: Iterator[str]) -> str:
    """Return the name of the nth school of a phase; `names` gives one after the other."""
    if (phase, n) == ("primary", 1):
        return "St Ann's Primary School"
    if (phase, n) == ("secondary", 1):
        return "Tallis Wood High School"
    if phase == "pru":
        return f"{next(names)} Pupil Referral Unit"
    if phase == "primary" and n % 5 == 0:
        saints = words(read_places()["schools"]["saints"])
        faith = "Catholic" if n % 2 else "Church of England"
        return f"St {saints[n // 5 % len(saints)]}'s {faith} Primary School"
    suffixes = {"primary": "Primary School", "secondary": "High School"} | _SUFFIXES
    return f"{next(names)} {suffixes.get(phase, 'School')}"


def shuffled_names(chance: Random) -> Iterator[str]:
    """Return the first words of schools' names, in any order and none twice."""
    firsts, seconds = (words(read_places()["schools"][key]) for key in ("first", "second"))
    names = sorted(first + second for first in firsts for second in seconds)
    chance.shuffle(names)
    return iter(names)
