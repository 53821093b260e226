"""Why: what each comparison said, in words an officer can check against the two records."""

from functools import lru_cache

from onroll.matching.comparing import Compared
from onroll.matching.likeness import WORDS, Alike
from onroll.matching.model import LEVELS
from onroll.matching.records import Ints

_NAMES = tuple(WORDS[level] for level in Alike)
SAYS: dict[str, tuple[str, ...]] = {
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

CALLED = {
    "middle": "middle names",
    "dob": "birthday",
    "upn": "pupil number",
    "numbers": "learner or NHS number",
}


def levels_of(compared: Compared, places: Ints) -> list[tuple[int, ...]]:
    """Return the levels of some pairs, each in the order of `LEVELS`."""
    columns = [getattr(compared, name)[places].tolist() for name in LEVELS]
    return list(zip(*columns, strict=True))


@lru_cache(100_000)
def in_words(levels: tuple[int, ...]) -> str:
    """Return the comparisons that say something, as one line."""
    return "; ".join(
        f"{CALLED.get(name, name)}: {SAYS[name][level]}"
        for name, level in zip(LEVELS, levels, strict=True)
        if level
    )
