"""Check numbers: UPN, ULN and postcodes. Source: files.md section 9; CBDS N00001 (UPN)."""

import re
from operator import mul

_ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {
    str(digit): digit for digit in range(10)
}
_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)
_ULN_WEIGHTS = range(10, 1, -1)
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|BFPO ?[0-9]{1,4}|GIR 0AA)", re.IGNORECASE
)


def upn_letter(upn: str) -> str:
    """The check letter a UPN of the right form should begin with; "" when the form is wrong."""
    if not _UPN.fullmatch(upn):
        return ""
    values = map(_VALUES.__getitem__, upn[1:])
    return _ALPHABET[sum(map(mul, values, range(2, 14))) % 23]


def is_temporary_upn(upn: str) -> bool:
    """True when the last character is a letter: given until the pupil's own UPN is known."""
    return upn[-1:].isalpha()


def is_uln_right(uln: str) -> bool:
    """Say whether ten digits are a ULN.

    r = (10 d1 + 9 d2 + ... + 2 d9) mod 11; r may not be 0, and d10 = 10 - r.
    """
    digits = [int(digit) for digit in uln]
    remainder: int = sum(map(mul, digits, _ULN_WEIGHTS)) % 11
    return remainder != 0 and digits[9] == 10 - remainder


def is_postcode(text: str) -> bool:
    """Say whether text has the form of a British postcode (CBDS)."""
    return bool(_POSTCODE.fullmatch(text))
