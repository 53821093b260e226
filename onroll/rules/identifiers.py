"""Checks of the numbers that name a child, a school or an authority.

Source: DfE common basic data set N00001 (UPN), CS003 (authority codes); the NHS data dictionary.
A wrong number is a warning: many children missing education have none, and real files hold bad
ones, so a referral or a row is never turned away for it.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from operator import mul

from stdnum.gb import nhs

from onroll.placeholders import authority_codes, is_no_number

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters in order of their value; I, O and S are left out."""

_UPN = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")
_ESTABLISHMENT_WORDS = {"LLLL": "authority", "XXXX": "unknown", "MMMM": "outside"}
_LAST_DIGIT = "The last digit of the {} does not agree with the others."
_AUTHORITY_WORDS = {"XXX": "unknown", "MMM": "outside"}


@dataclass(frozen=True)
class Check:
    """What a check found: the tidy value, whether it is right, its kind, or what is wrong."""

    value: str
    is_valid: bool
    kind: str = ""
    problem: str = ""


def normalise(text: str) -> str:
    """Return a number as it is stored: capitals, with spaces, hyphens and full stops left out."""
    return re.sub(r"[\s.\-\u2010-\u2015]+", "", text).upper()


normalise_upn = normalise_uln = normalise_nhs_number = normalise


def check_upn(text: str, *, authorities: Set[str] | None = None) -> Check:
    """Check a unique pupil number; the kind is `permanent` or `temporary`.

    `authorities` are the codes that may stand in places 2 to 4; closed authorities count,
    because a number is for life. Without it the codes shipped in `authorities.toml` are used.
    """
    upn = normalise(text)
    if not _UPN.fullmatch(upn):
        return Check(upn, False, problem=_upn_shape(upn))
    if is_no_number(upn):
        return Check(upn, False, problem="Its digits are one digit or count up: nobody's number.")
    kind = "permanent" if upn[-1].isdigit() else "temporary"
    expected = upn_letter(upn[1:])
    if upn[0] != expected:
        return Check(
            upn, False, kind, f"The first letter of the UPN should be {expected}, not {upn[0]}."
        )
    if upn[1:4] not in (authority_codes() if authorities is None else authorities):
        return Check(upn, False, kind, f"{upn[1:4]} has never been an authority's code.")
    return Check(upn, True, kind)


def upn_letter(last_twelve: str) -> str:
    """Return the check letter for characters 2 to 13: weights 2 to 13, modulo 23."""
    values = map(_UPN_VALUES.__getitem__, last_twelve)
    return UPN_LETTERS[sum(map(mul, range(2, 14), values)) % 23]


_UPN_VALUES = {c: n for n, c in enumerate(UPN_LETTERS)} | {str(n): n for n in range(10)}


def check_uln(text: str) -> Check:
    """Check a unique learner number: ten digits, the first not 0, weights 10 to 2, modulo 11."""
    uln = normalise(text)
    if not re.fullmatch(r"[1-9][0-9]{9}", uln):
        return Check(uln, False, problem="A ULN is ten digits and does not start with 0.")
    if is_no_number(uln):
        return Check(uln, False, problem="9999999999 and the like stand for no number.")
    remainder = sum(weight * int(d) for weight, d in zip(range(10, 1, -1), uln, strict=False)) % 11
    if remainder == 0 or 10 - remainder != int(uln[-1]):
        return Check(uln, False, problem=_LAST_DIGIT.format("ULN"))
    return Check(uln, True, "permanent")


def check_nhs_number(text: str) -> Check:
    """Check an NHS number: ten digits, weights 10 to 1, the sum divisible by 11."""
    number = normalise(text)
    if not re.fullmatch(r"[0-9]{10}", number):
        return Check(number, False, problem="An NHS number is ten digits.")
    if is_no_number(number):
        return Check(
            number, False, problem="Ten equal digits, or ten that count up, stand for no number."
        )
    if not nhs.is_valid(number):
        return Check(
            number,
            False,
            problem=_LAST_DIGIT.format("NHS number"),
        )
    return Check(number, True, "permanent")


def check_la(text: str, *, authorities: Set[str] | None = None) -> Check:
    """Check an authority's code; the kind is `authority`, `unknown` (XXX) or `outside` (MMM)."""
    code = normalise(text)
    if code in _AUTHORITY_WORDS:
        return Check(code, True, _AUTHORITY_WORDS[code])
    if not re.fullmatch(r"[0-9]{3}", code):
        return Check(code, False, problem="An authority's code is three digits.")
    if code not in (authority_codes() if authorities is None else authorities):
        return Check(code, False, problem=f"{code} is not an authority's code.")
    return Check(code, True, "authority")


def check_establishment(text: str) -> Check:
    """Check a school's four digits; the kind is `school`, `authority`, `unknown` or `outside`."""
    number = normalise(text)
    if number in _ESTABLISHMENT_WORDS:
        return Check(number, True, _ESTABLISHMENT_WORDS[number])
    if not re.fullmatch(r"[0-9]{4}", number):
        return Check(number, False, problem="An establishment number is four digits.")
    return Check(number, True, "school")


def _upn_shape(upn: str) -> str:
    if len(upn) != 13:
        return f"A UPN has 13 characters; this has {len(upn)}."
    if re.search("[IOS]", upn):
        return "A UPN never has the letters I, O or S; was 1, 0 or 5 meant?"
    return "A UPN is a letter, eleven digits, and a last digit or letter."
