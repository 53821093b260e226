"""Unique pupil numbers for the made-up children, given out as schools give them.

Source: DfE common basic data set N00001: letter, authority, establishment, year, serial.
"""

from collections import Counter

from onroll.rules.identifiers import UPN_LETTERS, upn_letter


class Register:
    """Gives out numbers: the next one free at a school in a year, so that twins get neighbours."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def permanent(self, school: str, year: int) -> str:
        """Return the next permanent number of a school (seven digits) for a calendar year."""
        stem = f"{school}{year % 100:02}"
        self._given[stem] += 1
        serial = self._given[stem]
        if serial > 999:
            return self.permanent(f"{school[:3]}{int(school[3:]) % 9999 + 1:04}", year)
        return with_letter(f"{stem}{serial:03}")

    def temporary(self, school: str, year: int) -> str:
        """Return the next temporary number, which ends in a letter."""
        stem = f"{school}{year % 100:02}"
        self._given[f"{stem}T"] += 1
        number, letter = divmod(self._given[f"{stem}T"], len(UPN_LETTERS))
        return with_letter(f"{stem}{number % 100:02}{UPN_LETTERS[letter]}")


def with_letter(last_twelve: str) -> str:
    """Return a whole number: the check letter put before the twelve characters."""
    return upn_letter(last_twelve) + last_twelve


def with_wrong_letter(upn: str) -> str:
    """Return the number with a check letter that does not agree, as a slip of the pen leaves it."""
    at = UPN_LETTERS.index(upn[0])
    return UPN_LETTERS[(at + 1) % len(UPN_LETTERS)] + upn[1:]
