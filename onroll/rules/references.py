"""References that can be read aloud over a telephone and cannot be guessed.

A reference never comes from the child: no name, date or sequence hides in it (P58).
"""

import re
from random import SystemRandom

ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
"""No pair that a voice or a pen can confuse: no 0 or O, 1, I or L, and 5 without S."""

_random = SystemRandom()


def speakable(groups: int = 3, size: int = 3) -> str:
    """Return a new random reference such as `K7P-2QX-9HD` (about 44 bits for three groups)."""
    return "-".join("".join(_random.choices(ALPHABET, k=size)) for _ in range(groups))


def is_speakable(text: str, *, groups: int = 3, size: int = 3) -> bool:
    """Say whether a text has the form of a reference, not whether anything has it."""
    group = f"[{ALPHABET}]{{{size}}}"
    return re.fullmatch("-".join([group] * groups), text) is not None


def as_stored(reference: str) -> str:
    """Return a reference that somebody typed as it is stored: capitals, and 5 where they heard S.

    0, O, 1, I and L stand in no reference, and nothing tells what was meant by them.
    """
    return reference.strip().upper().replace("S", "5")


def grouped(reference: str) -> str:
    """Return a reference as it is stored, wherever hyphens or spaces were typed in it."""
    letters = as_stored(re.sub(r"[\s-]", "", reference))
    return "-".join(letters[at : at + 3] for at in range(0, len(letters), 3))
