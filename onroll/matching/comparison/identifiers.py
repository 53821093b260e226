"""Comparison levels of pupil numbers, learner numbers and NHS numbers."""

from functools import lru_cache

import numpy as np

from onroll.matching.records.arrays import Flags, Ints, Levels
from onroll.matching.records.columns import Columns
from onroll.matching.records.packing import CHECK_LETTERS, pack_upn
from onroll.placeholders import authority_codes

UPN_FORMER = 5
"""From this level on a permanent pupil number is the same."""


def differ_by_one_slip(x: Ints, y: Ints, length: int, base: int) -> Flags:
    """Say which numbers differ in one digit, or in two neighbours that changed places."""
    if not len(x):
        return np.zeros(0, bool)
    differing = np.zeros(len(x), np.int64)
    turned = np.zeros(len(x), bool)
    before_x = before_y = np.zeros(len(x), np.int64)
    for _ in range(length):
        x, a = np.divmod(x, base)
        y, b = np.divmod(y, base)
        differing += a != b
        turned |= (a == before_y) & (b == before_x) & (a != b)
        before_x, before_y = a, b
    slips: Flags = (differing == 1) | ((differing == 2) & turned)
    return slips


_AUTHORITIES = np.isin(np.arange(1000), np.array([int(code) for code in authority_codes()]))
_LETTERS36 = np.array([int(letter, 36) for letter in CHECK_LETTERS])


def _are_valid(upns: Ints) -> Flags:
    """Say which permanent pupil numbers are somebody's.

    The check letter is right, weights 2 to 13, modulo 23, and there was such an authority.
    """
    if not upns.any():
        return np.zeros(len(upns), bool)
    number, last = np.divmod(upns, 36)
    letter, digits = np.divmod(number, 10**11)
    of_authority = _AUTHORITIES[digits // 10**8]
    total = last * 13
    for weight in range(12, 1, -1):
        digits, digit = np.divmod(digits, 10)
        total = total + digit * weight
    valid: Flags = (last < 10) & (_LETTERS36[total % 23] == letter + 9) & of_authority
    return valid


@lru_cache(100_000)
def is_permanent_upn(text: str) -> bool:
    """Say whether a text is a pupil number that is for life: a temporary or faulty one is not."""
    upn = pack_upn(text)
    return bool(upn and _are_valid(np.array([upn]))[0])


def upn_levels(left: Columns, right: Columns) -> Levels:
    a, b, c, d = left.upn, right.upn, left.former_upn, right.former_upn
    levels = np.where(a == b, 6, 2).astype(np.int8)
    none = (a == 0) | (b == 0)
    a_valid, b_valid = _are_valid(a), _are_valid(b)
    levels[(a == b) & ~a_valid] = 4
    levels[(a != b) & a_valid & b_valid] = 1
    odd = np.flatnonzero(~none & (a != b) & ~(a_valid & b_valid))
    if len(odd):
        is_slip = differ_by_one_slip(a[odd] // 36, b[odd] // 36, 12, 10) & (
            a[odd] % 36 == b[odd] % 36
        )
        is_slip |= (a[odd] // 36 == b[odd] // 36) & (a[odd] % 36 < 10) & (b[odd] % 36 < 10)
        levels[odd[is_slip]] = 3
    levels[none] = 0
    former = ((c > 0) & ((c == b) | (c == d))) | ((d > 0) & (a == d))
    levels[former & (levels < 5)] = 5
    return levels


def number_levels(left: Columns, right: Columns) -> Levels:
    levels = np.zeros(len(left), np.int8)
    for a, b in ((left.uln, right.uln), (left.nhs_number, right.nhs_number)):
        both = (a > 0) & (b > 0)
        if not both.any():
            continue
        levels[both & (a != b) & (levels == 0)] = 1
        levels[both & (a == b)] = 2
    return levels
