"""Comparison levels in words that an officer can check against the two records."""

from functools import lru_cache

from onroll.matching.comparison.name_levels import LEVEL_WORDS, NameLevel
from onroll.matching.comparison.vectors import ComparisonVectors
from onroll.matching.model import LEVELS
from onroll.matching.records.arrays import Ints

_NAMES = tuple(LEVEL_WORDS[level] for level in NameLevel)
LEVELS_IN_WORDS: dict[str, tuple[str, ...]] = {
    "forename": _NAMES,
    "surname": _NAMES,
    "middle": ("not said in one of them", "different", "an initial that fits", "the same"),
    "dob": (
        "not said in one of them",
        "years apart",
        "different",
        "two of day, month and year the same",
        "one digit apart",
        "day and month changed places",
        "the same",
    ),
    "sex": ("not said in one of them", "different", "the same", "different", "the same"),
    "upn": (
        "not said in one of them",
        "two different valid numbers",
        "different, one temporary or faulty",
        "one slip apart, one faulty",
        "the same, but temporary or faulty",
        "the former number of one",
        "the same",
    ),
    "numbers": ("not said in one of them", "different", "the same"),
    "home": (
        "not said in one of them",
        "elsewhere; families move",
        "the same district",
        "a nearly equal postcode, or the same adult",
        "the same telephone, e-mail or house",
        "the same postcode",
        "the same address",
    ),
    "time": (
        "not said in one of them",
        "on both rolls for some time",
        "some time between them",
        "one begins where the other ends",
    ),
}
"""What each level of each comparison says."""
COMPARISON_NAMES = {
    "middle": "middle names",
    "dob": "birthday",
    "upn": "pupil number",
    "numbers": "learner or NHS number",
}


def vectors_as_tuples(compared: ComparisonVectors, places: Ints) -> list[tuple[int, ...]]:
    """Return the levels of some pairs, each in the order of `LEVELS`."""
    columns = [getattr(compared, name)[places].tolist() for name in LEVELS]
    return list(zip(*columns, strict=True))


@lru_cache(100_000)
def vector_in_words(levels: tuple[int, ...]) -> str:
    """Return the comparisons that say something, as one line."""
    return "; ".join(
        f"{COMPARISON_NAMES.get(name, name)}: {LEVELS_IN_WORDS[name][level]}"
        for name, level in zip(LEVELS, levels, strict=True)
        if level
    )
