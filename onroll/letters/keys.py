"""The key of the private link of a letter: made anew for each print, and never stored (P62).

It is worked out of the service's secret and the reference of the letter, so that the same letter
can be printed again; the database holds its hash alone (ADR 0038).
"""

import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from onroll.rules.references import ALPHABET, as_stored

GROUPS, SIZE = 4, 4
"""Sixteen letters, about 78 bits: short enough to be typed from paper."""


def key_of(ref: str) -> str:
    """Return the key of the letter with a reference, such as `K7P2-QX9H-DM4T-VVC3`."""
    number = int.from_bytes(salted_hmac("onroll.letters", ref, algorithm="sha256").digest())
    letters = ""
    for _ in range(GROUPS * SIZE):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return "-".join(letters[at : at + SIZE] for at in range(0, len(letters), SIZE))


def digest(key: str) -> str:
    """Return what is stored of a key, however it was typed."""
    letters = as_stored("".join(letter for letter in key if letter.isalnum()))
    return hashlib.sha256(letters.encode()).hexdigest()


def address_of(key: str) -> str:
    """Return the whole address of the page where a family answers."""
    return settings.BASE_URL + reverse("letters:answer", args=[key])
